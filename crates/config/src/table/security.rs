//! Authentication, TLS, SASL, delegation tokens.

use super::rows;

rows! {
    Long "connections.max.reauth.ms" = "0", Unchecked, Medium ReadOnly,
        "How long a SASL session lasts before it must authenticate again; 0 for ever.";
    Int "sasl.server.max.receive.size" = "524288", Unchecked, Medium ReadOnly,
        "Largest SASL token accepted.";
    String "security.providers" = null, Unchecked, Low ReadOnly,
        "Java security provider classes.";
    Class "principal.builder.class" = "org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder", Unchecked, Medium PerBroker,
        "Class that turns an authenticated peer into a principal.";
    String "ssl.client.auth" = "none", OneOf(&["required", "requested", "none"]), Medium PerBroker,
        "Whether clients must show a certificate: `required`, `requested` or `none`.";
    String "ssl.principal.mapping.rules" = "DEFAULT", Unchecked, Low ReadOnly,
        "Rules that turn a certificate's name into a principal name.";
    Boolean "ssl.allow.dn.changes" = "false", Unchecked, Low ReadOnly,
        "Whether a reloaded key store may carry another distinguished name.";
    Boolean "ssl.allow.san.changes" = "false", Unchecked, Low ReadOnly,
        "Whether a reloaded key store may carry other alternative names.";
    String "ssl.protocol" = "TLSv1.3", Unchecked, Medium PerBroker,
        "TLS version preferred when a connection is made.";
    String "ssl.provider" = null, Unchecked, Medium PerBroker,
        "Java security provider for TLS.";
    List "ssl.enabled.protocols" = "TLSv1.2,TLSv1.3", Items, Medium PerBroker,
        "TLS versions accepted.";
    String "ssl.keystore.type" = "JKS", Unchecked, Medium PerBroker,
        "Format of the key store: JKS, PKCS12 or PEM.";
    String "ssl.keystore.location" = null, Unchecked, Medium PerBroker,
        "File with the node's key and certificates.";
    Password "ssl.keystore.password" = null, Unchecked, Medium PerBroker,
        "Password of the key store file.";
    Password "ssl.key.password" = null, Unchecked, Medium PerBroker,
        "Password of the private key.";
    Password "ssl.keystore.key" = null, Unchecked, Medium PerBroker,
        "Private key in PEM form, given directly.";
    Password "ssl.keystore.certificate.chain" = null, Unchecked, Medium PerBroker,
        "Certificate chain in PEM form, given directly.";
    String "ssl.truststore.type" = "JKS", Unchecked, Medium PerBroker,
        "Format of the trust store: JKS, PKCS12 or PEM.";
    String "ssl.truststore.location" = null, Unchecked, Medium PerBroker,
        "File with the certificates that are trusted.";
    Password "ssl.truststore.password" = null, Unchecked, Medium PerBroker,
        "Password of the trust store file.";
    Password "ssl.truststore.certificates" = null, Unchecked, Medium PerBroker,
        "Trusted certificates in PEM form, given directly.";
    String "ssl.keymanager.algorithm" = "SunX509", Unchecked, Medium PerBroker,
        "Java key manager algorithm.";
    String "ssl.trustmanager.algorithm" = "PKIX", Unchecked, Medium PerBroker,
        "Java trust manager algorithm.";
    String "ssl.endpoint.identification.algorithm" = "https", Unchecked, Low PerBroker,
        "How a peer's host name is checked against its certificate; empty for not at all.";
    String "ssl.secure.random.implementation" = null, Unchecked, Low PerBroker,
        "Java random generator for TLS.";
    List "ssl.cipher.suites" = "", Items, Medium PerBroker,
        "Cipher suites accepted; empty for the library's choice.";
    Class "ssl.engine.factory.class" = null, Unchecked, Low PerBroker,
        "Class that creates TLS engines.";
    String "sasl.mechanism.inter.broker.protocol" = "GSSAPI", Unchecked, Medium PerBroker,
        "SASL mechanism between brokers.";
    List "sasl.enabled.mechanisms" = "GSSAPI", Items, Medium PerBroker,
        "SASL mechanisms clients may use.";
    Class "sasl.server.callback.handler.class" = null, Unchecked, Medium ReadOnly,
        "Class that checks credentials on the server side.";
    List "sasl.kerberos.principal.to.local.rules" = "DEFAULT", Items, Medium PerBroker,
        "Rules that turn a Kerberos principal into a short name.";
    Password "sasl.jaas.config" = null, Unchecked, Medium PerBroker,
        "Login module and credentials of one mechanism, in JAAS form; needs a listener prefix.";
    Class "sasl.client.callback.handler.class" = null, Unchecked, Medium ReadOnly,
        "Class that supplies credentials on the client side.";
    Class "sasl.login.class" = null, Unchecked, Medium ReadOnly,
        "Class that logs in.";
    Class "sasl.login.callback.handler.class" = null, Unchecked, Medium ReadOnly,
        "Class that supplies credentials to the login.";
    String "sasl.kerberos.service.name" = null, Unchecked, Medium PerBroker,
        "Kerberos service name of the brokers.";
    String "sasl.kerberos.kinit.cmd" = "/usr/bin/kinit", Unchecked, Medium PerBroker,
        "Path of the kinit command.";
    Double "sasl.kerberos.ticket.renew.window.factor" = "0.8", Unchecked, Medium PerBroker,
        "Share of a ticket's life after which it is renewed.";
    Double "sasl.kerberos.ticket.renew.jitter" = "0.05", Unchecked, Medium PerBroker,
        "Random share added to the renewal time of a ticket.";
    Long "sasl.kerberos.min.time.before.relogin" = "60000", Unchecked, Medium PerBroker,
        "Shortest pause between two Kerberos logins.";
    Double "sasl.login.refresh.window.factor" = "0.8", Unchecked, Medium PerBroker,
        "Share of a token's life after which it is refreshed.";
    Double "sasl.login.refresh.window.jitter" = "0.05", Unchecked, Medium PerBroker,
        "Random share added to the refresh time of a token.";
    Short "sasl.login.refresh.min.period.seconds" = "60", Unchecked, Medium PerBroker,
        "Shortest pause between two token refreshes.";
    Short "sasl.login.refresh.buffer.seconds" = "300", Unchecked, Medium PerBroker,
        "How long before its end a token is refreshed at the latest.";
    Int "sasl.login.connect.timeout.ms" = null, Unchecked, Low ReadOnly,
        "How long connecting to the identity provider may take.";
    Int "sasl.login.read.timeout.ms" = null, Unchecked, Low ReadOnly,
        "How long reading from the identity provider may take.";
    Long "sasl.login.retry.backoff.max.ms" = "10000", Unchecked, Low ReadOnly,
        "Longest pause before the identity provider is tried again.";
    Long "sasl.login.retry.backoff.ms" = "100", Unchecked, Low ReadOnly,
        "First pause before the identity provider is tried again.";
    Class "sasl.oauthbearer.jwt.retriever.class" = "org.apache.kafka.common.security.oauthbearer.DefaultJwtRetriever", Unchecked, Medium ReadOnly,
        "Class that fetches OAuth tokens.";
    Class "sasl.oauthbearer.jwt.validator.class" = "org.apache.kafka.common.security.oauthbearer.DefaultJwtValidator", Unchecked, Medium ReadOnly,
        "Class that checks OAuth tokens.";
    String "sasl.oauthbearer.scope" = null, Unchecked, Medium ReadOnly,
        "Scope asked of the identity provider.";
    String "sasl.oauthbearer.client.credentials.client.id" = null, Unchecked, Medium ReadOnly,
        "OAuth client id.";
    Password "sasl.oauthbearer.client.credentials.client.secret" = null, Unchecked, Medium ReadOnly,
        "OAuth client secret.";
    String "sasl.oauthbearer.assertion.algorithm" = "RS256", OneOfIgnoringCase(&["ES256", "RS256"]), Medium ReadOnly,
        "Algorithm that signs OAuth assertions.";
    String "sasl.oauthbearer.assertion.claim.aud" = null, Unchecked, Medium ReadOnly,
        "Audience claim of OAuth assertions.";
    Int "sasl.oauthbearer.assertion.claim.exp.seconds" = "300", Between(0, 86_400), Low ReadOnly,
        "Lifetime of OAuth assertions.";
    String "sasl.oauthbearer.assertion.claim.iss" = null, Unchecked, Medium ReadOnly,
        "Issuer claim of OAuth assertions.";
    Boolean "sasl.oauthbearer.assertion.claim.jti.include" = "false", Unchecked, Medium ReadOnly,
        "Whether OAuth assertions carry an id of their own.";
    Int "sasl.oauthbearer.assertion.claim.nbf.seconds" = "60", Between(0, 3_600), Low ReadOnly,
        "How far back the validity of OAuth assertions begins.";
    String "sasl.oauthbearer.assertion.claim.sub" = null, Unchecked, Medium ReadOnly,
        "Subject claim of OAuth assertions.";
    String "sasl.oauthbearer.assertion.file" = null, Unchecked, Medium ReadOnly,
        "File with a ready OAuth assertion.";
    String "sasl.oauthbearer.assertion.private.key.file" = null, Unchecked, Medium ReadOnly,
        "File with the key that signs OAuth assertions.";
    Password "sasl.oauthbearer.assertion.private.key.passphrase" = null, Unchecked, Medium ReadOnly,
        "Password of the key that signs OAuth assertions.";
    String "sasl.oauthbearer.assertion.template.file" = null, Unchecked, Medium ReadOnly,
        "File with further headers and claims of OAuth assertions.";
    String "sasl.oauthbearer.scope.claim.name" = "scope", Unchecked, Low ReadOnly,
        "Name of the claim that holds the scope.";
    String "sasl.oauthbearer.sub.claim.name" = "sub", Unchecked, Low ReadOnly,
        "Name of the claim that holds the subject.";
    String "sasl.oauthbearer.token.endpoint.url" = null, Unchecked, Medium ReadOnly,
        "Where OAuth tokens are asked for.";
    String "sasl.oauthbearer.jwks.endpoint.url" = null, Unchecked, Medium ReadOnly,
        "Where the keys that verify OAuth tokens come from.";
    Long "sasl.oauthbearer.jwks.endpoint.refresh.ms" = "3600000", Unchecked, Low ReadOnly,
        "How often those keys are fetched again.";
    Long "sasl.oauthbearer.jwks.endpoint.retry.backoff.ms" = "100", Unchecked, Low ReadOnly,
        "First pause before fetching those keys is tried again.";
    Long "sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms" = "10000", Unchecked, Low ReadOnly,
        "Longest pause before fetching those keys is tried again.";
    Int "sasl.oauthbearer.clock.skew.seconds" = "30", Unchecked, Low ReadOnly,
        "How far the clock of the identity provider may be off.";
    List "sasl.oauthbearer.expected.audience" = "", Items, High ReadOnly,
        "Audiences accepted in OAuth tokens; empty for any.";
    String "sasl.oauthbearer.expected.issuer" = null, Unchecked, High ReadOnly,
        "Issuer accepted in OAuth tokens; not set for any.";
    Password "delegation.token.secret.key" = null, Unchecked, Medium ReadOnly,
        "Secret that signs delegation tokens, the same on every node; not set turns tokens off.";
    Long "delegation.token.max.lifetime.ms" = "604800000", AtLeast(1), Medium ReadOnly,
        "Longest life of a delegation token, renewals included.";
    Long "delegation.token.expiry.time.ms" = "86400000", AtLeast(1), Medium ReadOnly,
        "Life of a delegation token between renewals.";
    Long "delegation.token.expiry.check.interval.ms" = "3600000", AtLeast(1), Low ReadOnly,
        "How often expired delegation tokens are looked for.";
}
