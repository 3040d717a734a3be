//! How answers and records are shown.

use ottla_groups::GroupReply;
use ottla_protocol::messages::{
    GroupMetadataKey, GroupMetadataValue, JoinGroupResponse, OffsetCommitKey, OffsetCommitValue,
};
use ottla_wire::Reader;

use super::Names;

impl Names {
    pub(super) fn reply(&mut self, reply: &GroupReply) -> String {
        match reply {
            GroupReply::JoinGroup(reply) => self.join(reply),
            GroupReply::SyncGroup(reply) => format!(
                "{} assignment={}",
                reply.error_code.name(),
                String::from_utf8_lossy(&reply.assignment)
            ),
            GroupReply::Heartbeat(reply) => reply.error_code.name().to_owned(),
            GroupReply::LeaveGroup(reply) => {
                let mut line = reply.error_code.name().to_owned();
                for member in &reply.members {
                    let name = self.short(&member.member_id);
                    line += &format!(" {name}={}", member.error_code.name());
                }
                line
            }
            GroupReply::OffsetCommit(reply) => {
                reply.topics[0].partitions[0].error_code.name().to_owned()
            }
            GroupReply::TxnOffsetCommit(reply) => {
                reply.topics[0].partitions[0].error_code.name().to_owned()
            }
            GroupReply::OffsetFetch(reply) => {
                let mut line = reply.error_code.name().to_owned();
                for topic in &reply.topics {
                    for partition in &topic.partitions {
                        line += &format!(" {}-{}=", topic.name, partition.partition_index);
                        if partition.error_code.0 == 0 {
                            line += &partition.committed_offset.to_string();
                        } else {
                            line += partition.error_code.name();
                        }
                    }
                }
                line
            }
            GroupReply::OffsetDelete(reply) => {
                let inner = reply
                    .topics
                    .first()
                    .map_or("-", |t| t.partitions[0].error_code.name());
                format!("{} {inner}", reply.error_code.name())
            }
            GroupReply::ListGroups(reply) => {
                let mut line = reply.error_code.name().to_owned();
                for group in &reply.groups {
                    line += &format!(
                        " {}({},{},{})",
                        group.group_id, group.protocol_type, group.group_state, group.group_type
                    );
                }
                line
            }
            GroupReply::DescribeGroups(reply) => {
                let group = &reply.groups[0];
                let mut line = format!(
                    "{} {} type={} protocol={}",
                    group.error_code.name(),
                    group.group_state,
                    group.protocol_type,
                    group.protocol_data
                );
                for member in &group.members {
                    line += &format!(
                        " {}@{}={}",
                        self.short(&member.member_id),
                        member.client_host,
                        String::from_utf8_lossy(&member.member_assignment)
                    );
                }
                line
            }
            GroupReply::DeleteGroups(reply) => reply.results[0].error_code.name().to_owned(),
        }
    }

    fn join(&mut self, reply: &JoinGroupResponse<'_>) -> String {
        let mut line = format!(
            "{} me={}",
            reply.error_code.name(),
            self.short(&reply.member_id)
        );
        if reply.generation_id != -1 {
            line += &format!(
                " gen={} protocol={} leader={}",
                reply.generation_id,
                reply.protocol_name.as_deref().unwrap_or("null"),
                self.short(&reply.leader)
            );
        }
        if !reply.members.is_empty() {
            let mut members: Vec<_> = reply
                .members
                .iter()
                .map(|member| self.short(&member.member_id))
                .collect();
            members.sort();
            line += &format!(" members={}", members.join(","));
        }
        if reply.skip_assignment {
            line += " skip";
        }
        line
    }

    pub(super) fn record(&mut self, key: &[u8], value: Option<&[u8]>) -> String {
        let mut key = Reader::new(key);
        let mut value = value.map(Reader::new);
        let kind = key.i16().unwrap();
        let version = value.as_mut().map(|value| value.i16().unwrap());
        match kind {
            OffsetCommitKey::TYPE => {
                let key = OffsetCommitKey::decode(&mut key, 0).unwrap();
                let place = format!("{}/{}-{}", key.group, key.topic, key.partition);
                let Some((mut value, version)) = value.zip(version) else {
                    return format!("{place}=null");
                };
                let value = OffsetCommitValue::decode(&mut value, version).unwrap();
                format!("{place}={}(v{version})", value.offset)
            }
            GroupMetadataKey::TYPE => {
                let key = GroupMetadataKey::decode(&mut key, 0).unwrap();
                let Some((mut value, version)) = value.zip(version) else {
                    return format!("{}=null", key.group);
                };
                let value = GroupMetadataValue::decode(&mut value, version).unwrap();
                let mut members: Vec<_> = value
                    .members
                    .iter()
                    .map(|member| {
                        let name = self.short(&member.member_id);
                        format!("{name}:{}", String::from_utf8_lossy(&member.assignment))
                    })
                    .collect();
                members.sort();
                format!(
                    "{}=(v{version} gen={} protocol={} leader={} [{}])",
                    key.group,
                    value.generation,
                    value.protocol.as_deref().unwrap_or("null"),
                    self.short(value.leader.as_deref().unwrap_or("null")),
                    members.join(",")
                )
            }
            other => panic!("key of type {other}"),
        }
    }
}
