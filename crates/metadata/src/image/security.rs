//! Access control entries, SCRAM credentials and delegation tokens.
//!
//! What they mean is the security crate's; here they are rows that come and go.

use std::{collections::BTreeMap, fmt};

use ottla_protocol::metadata::{
    AccessControlEntryRecord, DelegationTokenRecord, MetadataRecord,
    RemoveAccessControlEntryRecord, RemoveDelegationTokenRecord, RemoveUserScramCredentialRecord,
    UserScramCredentialRecord,
};
use ottla_types::Uuid;

use crate::{ReplayFault, VersionedRecord};

/// One access control entry, in Kafka's numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccessControlEntry {
    /// 2 topic, 3 group, 4 cluster, 5 transactional id, 6 delegation token, 7 user.
    pub resource_type: i8,
    /// Name or prefix of the resource.
    pub resource_name: String,
    /// 3 literal, 4 prefixed.
    pub pattern_type: i8,
    /// Who, as `User:name`.
    pub principal: String,
    /// From where, `*` for anywhere.
    pub host: String,
    /// The operation.
    pub operation: i8,
    /// 2 deny, 3 allow.
    pub permission_type: i8,
}

/// All access control entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acls {
    entries: BTreeMap<Uuid, AccessControlEntry>,
}

impl Acls {
    /// Every entry by its id.
    pub fn iter(&self) -> impl Iterator<Item = (&Uuid, &AccessControlEntry)> {
        self.entries.iter()
    }

    /// The entry of that id.
    #[must_use]
    pub fn by_id(&self, id: Uuid) -> Option<&AccessControlEntry> {
        self.entries.get(&id)
    }

    pub(super) fn add(&mut self, record: &AccessControlEntryRecord<'_>) -> Result<(), ReplayFault> {
        if self.entries.contains_key(&record.id) {
            return Err(ReplayFault::AclExists(record.id));
        }
        let entry = AccessControlEntry {
            resource_type: record.resource_type,
            resource_name: record.resource_name.to_string(),
            pattern_type: record.pattern_type,
            principal: record.principal.to_string(),
            host: record.host.to_string(),
            operation: record.operation,
            permission_type: record.permission_type,
        };
        self.entries.insert(record.id, entry);
        Ok(())
    }

    pub(super) fn remove(
        &mut self,
        record: &RemoveAccessControlEntryRecord<'_>,
    ) -> Result<(), ReplayFault> {
        let removed = self.entries.remove(&record.id);
        removed.map(drop).ok_or(ReplayFault::UnknownAcl(record.id))
    }

    pub(super) fn write_snapshot(&self, out: &mut Vec<VersionedRecord>) {
        out.extend(self.entries.iter().map(|(id, entry)| {
            let record = AccessControlEntryRecord {
                id: *id,
                resource_type: entry.resource_type,
                resource_name: entry.resource_name.clone().into(),
                pattern_type: entry.pattern_type,
                principal: entry.principal.clone().into(),
                host: entry.host.clone().into(),
                operation: entry.operation,
                permission_type: entry.permission_type,
                ..AccessControlEntryRecord::default()
            };
            VersionedRecord::new(MetadataRecord::AccessControlEntryRecord(record), 0)
        }));
    }
}

/// What is kept of a user's password for one SCRAM mechanism. Its Debug form shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct ScramCredential {
    /// Salt of the key derivation.
    pub salt: Vec<u8>,
    /// The stored key.
    pub stored_key: Vec<u8>,
    /// The server key.
    pub server_key: Vec<u8>,
    /// Rounds of the key derivation.
    pub iterations: i32,
}

impl fmt::Debug for ScramCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScramCredential")
            .field("iterations", &self.iterations)
            .finish_non_exhaustive()
    }
}

/// All SCRAM credentials, by mechanism (1 SHA-256, 2 SHA-512) and user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScramCredentials {
    mechanisms: BTreeMap<i8, BTreeMap<String, ScramCredential>>,
}

impl ScramCredentials {
    /// The credential of `user` for `mechanism`.
    #[must_use]
    pub fn of(&self, mechanism: i8, user: &str) -> Option<&ScramCredential> {
        self.mechanisms.get(&mechanism)?.get(user)
    }

    /// Every credential: mechanism, user, credential.
    pub fn iter(&self) -> impl Iterator<Item = (i8, &str, &ScramCredential)> {
        self.mechanisms.iter().flat_map(|(mechanism, users)| {
            users
                .iter()
                .map(move |(user, credential)| (*mechanism, user.as_str(), credential))
        })
    }

    pub(super) fn put(&mut self, record: &UserScramCredentialRecord<'_>) {
        let credential = ScramCredential {
            salt: record.salt.to_vec(),
            stored_key: record.stored_key.to_vec(),
            server_key: record.server_key.to_vec(),
            iterations: record.iterations,
        };
        let users = self.mechanisms.entry(record.mechanism).or_default();
        users.insert(record.name.to_string(), credential);
    }

    pub(super) fn remove(
        &mut self,
        record: &RemoveUserScramCredentialRecord<'_>,
    ) -> Result<(), ReplayFault> {
        let unknown = || ReplayFault::UnknownScramCredential {
            user: record.name.to_string(),
            mechanism: record.mechanism,
        };
        let users = self
            .mechanisms
            .get_mut(&record.mechanism)
            .ok_or_else(unknown)?;
        users.remove(&*record.name).ok_or_else(unknown)?;
        if users.is_empty() {
            self.mechanisms.remove(&record.mechanism);
        }
        Ok(())
    }

    pub(super) fn write_snapshot(&self, out: &mut Vec<VersionedRecord>) {
        out.extend(self.iter().map(|(mechanism, user, credential)| {
            let record = UserScramCredentialRecord {
                name: user.to_owned().into(),
                mechanism,
                salt: credential.salt.clone().into(),
                stored_key: credential.stored_key.clone().into(),
                server_key: credential.server_key.clone().into(),
                iterations: credential.iterations,
                ..UserScramCredentialRecord::default()
            };
            VersionedRecord::new(MetadataRecord::UserScramCredentialRecord(record), 0)
        }));
    }
}

/// A delegation token. The secret is not kept: it follows from the id and the cluster's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DelegationToken {
    /// Whose token it is, as `User:name`.
    pub owner: String,
    /// Who asked for it.
    pub requester: String,
    /// Who may renew it.
    pub renewers: Vec<String>,
    /// When it was issued, in milliseconds since the epoch.
    pub issue_timestamp: i64,
    /// Until when it can be renewed.
    pub max_timestamp: i64,
    /// When it expires unless renewed.
    pub expiration_timestamp: i64,
}

/// All delegation tokens, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DelegationTokens {
    tokens: BTreeMap<String, DelegationToken>,
}

impl DelegationTokens {
    /// The token of that id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&DelegationToken> {
        self.tokens.get(id)
    }

    /// Every token by its id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &DelegationToken)> {
        self.tokens.iter().map(|(id, token)| (id.as_str(), token))
    }

    pub(super) fn put(&mut self, record: &DelegationTokenRecord<'_>) {
        let token = DelegationToken {
            owner: record.owner.to_string(),
            requester: record.requester.to_string(),
            renewers: record.renewers.iter().map(ToString::to_string).collect(),
            issue_timestamp: record.issue_timestamp,
            max_timestamp: record.max_timestamp,
            expiration_timestamp: record.expiration_timestamp,
        };
        self.tokens.insert(record.token_id.to_string(), token);
    }

    pub(super) fn remove(
        &mut self,
        record: &RemoveDelegationTokenRecord<'_>,
    ) -> Result<(), ReplayFault> {
        let removed = self.tokens.remove(&*record.token_id);
        let unknown = || ReplayFault::UnknownDelegationToken(record.token_id.to_string());
        removed.map(drop).ok_or_else(unknown)
    }

    pub(super) fn write_snapshot(&self, out: &mut Vec<VersionedRecord>) {
        out.extend(self.tokens.iter().map(|(id, token)| {
            let record = DelegationTokenRecord {
                owner: token.owner.clone().into(),
                requester: token.requester.clone().into(),
                renewers: token.renewers.iter().cloned().map(Into::into).collect(),
                issue_timestamp: token.issue_timestamp,
                max_timestamp: token.max_timestamp,
                expiration_timestamp: token.expiration_timestamp,
                token_id: id.clone().into(),
                ..DelegationTokenRecord::default()
            };
            VersionedRecord::new(MetadataRecord::DelegationTokenRecord(record), 0)
        }));
    }
}
