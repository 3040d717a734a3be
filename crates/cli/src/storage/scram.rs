//! SCRAM credentials that a new cluster begins with.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::Hmac;
use ottla_protocol::metadata::{MetadataRecord, UserScramCredentialRecord};
use sha2::{Digest as _, Sha256, Sha512};

use super::{Failure, fill_random};

const MIN_ITERATIONS: i32 = 4096;
const MAX_ITERATIONS: i32 = 16_384;
const SALT_BYTES: usize = 20;

/// A mechanism.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mechanism {
    Sha256,
    Sha512,
}

impl Mechanism {
    fn named(name: &str) -> Option<Self> {
        match name {
            "SCRAM-SHA-256" => Some(Self::Sha256),
            "SCRAM-SHA-512" => Some(Self::Sha512),
            _ => None,
        }
    }

    const fn code(self) -> i8 {
        match self {
            Self::Sha256 => 1,
            Self::Sha512 => 2,
        }
    }

    const fn constant(self) -> &'static str {
        match self {
            Self::Sha256 => "SCRAM_SHA_256",
            Self::Sha512 => "SCRAM_SHA_512",
        }
    }

    /// HMAC of the parts.
    fn sign(self, key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        match self {
            Self::Sha256 => sign::<Hmac<Sha256>>(key, parts),
            Self::Sha512 => sign::<Hmac<Sha512>>(key, parts),
        }
    }

    fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }

    /// `Hi` of RFC 5802.
    fn salted_password(self, password: &[u8], salt: &[u8], iterations: i32) -> Vec<u8> {
        let mut last = self.sign(password, &[salt, &1u32.to_be_bytes()]);
        let mut result = last.clone();
        for _ in 1..iterations {
            last = self.sign(password, &[&last]);
            for (byte, other) in result.iter_mut().zip(&last) {
                *byte ^= other;
            }
        }
        result
    }
}

fn sign<M: hmac::Mac + hmac::KeyInit>(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    // A key of any length will do.
    let Ok(mut mac) = <M as hmac::KeyInit>::new_from_slice(key) else {
        return Vec::new();
    };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

/// The record of `MECHANISM=[name=..,password=..]`.
pub(super) fn parse(argument: &str) -> Result<MetadataRecord<'static>, Failure> {
    let terse = |text: String| Failure::Terse(text);
    let (name, settings) = argument.split_once('=').ok_or_else(|| {
        terse(format!(
            "Failed to find equals sign in SCRAM argument '{argument}'"
        ))
    })?;
    let mechanism = Mechanism::named(name)
        .ok_or_else(|| terse(format!("The add-scram mechanism {name} is not supported.")))?;
    let settings = settings
        .strip_prefix('[')
        .ok_or_else(|| terse("Expected configuration string to start with [".to_owned()))?;
    let settings = settings
        .strip_suffix(']')
        .ok_or_else(|| terse("Expected configuration string to end with ]".to_owned()))?;
    credential(mechanism, split(settings)?).map(MetadataRecord::UserScramCredentialRecord)
}

/// `key=value` pairs; a value may stand in quotes.
fn split(settings: &str) -> Result<BTreeMap<String, String>, Failure> {
    let mut pairs = BTreeMap::new();
    let mut rest = settings.trim();
    while !rest.is_empty() {
        let (key, after) = rest.split_once('=').ok_or_else(|| {
            Failure::Terse(format!(
                "Failed to find equals sign in SCRAM argument '{rest}'"
            ))
        })?;
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => {
                let (value, after) = quoted.split_once('"').unwrap_or((quoted, ""));
                (value, after.strip_prefix(',').unwrap_or(after))
            }
            None => after.split_once(',').unwrap_or((after, "")),
        };
        pairs.insert(key.trim().to_owned(), value.to_owned());
        rest = after;
    }
    Ok(pairs)
}

fn credential(
    mechanism: Mechanism,
    mut settings: BTreeMap<String, String>,
) -> Result<UserScramCredentialRecord<'static>, Failure> {
    let terse = |text: &str| Failure::Terse(text.to_owned());
    let name = settings
        .remove("name")
        .ok_or_else(|| terse("You must supply 'name' to add-scram"))?;
    let iterations = iterations(mechanism, settings.remove("iterations"))?;
    let salt = settings
        .remove("salt")
        .map(|text| decode(&text))
        .transpose()?;
    let password = settings.remove("password");
    let salted = settings.remove("saltedpassword");
    let (salt, salted) = match (password, salted) {
        (Some(password), _) => {
            let salt = salt.map_or_else(random_salt, Ok)?;
            let salted = mechanism.salted_password(password.as_bytes(), &salt, iterations);
            (salt, salted)
        }
        (None, Some(salted)) => {
            let salt = salt.ok_or_else(|| {
                terse("You must supply 'salt' with 'saltedpassword' to add-scram")
            })?;
            (salt, decode(&salted)?)
        }
        (None, None) => {
            return Err(terse(
                "You must supply one of 'password' or 'saltedpassword' to add-scram",
            ));
        }
    };
    if !settings.is_empty() {
        let keys: Vec<_> = settings.into_keys().collect();
        return Err(Failure::Terse(format!(
            "Unknown SCRAM configurations: {}",
            keys.join(", ")
        )));
    }
    let client_key = mechanism.sign(&salted, &[b"Client Key"]);
    Ok(UserScramCredentialRecord {
        name: name.into(),
        mechanism: mechanism.code(),
        salt: salt.into(),
        stored_key: mechanism.digest(&client_key).into(),
        server_key: mechanism.sign(&salted, &[b"Server Key"]).into(),
        iterations,
        ..UserScramCredentialRecord::default()
    })
}

fn iterations(mechanism: Mechanism, text: Option<String>) -> Result<i32, Failure> {
    let Some(text) = text else {
        return Ok(MIN_ITERATIONS);
    };
    let number: i32 = text
        .parse()
        .map_err(|_| Failure::Terse(format!("Failed to parse iterations count: {text}")))?;
    let bound = |sign: &str, bound: i32| {
        Failure::Terse(format!(
            "The 'iterations' value must be {sign} {bound} for add-scram using {}",
            mechanism.constant()
        ))
    };
    if number < MIN_ITERATIONS {
        return Err(bound(">=", MIN_ITERATIONS));
    }
    if number > MAX_ITERATIONS {
        return Err(bound("<=", MAX_ITERATIONS));
    }
    Ok(number)
}

fn decode(text: &str) -> Result<Vec<u8>, Failure> {
    STANDARD
        .decode(text)
        .map_err(|_| Failure::Terse(format!("Failed to decode given value: {text}")))
}

fn random_salt() -> Result<Vec<u8>, Failure> {
    let mut salt = vec![0; SALT_BYTES];
    fill_random(&mut salt)?;
    Ok(salt)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The exchange in RFC 7677: the server key signs what its server answers with.
    #[test]
    fn keys_are_those_of_the_rfc() {
        let salt = STANDARD.decode("W22ZaJ0SNY7soEsUEjb6gQ==").expect("base64");
        let salted = Mechanism::Sha256.salted_password(b"pencil", &salt, 4096);
        let server_key = Mechanism::Sha256.sign(&salted, &[b"Server Key"]);
        let message = "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        let signature = Mechanism::Sha256.sign(&server_key, &[message.as_bytes()]);
        assert_eq!(
            STANDARD.encode(signature),
            "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
        );
    }

    #[test]
    fn quoted_values_may_hold_anything() {
        let pairs = split("name=a,salt=\"x=,y\",iterations=8192").expect("pairs");
        assert_eq!(pairs["salt"], "x=,y");
        assert_eq!(pairs["iterations"], "8192");
    }
}
