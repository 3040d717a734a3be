// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

pub mod group {
    pub use crate::generated::consumer_group_current_member_assignment_key::{self, ConsumerGroupCurrentMemberAssignmentKey};
    pub use crate::generated::consumer_group_current_member_assignment_value::{self, ConsumerGroupCurrentMemberAssignmentValue};
    pub use crate::generated::consumer_group_member_metadata_key::{self, ConsumerGroupMemberMetadataKey};
    pub use crate::generated::consumer_group_member_metadata_value::{self, ConsumerGroupMemberMetadataValue};
    pub use crate::generated::consumer_group_metadata_key::{self, ConsumerGroupMetadataKey};
    pub use crate::generated::consumer_group_metadata_value::{self, ConsumerGroupMetadataValue};
    pub use crate::generated::consumer_group_partition_metadata_key::{self, ConsumerGroupPartitionMetadataKey};
    pub use crate::generated::consumer_group_partition_metadata_value::{self, ConsumerGroupPartitionMetadataValue};
    pub use crate::generated::consumer_group_regular_expression_key::{self, ConsumerGroupRegularExpressionKey};
    pub use crate::generated::consumer_group_regular_expression_value::{self, ConsumerGroupRegularExpressionValue};
    pub use crate::generated::consumer_group_target_assignment_member_key::{self, ConsumerGroupTargetAssignmentMemberKey};
    pub use crate::generated::consumer_group_target_assignment_member_value::{self, ConsumerGroupTargetAssignmentMemberValue};
    pub use crate::generated::consumer_group_target_assignment_metadata_key::{self, ConsumerGroupTargetAssignmentMetadataKey};
    pub use crate::generated::consumer_group_target_assignment_metadata_value::{self, ConsumerGroupTargetAssignmentMetadataValue};
    pub use crate::generated::group_metadata_key::{self, GroupMetadataKey};
    pub use crate::generated::group_metadata_value::{self, GroupMetadataValue};
    pub use crate::generated::legacy_offset_commit_key::{self, LegacyOffsetCommitKey};
    pub use crate::generated::legacy_offset_commit_value::{self, LegacyOffsetCommitValue};
    pub use crate::generated::offset_commit_key::{self, OffsetCommitKey};
    pub use crate::generated::offset_commit_value::{self, OffsetCommitValue};
    pub use crate::generated::share_group_current_member_assignment_key::{self, ShareGroupCurrentMemberAssignmentKey};
    pub use crate::generated::share_group_current_member_assignment_value::{self, ShareGroupCurrentMemberAssignmentValue};
    pub use crate::generated::share_group_member_metadata_key::{self, ShareGroupMemberMetadataKey};
    pub use crate::generated::share_group_member_metadata_value::{self, ShareGroupMemberMetadataValue};
    pub use crate::generated::share_group_metadata_key::{self, ShareGroupMetadataKey};
    pub use crate::generated::share_group_metadata_value::{self, ShareGroupMetadataValue};
    pub use crate::generated::share_group_state_partition_metadata_key::{self, ShareGroupStatePartitionMetadataKey};
    pub use crate::generated::share_group_state_partition_metadata_value::{self, ShareGroupStatePartitionMetadataValue};
    pub use crate::generated::share_group_target_assignment_member_key::{self, ShareGroupTargetAssignmentMemberKey};
    pub use crate::generated::share_group_target_assignment_member_value::{self, ShareGroupTargetAssignmentMemberValue};
    pub use crate::generated::share_group_target_assignment_metadata_key::{self, ShareGroupTargetAssignmentMetadataKey};
    pub use crate::generated::share_group_target_assignment_metadata_value::{self, ShareGroupTargetAssignmentMetadataValue};
    pub use crate::generated::streams_group_current_member_assignment_key::{self, StreamsGroupCurrentMemberAssignmentKey};
    pub use crate::generated::streams_group_current_member_assignment_value::{self, StreamsGroupCurrentMemberAssignmentValue};
    pub use crate::generated::streams_group_member_metadata_key::{self, StreamsGroupMemberMetadataKey};
    pub use crate::generated::streams_group_member_metadata_value::{self, StreamsGroupMemberMetadataValue};
    pub use crate::generated::streams_group_metadata_key::{self, StreamsGroupMetadataKey};
    pub use crate::generated::streams_group_metadata_value::{self, StreamsGroupMetadataValue};
    pub use crate::generated::streams_group_target_assignment_member_key::{self, StreamsGroupTargetAssignmentMemberKey};
    pub use crate::generated::streams_group_target_assignment_member_value::{self, StreamsGroupTargetAssignmentMemberValue};
    pub use crate::generated::streams_group_target_assignment_metadata_key::{self, StreamsGroupTargetAssignmentMetadataKey};
    pub use crate::generated::streams_group_target_assignment_metadata_value::{self, StreamsGroupTargetAssignmentMetadataValue};
    pub use crate::generated::streams_group_topology_key::{self, StreamsGroupTopologyKey};
    pub use crate::generated::streams_group_topology_value::{self, StreamsGroupTopologyValue};
}

macro_rules! group_records {
    ($apply:ident $($key:ident $value:ident $what:literal)?) => {
        $apply! {
            $($key $value $what:)?
            ConsumerGroupCurrentMemberAssignment ConsumerGroupCurrentMemberAssignmentKey ConsumerGroupCurrentMemberAssignmentValue
            ConsumerGroupMemberMetadata ConsumerGroupMemberMetadataKey ConsumerGroupMemberMetadataValue
            ConsumerGroupMetadata ConsumerGroupMetadataKey ConsumerGroupMetadataValue
            ConsumerGroupPartitionMetadata ConsumerGroupPartitionMetadataKey ConsumerGroupPartitionMetadataValue
            ConsumerGroupRegularExpression ConsumerGroupRegularExpressionKey ConsumerGroupRegularExpressionValue
            ConsumerGroupTargetAssignmentMember ConsumerGroupTargetAssignmentMemberKey ConsumerGroupTargetAssignmentMemberValue
            ConsumerGroupTargetAssignmentMetadata ConsumerGroupTargetAssignmentMetadataKey ConsumerGroupTargetAssignmentMetadataValue
            GroupMetadata GroupMetadataKey GroupMetadataValue
            LegacyOffsetCommit LegacyOffsetCommitKey LegacyOffsetCommitValue
            OffsetCommit OffsetCommitKey OffsetCommitValue
            ShareGroupCurrentMemberAssignment ShareGroupCurrentMemberAssignmentKey ShareGroupCurrentMemberAssignmentValue
            ShareGroupMemberMetadata ShareGroupMemberMetadataKey ShareGroupMemberMetadataValue
            ShareGroupMetadata ShareGroupMetadataKey ShareGroupMetadataValue
            ShareGroupStatePartitionMetadata ShareGroupStatePartitionMetadataKey ShareGroupStatePartitionMetadataValue
            ShareGroupTargetAssignmentMember ShareGroupTargetAssignmentMemberKey ShareGroupTargetAssignmentMemberValue
            ShareGroupTargetAssignmentMetadata ShareGroupTargetAssignmentMetadataKey ShareGroupTargetAssignmentMetadataValue
            StreamsGroupCurrentMemberAssignment StreamsGroupCurrentMemberAssignmentKey StreamsGroupCurrentMemberAssignmentValue
            StreamsGroupMemberMetadata StreamsGroupMemberMetadataKey StreamsGroupMemberMetadataValue
            StreamsGroupMetadata StreamsGroupMetadataKey StreamsGroupMetadataValue
            StreamsGroupTargetAssignmentMember StreamsGroupTargetAssignmentMemberKey StreamsGroupTargetAssignmentMemberValue
            StreamsGroupTargetAssignmentMetadata StreamsGroupTargetAssignmentMetadataKey StreamsGroupTargetAssignmentMetadataValue
            StreamsGroupTopology StreamsGroupTopologyKey StreamsGroupTopologyValue
        }
    };
}
pub(crate) use group_records;

pub mod metadata {
    pub use crate::generated::abort_transaction_record::{self, AbortTransactionRecord};
    pub use crate::generated::access_control_entry_record::{self, AccessControlEntryRecord};
    pub use crate::generated::begin_transaction_record::{self, BeginTransactionRecord};
    pub use crate::generated::broker_registration_change_record::{self, BrokerRegistrationChangeRecord};
    pub use crate::generated::clear_elr_record::{self, ClearElrRecord};
    pub use crate::generated::client_quota_record::{self, ClientQuotaRecord};
    pub use crate::generated::config_record::{self, ConfigRecord};
    pub use crate::generated::delegation_token_record::{self, DelegationTokenRecord};
    pub use crate::generated::end_transaction_record::{self, EndTransactionRecord};
    pub use crate::generated::feature_level_record::{self, FeatureLevelRecord};
    pub use crate::generated::fence_broker_record::{self, FenceBrokerRecord};
    pub use crate::generated::no_op_record::{self, NoOpRecord};
    pub use crate::generated::partition_change_record::{self, PartitionChangeRecord};
    pub use crate::generated::partition_record::{self, PartitionRecord};
    pub use crate::generated::producer_ids_record::{self, ProducerIdsRecord};
    pub use crate::generated::register_broker_record::{self, RegisterBrokerRecord};
    pub use crate::generated::register_controller_record::{self, RegisterControllerRecord};
    pub use crate::generated::remove_access_control_entry_record::{self, RemoveAccessControlEntryRecord};
    pub use crate::generated::remove_delegation_token_record::{self, RemoveDelegationTokenRecord};
    pub use crate::generated::remove_topic_record::{self, RemoveTopicRecord};
    pub use crate::generated::remove_user_scram_credential_record::{self, RemoveUserScramCredentialRecord};
    pub use crate::generated::topic_record::{self, TopicRecord};
    pub use crate::generated::unfence_broker_record::{self, UnfenceBrokerRecord};
    pub use crate::generated::unregister_broker_record::{self, UnregisterBrokerRecord};
    pub use crate::generated::user_scram_credential_record::{self, UserScramCredentialRecord};
    pub use crate::generated::zk_migration_state_record::{self, ZkMigrationStateRecord};
}

macro_rules! metadata_records {
    ($apply:ident $($key:ident $value:ident $what:literal)?) => {
        $apply! {
            $($key $value $what:)?
            AbortTransactionRecord
            AccessControlEntryRecord
            BeginTransactionRecord
            BrokerRegistrationChangeRecord
            ClearElrRecord
            ClientQuotaRecord
            ConfigRecord
            DelegationTokenRecord
            EndTransactionRecord
            FeatureLevelRecord
            FenceBrokerRecord
            NoOpRecord
            PartitionChangeRecord
            PartitionRecord
            ProducerIdsRecord
            RegisterBrokerRecord
            RegisterControllerRecord
            RemoveAccessControlEntryRecord
            RemoveDelegationTokenRecord
            RemoveTopicRecord
            RemoveUserScramCredentialRecord
            TopicRecord
            UnfenceBrokerRecord
            UnregisterBrokerRecord
            UserScramCredentialRecord
            ZkMigrationStateRecord
        }
    };
}
pub(crate) use metadata_records;

pub mod share {
    pub use crate::generated::share_snapshot_key::{self, ShareSnapshotKey};
    pub use crate::generated::share_snapshot_value::{self, ShareSnapshotValue};
    pub use crate::generated::share_update_key::{self, ShareUpdateKey};
    pub use crate::generated::share_update_value::{self, ShareUpdateValue};
}

macro_rules! share_records {
    ($apply:ident $($key:ident $value:ident $what:literal)?) => {
        $apply! {
            $($key $value $what:)?
            ShareSnapshot ShareSnapshotKey ShareSnapshotValue
            ShareUpdate ShareUpdateKey ShareUpdateValue
        }
    };
}
pub(crate) use share_records;

pub mod transaction {
    pub use crate::generated::transaction_log_key::{self, TransactionLogKey};
    pub use crate::generated::transaction_log_value::{self, TransactionLogValue};
}

macro_rules! transaction_records {
    ($apply:ident $($key:ident $value:ident $what:literal)?) => {
        $apply! {
            $($key $value $what:)?
            TransactionLog TransactionLogKey TransactionLogValue
        }
    };
}
pub(crate) use transaction_records;
