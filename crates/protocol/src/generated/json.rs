// Written by `cargo xtask codegen` from crates/protocol/schema; do not edit.

use super::*;

crate::json::structs! {
    abort_transaction_record AbortTransactionRecord<'a> unknown_tags {
        reason "reason" 0..=i16::MAX, tagged;
    }
    access_control_entry_record AccessControlEntryRecord<'a> unknown_tags {
        id "id" 0..=i16::MAX, field;
        resource_type "resourceType" 0..=i16::MAX, field;
        resource_name "resourceName" 0..=i16::MAX, field;
        pattern_type "patternType" 0..=i16::MAX, field;
        principal "principal" 0..=i16::MAX, field;
        host "host" 0..=i16::MAX, field;
        operation "operation" 0..=i16::MAX, field;
        permission_type "permissionType" 0..=i16::MAX, field;
    }
    add_offsets_to_txn_request AddOffsetsToTxnRequest<'a> unknown_tags {
        transactional_id "transactionalId" 0..=i16::MAX, field;
        producer_id "producerId" 0..=i16::MAX, field;
        producer_epoch "producerEpoch" 0..=i16::MAX, field;
        group_id "groupId" 0..=i16::MAX, field;
    }
    add_offsets_to_txn_response AddOffsetsToTxnResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
    }
    add_partitions_to_txn_request AddPartitionsToTxnRequest<'a> unknown_tags {
        transactions "transactions" 4..=i16::MAX, field;
        v3_and_below_transactional_id "v3AndBelowTransactionalId" 0..=3, field;
        v3_and_below_producer_id "v3AndBelowProducerId" 0..=3, field;
        v3_and_below_producer_epoch "v3AndBelowProducerEpoch" 0..=3, field;
        v3_and_below_topics "v3AndBelowTopics" 0..=3, field;
    }
    add_partitions_to_txn_request AddPartitionsToTxnTransaction<'a> unknown_tags {
        transactional_id "transactionalId" 4..=i16::MAX, field;
        producer_id "producerId" 4..=i16::MAX, field;
        producer_epoch "producerEpoch" 4..=i16::MAX, field;
        verify_only "verifyOnly" 4..=i16::MAX, field;
        topics "topics" 4..=i16::MAX, field;
    }
    add_partitions_to_txn_request AddPartitionsToTxnTopic<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    add_partitions_to_txn_response AddPartitionsToTxnResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 4..=i16::MAX, field;
        results_by_transaction "resultsByTransaction" 4..=i16::MAX, field;
        results_by_topic_v3_and_below "resultsByTopicV3AndBelow" 0..=3, field;
    }
    add_partitions_to_txn_response AddPartitionsToTxnResult<'a> unknown_tags {
        transactional_id "transactionalId" 4..=i16::MAX, field;
        topic_results "topicResults" 4..=i16::MAX, field;
    }
    add_partitions_to_txn_response AddPartitionsToTxnTopicResult<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        results_by_partition "resultsByPartition" 0..=i16::MAX, field;
    }
    add_partitions_to_txn_response AddPartitionsToTxnPartitionResult<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        partition_error_code "partitionErrorCode" 0..=i16::MAX, field;
    }
    add_raft_voter_request AddRaftVoterRequest<'a> unknown_tags {
        cluster_id "clusterId" 0..=i16::MAX, field;
        timeout_ms "timeoutMs" 0..=i16::MAX, field;
        voter_id "voterId" 0..=i16::MAX, field;
        voter_directory_id "voterDirectoryId" 0..=i16::MAX, field;
        listeners "listeners" 0..=i16::MAX, field;
        ack_when_committed "ackWhenCommitted" 1..=i16::MAX, field;
    }
    add_raft_voter_request Listener<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
    }
    add_raft_voter_response AddRaftVoterResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    allocate_producer_ids_request AllocateProducerIdsRequest<'a> unknown_tags {
        broker_id "brokerId" 0..=i16::MAX, field;
        broker_epoch "brokerEpoch" 0..=i16::MAX, field;
    }
    allocate_producer_ids_response AllocateProducerIdsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        producer_id_start "producerIdStart" 0..=i16::MAX, field;
        producer_id_len "producerIdLen" 0..=i16::MAX, field;
    }
    alter_client_quotas_request AlterClientQuotasRequest<'a> unknown_tags {
        entries "entries" 0..=i16::MAX, field;
        validate_only "validateOnly" 0..=i16::MAX, field;
    }
    alter_client_quotas_request EntryData<'a> unknown_tags {
        entity "entity" 0..=i16::MAX, field;
        ops "ops" 0..=i16::MAX, field;
    }
    alter_client_quotas_request EntityData<'a> unknown_tags {
        entity_type "entityType" 0..=i16::MAX, field;
        entity_name "entityName" 0..=i16::MAX, field;
    }
    alter_client_quotas_request OpData<'a> unknown_tags {
        key "key" 0..=i16::MAX, field;
        value "value" 0..=i16::MAX, field;
        remove "remove" 0..=i16::MAX, field;
    }
    alter_client_quotas_response AlterClientQuotasResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        entries "entries" 0..=i16::MAX, field;
    }
    alter_client_quotas_response EntryData<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        entity "entity" 0..=i16::MAX, field;
    }
    alter_client_quotas_response EntityData<'a> unknown_tags {
        entity_type "entityType" 0..=i16::MAX, field;
        entity_name "entityName" 0..=i16::MAX, field;
    }
    alter_configs_request AlterConfigsRequest<'a> unknown_tags {
        resources "resources" 0..=i16::MAX, field;
        validate_only "validateOnly" 0..=i16::MAX, field;
    }
    alter_configs_request AlterConfigsResource<'a> unknown_tags {
        resource_type "resourceType" 0..=i16::MAX, field;
        resource_name "resourceName" 0..=i16::MAX, field;
        configs "configs" 0..=i16::MAX, field;
    }
    alter_configs_request AlterableConfig<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        value "value" 0..=i16::MAX, field;
    }
    alter_configs_response AlterConfigsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        responses "responses" 0..=i16::MAX, field;
    }
    alter_configs_response AlterConfigsResourceResponse<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        resource_type "resourceType" 0..=i16::MAX, field;
        resource_name "resourceName" 0..=i16::MAX, field;
    }
    alter_partition_reassignments_request AlterPartitionReassignmentsRequest<'a> unknown_tags {
        timeout_ms "timeoutMs" 0..=i16::MAX, field;
        allow_replication_factor_change "allowReplicationFactorChange" 1..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    alter_partition_reassignments_request ReassignableTopic<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    alter_partition_reassignments_request ReassignablePartition<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        replicas "replicas" 0..=i16::MAX, field;
    }
    alter_partition_reassignments_response AlterPartitionReassignmentsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        allow_replication_factor_change "allowReplicationFactorChange" 1..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        responses "responses" 0..=i16::MAX, field;
    }
    alter_partition_reassignments_response ReassignableTopicResponse<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    alter_partition_reassignments_response ReassignablePartitionResponse<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    alter_partition_request AlterPartitionRequest<'a> unknown_tags {
        broker_id "brokerId" 2..=i16::MAX, field;
        broker_epoch "brokerEpoch" 2..=i16::MAX, field;
        topics "topics" 2..=i16::MAX, field;
    }
    alter_partition_request TopicData<'a> unknown_tags {
        topic_id "topicId" 2..=i16::MAX, field;
        partitions "partitions" 2..=i16::MAX, field;
    }
    alter_partition_request PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 2..=i16::MAX, field;
        leader_epoch "leaderEpoch" 2..=i16::MAX, field;
        new_isr "newIsr" 2..=2, field;
        new_isr_with_epochs "newIsrWithEpochs" 3..=i16::MAX, field;
        leader_recovery_state "leaderRecoveryState" 2..=i16::MAX, field;
        partition_epoch "partitionEpoch" 2..=i16::MAX, field;
    }
    alter_partition_request BrokerState<'a> unknown_tags {
        broker_id "brokerId" 3..=i16::MAX, field;
        broker_epoch "brokerEpoch" 3..=i16::MAX, field;
    }
    alter_partition_response AlterPartitionResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 2..=i16::MAX, field;
        error_code "errorCode" 2..=i16::MAX, field;
        topics "topics" 2..=i16::MAX, field;
    }
    alter_partition_response TopicData<'a> unknown_tags {
        topic_id "topicId" 2..=i16::MAX, field;
        partitions "partitions" 2..=i16::MAX, field;
    }
    alter_partition_response PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 2..=i16::MAX, field;
        error_code "errorCode" 2..=i16::MAX, field;
        leader_id "leaderId" 2..=i16::MAX, field;
        leader_epoch "leaderEpoch" 2..=i16::MAX, field;
        isr "isr" 2..=i16::MAX, field;
        leader_recovery_state "leaderRecoveryState" 2..=i16::MAX, field;
        partition_epoch "partitionEpoch" 2..=i16::MAX, field;
    }
    alter_replica_log_dirs_request AlterReplicaLogDirsRequest<'a> unknown_tags {
        dirs "dirs" 1..=i16::MAX, field;
    }
    alter_replica_log_dirs_request AlterReplicaLogDir<'a> unknown_tags {
        path "path" 1..=i16::MAX, field;
        topics "topics" 1..=i16::MAX, field;
    }
    alter_replica_log_dirs_request AlterReplicaLogDirTopic<'a> unknown_tags {
        name "name" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    alter_replica_log_dirs_response AlterReplicaLogDirsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        results "results" 1..=i16::MAX, field;
    }
    alter_replica_log_dirs_response AlterReplicaLogDirTopicResult<'a> unknown_tags {
        topic_name "topicName" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    alter_replica_log_dirs_response AlterReplicaLogDirPartitionResult<'a> unknown_tags {
        partition_index "partitionIndex" 1..=i16::MAX, field;
        error_code "errorCode" 1..=i16::MAX, field;
    }
    alter_share_group_offsets_request AlterShareGroupOffsetsRequest<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    alter_share_group_offsets_request AlterShareGroupOffsetsRequestTopic<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    alter_share_group_offsets_request AlterShareGroupOffsetsRequestPartition<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        start_offset "startOffset" 0..=i16::MAX, field;
    }
    alter_share_group_offsets_response AlterShareGroupOffsetsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        responses "responses" 0..=i16::MAX, field;
    }
    alter_share_group_offsets_response AlterShareGroupOffsetsResponseTopic<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    alter_share_group_offsets_response AlterShareGroupOffsetsResponsePartition<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    alter_user_scram_credentials_request AlterUserScramCredentialsRequest<'a> unknown_tags {
        deletions "deletions" 0..=i16::MAX, field;
        upsertions "upsertions" 0..=i16::MAX, field;
    }
    alter_user_scram_credentials_request ScramCredentialDeletion<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        mechanism "mechanism" 0..=i16::MAX, field;
    }
    alter_user_scram_credentials_request ScramCredentialUpsertion<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        mechanism "mechanism" 0..=i16::MAX, field;
        iterations "iterations" 0..=i16::MAX, field;
        salt "salt" 0..=i16::MAX, field;
        salted_password "saltedPassword" 0..=i16::MAX, field;
    }
    alter_user_scram_credentials_response AlterUserScramCredentialsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        results "results" 0..=i16::MAX, field;
    }
    alter_user_scram_credentials_response AlterUserScramCredentialsResult<'a> unknown_tags {
        user "user" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    api_versions_request ApiVersionsRequest<'a> unknown_tags {
        client_software_name "clientSoftwareName" 3..=i16::MAX, field;
        client_software_version "clientSoftwareVersion" 3..=i16::MAX, field;
    }
    api_versions_response ApiVersionsResponse<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        api_keys "apiKeys" 0..=i16::MAX, field;
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        supported_features "supportedFeatures" 3..=i16::MAX, tagged;
        finalized_features_epoch "finalizedFeaturesEpoch" 3..=i16::MAX, tagged;
        finalized_features "finalizedFeatures" 3..=i16::MAX, tagged;
        zk_migration_ready "zkMigrationReady" 3..=i16::MAX, tagged;
    }
    api_versions_response ApiVersion<'a> unknown_tags {
        api_key "apiKey" 0..=i16::MAX, field;
        min_version "minVersion" 0..=i16::MAX, field;
        max_version "maxVersion" 0..=i16::MAX, field;
    }
    api_versions_response SupportedFeatureKey<'a> unknown_tags {
        name "name" 3..=i16::MAX, field;
        min_version "minVersion" 3..=i16::MAX, field;
        max_version "maxVersion" 3..=i16::MAX, field;
    }
    api_versions_response FinalizedFeatureKey<'a> unknown_tags {
        name "name" 3..=i16::MAX, field;
        max_version_level "maxVersionLevel" 3..=i16::MAX, field;
        min_version_level "minVersionLevel" 3..=i16::MAX, field;
    }
    assign_replicas_to_dirs_request AssignReplicasToDirsRequest<'a> unknown_tags {
        broker_id "brokerId" 0..=i16::MAX, field;
        broker_epoch "brokerEpoch" 0..=i16::MAX, field;
        directories "directories" 0..=i16::MAX, field;
    }
    assign_replicas_to_dirs_request DirectoryData<'a> unknown_tags {
        id "id" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    assign_replicas_to_dirs_request TopicData<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    assign_replicas_to_dirs_request PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
    }
    assign_replicas_to_dirs_response AssignReplicasToDirsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        directories "directories" 0..=i16::MAX, field;
    }
    assign_replicas_to_dirs_response DirectoryData<'a> unknown_tags {
        id "id" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    assign_replicas_to_dirs_response TopicData<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    assign_replicas_to_dirs_response PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
    }
    begin_quorum_epoch_request BeginQuorumEpochRequest<'a> unknown_tags {
        cluster_id "clusterId" 0..=i16::MAX, field;
        voter_id "voterId" 1..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
        leader_endpoints "leaderEndpoints" 1..=i16::MAX, field;
    }
    begin_quorum_epoch_request TopicData<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    begin_quorum_epoch_request PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        voter_directory_id "voterDirectoryId" 1..=i16::MAX, field;
        leader_id "leaderId" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
    }
    begin_quorum_epoch_request LeaderEndpoint<'a> unknown_tags {
        name "name" 1..=i16::MAX, field;
        host "host" 1..=i16::MAX, field;
        port "port" 1..=i16::MAX, field;
    }
    begin_quorum_epoch_response BeginQuorumEpochResponse<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
        node_endpoints "nodeEndpoints" 1..=i16::MAX, tagged;
    }
    begin_quorum_epoch_response TopicData<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    begin_quorum_epoch_response PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        leader_id "leaderId" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
    }
    begin_quorum_epoch_response NodeEndpoint<'a> unknown_tags {
        node_id "nodeId" 1..=i16::MAX, field;
        host "host" 1..=i16::MAX, field;
        port "port" 1..=i16::MAX, field;
    }
    begin_transaction_record BeginTransactionRecord<'a> unknown_tags {
        name "name" 0..=i16::MAX, tagged;
    }
    broker_heartbeat_request BrokerHeartbeatRequest<'a> unknown_tags {
        broker_id "brokerId" 0..=i16::MAX, field;
        broker_epoch "brokerEpoch" 0..=i16::MAX, field;
        current_metadata_offset "currentMetadataOffset" 0..=i16::MAX, field;
        want_fence "wantFence" 0..=i16::MAX, field;
        want_shut_down "wantShutDown" 0..=i16::MAX, field;
        offline_log_dirs "offlineLogDirs" 1..=i16::MAX, tagged;
        cordoned_log_dirs "cordonedLogDirs" 2..=i16::MAX, tagged;
    }
    broker_heartbeat_response BrokerHeartbeatResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        is_caught_up "isCaughtUp" 0..=i16::MAX, field;
        is_fenced "isFenced" 0..=i16::MAX, field;
        should_shut_down "shouldShutDown" 0..=i16::MAX, field;
    }
    broker_registration_change_record BrokerRegistrationChangeRecord<'a> unknown_tags {
        broker_id "brokerId" 0..=i16::MAX, field;
        broker_epoch "brokerEpoch" 0..=i16::MAX, field;
        fenced "fenced" 0..=i16::MAX, tagged;
        in_controlled_shutdown "inControlledShutdown" 1..=i16::MAX, tagged;
        log_dirs "logDirs" 2..=i16::MAX, tagged;
        cordoned_log_dirs "cordonedLogDirs" 3..=i16::MAX, tagged;
    }
    broker_registration_request BrokerRegistrationRequest<'a> unknown_tags {
        broker_id "brokerId" 0..=i16::MAX, field;
        cluster_id "clusterId" 0..=i16::MAX, field;
        incarnation_id "incarnationId" 0..=i16::MAX, field;
        listeners "listeners" 0..=i16::MAX, field;
        features "features" 0..=i16::MAX, field;
        rack "rack" 0..=i16::MAX, field;
        is_migrating_zk_broker "isMigratingZkBroker" 1..=i16::MAX, field;
        log_dirs "logDirs" 2..=i16::MAX, field;
        previous_broker_epoch "previousBrokerEpoch" 3..=i16::MAX, field;
    }
    broker_registration_request Listener<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
        security_protocol "securityProtocol" 0..=i16::MAX, field;
    }
    broker_registration_request Feature<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        min_supported_version "minSupportedVersion" 0..=i16::MAX, field;
        max_supported_version "maxSupportedVersion" 0..=i16::MAX, field;
    }
    broker_registration_response BrokerRegistrationResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        broker_epoch "brokerEpoch" 0..=i16::MAX, field;
    }
    clear_elr_record ClearElrRecord<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
    }
    client_quota_record ClientQuotaRecord<'a> unknown_tags {
        entity "entity" 0..=i16::MAX, field;
        key "key" 0..=i16::MAX, field;
        value "value" 0..=i16::MAX, field;
        remove "remove" 0..=i16::MAX, field;
    }
    client_quota_record EntityData<'a> unknown_tags {
        entity_type "entityType" 0..=i16::MAX, field;
        entity_name "entityName" 0..=i16::MAX, field;
    }
    config_record ConfigRecord<'a> unknown_tags {
        resource_type "resourceType" 0..=i16::MAX, field;
        resource_name "resourceName" 0..=i16::MAX, field;
        name "name" 0..=i16::MAX, field;
        value "value" 0..=i16::MAX, field;
    }
    consumer_group_current_member_assignment_key ConsumerGroupCurrentMemberAssignmentKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
    }
    consumer_group_current_member_assignment_value ConsumerGroupCurrentMemberAssignmentValue<'a> unknown_tags {
        member_epoch "memberEpoch" 0..=i16::MAX, field;
        previous_member_epoch "previousMemberEpoch" 0..=i16::MAX, field;
        state "state" 0..=i16::MAX, field;
        assigned_partitions "assignedPartitions" 0..=i16::MAX, field;
        partitions_pending_revocation "partitionsPendingRevocation" 0..=i16::MAX, field;
    }
    consumer_group_current_member_assignment_value TopicPartitions<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
        assignment_epochs "assignmentEpochs" 0..=i16::MAX, tagged;
    }
    consumer_group_describe_request ConsumerGroupDescribeRequest<'a> unknown_tags {
        group_ids "groupIds" 0..=i16::MAX, field;
        include_authorized_operations "includeAuthorizedOperations" 0..=i16::MAX, field;
    }
    consumer_group_describe_response ConsumerGroupDescribeResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        groups "groups" 0..=i16::MAX, field;
    }
    consumer_group_describe_response DescribedGroup<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        group_id "groupId" 0..=i16::MAX, field;
        group_state "groupState" 0..=i16::MAX, field;
        group_epoch "groupEpoch" 0..=i16::MAX, field;
        assignment_epoch "assignmentEpoch" 0..=i16::MAX, field;
        assignor_name "assignorName" 0..=i16::MAX, field;
        members "members" 0..=i16::MAX, field;
        authorized_operations "authorizedOperations" 0..=i16::MAX, field;
    }
    consumer_group_describe_response Member<'a> unknown_tags {
        member_id "memberId" 0..=i16::MAX, field;
        instance_id "instanceId" 0..=i16::MAX, field;
        rack_id "rackId" 0..=i16::MAX, field;
        member_epoch "memberEpoch" 0..=i16::MAX, field;
        client_id "clientId" 0..=i16::MAX, field;
        client_host "clientHost" 0..=i16::MAX, field;
        subscribed_topic_names "subscribedTopicNames" 0..=i16::MAX, field;
        subscribed_topic_regex "subscribedTopicRegex" 0..=i16::MAX, field;
        assignment "assignment" 0..=i16::MAX, field;
        target_assignment "targetAssignment" 0..=i16::MAX, field;
        member_type "memberType" 1..=i16::MAX, field;
    }
    consumer_group_describe_response TopicPartitions<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        topic_name "topicName" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    consumer_group_describe_response Assignment<'a> unknown_tags {
        topic_partitions "topicPartitions" 0..=i16::MAX, field;
    }
    consumer_group_heartbeat_request ConsumerGroupHeartbeatRequest<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
        member_epoch "memberEpoch" 0..=i16::MAX, field;
        instance_id "instanceId" 0..=i16::MAX, field;
        rack_id "rackId" 0..=i16::MAX, field;
        rebalance_timeout_ms "rebalanceTimeoutMs" 0..=i16::MAX, field;
        subscribed_topic_names "subscribedTopicNames" 0..=i16::MAX, field;
        subscribed_topic_regex "subscribedTopicRegex" 1..=i16::MAX, field;
        server_assignor "serverAssignor" 0..=i16::MAX, field;
        topic_partitions "topicPartitions" 0..=i16::MAX, field;
    }
    consumer_group_heartbeat_request TopicPartitions<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    consumer_group_heartbeat_response ConsumerGroupHeartbeatResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
        member_epoch "memberEpoch" 0..=i16::MAX, field;
        heartbeat_interval_ms "heartbeatIntervalMs" 0..=i16::MAX, field;
        assignment "assignment" 0..=i16::MAX, field;
    }
    consumer_group_heartbeat_response Assignment<'a> unknown_tags {
        topic_partitions "topicPartitions" 0..=i16::MAX, field;
    }
    consumer_group_heartbeat_response TopicPartitions<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    consumer_group_member_metadata_key ConsumerGroupMemberMetadataKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
    }
    consumer_group_member_metadata_value ConsumerGroupMemberMetadataValue<'a> unknown_tags {
        instance_id "instanceId" 0..=i16::MAX, field;
        rack_id "rackId" 0..=i16::MAX, field;
        client_id "clientId" 0..=i16::MAX, field;
        client_host "clientHost" 0..=i16::MAX, field;
        subscribed_topic_names "subscribedTopicNames" 0..=i16::MAX, field;
        subscribed_topic_regex "subscribedTopicRegex" 0..=i16::MAX, field;
        rebalance_timeout_ms "rebalanceTimeoutMs" 0..=i16::MAX, field;
        server_assignor "serverAssignor" 0..=i16::MAX, field;
        classic_member_metadata "classicMemberMetadata" 0..=i16::MAX, tagged;
    }
    consumer_group_member_metadata_value ClassicMemberMetadata<'a> unknown_tags {
        session_timeout_ms "sessionTimeoutMs" 0..=i16::MAX, field;
        supported_protocols "supportedProtocols" 0..=i16::MAX, field;
    }
    consumer_group_member_metadata_value ClassicProtocol<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        metadata "metadata" 0..=i16::MAX, field;
    }
    consumer_group_metadata_key ConsumerGroupMetadataKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
    }
    consumer_group_metadata_value ConsumerGroupMetadataValue<'a> unknown_tags {
        epoch "epoch" 0..=i16::MAX, field;
        metadata_hash "metadataHash" 0..=i16::MAX, tagged;
    }
    consumer_group_partition_metadata_key ConsumerGroupPartitionMetadataKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
    }
    consumer_group_partition_metadata_value ConsumerGroupPartitionMetadataValue<'a> unknown_tags {
        topics "topics" 0..=i16::MAX, field;
    }
    consumer_group_partition_metadata_value TopicMetadata<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        topic_name "topicName" 0..=i16::MAX, field;
        num_partitions "numPartitions" 0..=i16::MAX, field;
        partition_metadata "partitionMetadata" 0..=i16::MAX, field;
    }
    consumer_group_partition_metadata_value PartitionMetadata<'a> unknown_tags {
        partition "partition" 0..=i16::MAX, field;
        racks "racks" 0..=i16::MAX, field;
    }
    consumer_group_regular_expression_key ConsumerGroupRegularExpressionKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
        regular_expression "regularExpression" 0..=i16::MAX, field;
    }
    consumer_group_regular_expression_value ConsumerGroupRegularExpressionValue<'a> unknown_tags {
        topics "topics" 0..=i16::MAX, field;
        version "version" 0..=i16::MAX, field;
        timestamp "timestamp" 0..=i16::MAX, field;
    }
    consumer_group_target_assignment_member_key ConsumerGroupTargetAssignmentMemberKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
    }
    consumer_group_target_assignment_member_value ConsumerGroupTargetAssignmentMemberValue<'a> unknown_tags {
        topic_partitions "topicPartitions" 0..=i16::MAX, field;
    }
    consumer_group_target_assignment_member_value TopicPartition<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    consumer_group_target_assignment_metadata_key ConsumerGroupTargetAssignmentMetadataKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
    }
    consumer_group_target_assignment_metadata_value ConsumerGroupTargetAssignmentMetadataValue<'a> unknown_tags {
        assignment_epoch "assignmentEpoch" 0..=i16::MAX, field;
        assignment_timestamp "assignmentTimestamp" 0..=i16::MAX, tagged;
    }
    consumer_protocol_assignment ConsumerProtocolAssignment<'a> {
        assigned_partitions "assignedPartitions" 0..=i16::MAX, field;
        user_data "userData" 0..=i16::MAX, field;
    }
    consumer_protocol_assignment TopicPartition<'a> {
        topic "topic" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    consumer_protocol_subscription ConsumerProtocolSubscription<'a> {
        topics "topics" 0..=i16::MAX, field;
        user_data "userData" 0..=i16::MAX, field;
        owned_partitions "ownedPartitions" 1..=i16::MAX, field;
        generation_id "generationId" 2..=i16::MAX, field;
        rack_id "rackId" 3..=i16::MAX, field;
    }
    consumer_protocol_subscription TopicPartition<'a> {
        topic "topic" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    control_record_type_schema ControlRecordTypeSchema {
        type_ "type" 0..=i16::MAX, field;
    }
    controller_registration_request ControllerRegistrationRequest<'a> unknown_tags {
        controller_id "controllerId" 0..=i16::MAX, field;
        incarnation_id "incarnationId" 0..=i16::MAX, field;
        zk_migration_ready "zkMigrationReady" 0..=i16::MAX, field;
        listeners "listeners" 0..=i16::MAX, field;
        features "features" 0..=i16::MAX, field;
    }
    controller_registration_request Listener<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
        security_protocol "securityProtocol" 0..=i16::MAX, field;
    }
    controller_registration_request Feature<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        min_supported_version "minSupportedVersion" 0..=i16::MAX, field;
        max_supported_version "maxSupportedVersion" 0..=i16::MAX, field;
    }
    controller_registration_response ControllerRegistrationResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    create_acls_request CreateAclsRequest<'a> unknown_tags {
        creations "creations" 1..=i16::MAX, field;
    }
    create_acls_request AclCreation<'a> unknown_tags {
        resource_type "resourceType" 1..=i16::MAX, field;
        resource_name "resourceName" 1..=i16::MAX, field;
        resource_pattern_type "resourcePatternType" 1..=i16::MAX, field;
        principal "principal" 1..=i16::MAX, field;
        host "host" 1..=i16::MAX, field;
        operation "operation" 1..=i16::MAX, field;
        permission_type "permissionType" 1..=i16::MAX, field;
    }
    create_acls_response CreateAclsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        results "results" 1..=i16::MAX, field;
    }
    create_acls_response AclCreationResult<'a> unknown_tags {
        error_code "errorCode" 1..=i16::MAX, field;
        error_message "errorMessage" 1..=i16::MAX, field;
    }
    create_delegation_token_request CreateDelegationTokenRequest<'a> unknown_tags {
        owner_principal_type "ownerPrincipalType" 3..=i16::MAX, field;
        owner_principal_name "ownerPrincipalName" 3..=i16::MAX, field;
        renewers "renewers" 1..=i16::MAX, field;
        max_lifetime_ms "maxLifetimeMs" 1..=i16::MAX, field;
    }
    create_delegation_token_request CreatableRenewers<'a> unknown_tags {
        principal_type "principalType" 1..=i16::MAX, field;
        principal_name "principalName" 1..=i16::MAX, field;
    }
    create_delegation_token_response CreateDelegationTokenResponse<'a> unknown_tags {
        error_code "errorCode" 1..=i16::MAX, field;
        principal_type "principalType" 1..=i16::MAX, field;
        principal_name "principalName" 1..=i16::MAX, field;
        token_requester_principal_type "tokenRequesterPrincipalType" 3..=i16::MAX, field;
        token_requester_principal_name "tokenRequesterPrincipalName" 3..=i16::MAX, field;
        issue_timestamp_ms "issueTimestampMs" 1..=i16::MAX, field;
        expiry_timestamp_ms "expiryTimestampMs" 1..=i16::MAX, field;
        max_timestamp_ms "maxTimestampMs" 1..=i16::MAX, field;
        token_id "tokenId" 1..=i16::MAX, field;
        hmac "hmac" 1..=i16::MAX, field;
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
    }
    create_partitions_request CreatePartitionsRequest<'a> unknown_tags {
        topics "topics" 0..=i16::MAX, field;
        timeout_ms "timeoutMs" 0..=i16::MAX, field;
        validate_only "validateOnly" 0..=i16::MAX, field;
    }
    create_partitions_request CreatePartitionsTopic<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        count "count" 0..=i16::MAX, field;
        assignments "assignments" 0..=i16::MAX, field;
    }
    create_partitions_request CreatePartitionsAssignment<'a> unknown_tags {
        broker_ids "brokerIds" 0..=i16::MAX, field;
    }
    create_partitions_response CreatePartitionsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        results "results" 0..=i16::MAX, field;
    }
    create_partitions_response CreatePartitionsTopicResult<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    create_topics_request CreateTopicsRequest<'a> unknown_tags {
        topics "topics" 2..=i16::MAX, field;
        timeout_ms "timeoutMs" 2..=i16::MAX, field;
        validate_only "validateOnly" 2..=i16::MAX, field;
    }
    create_topics_request CreatableTopic<'a> unknown_tags {
        name "name" 2..=i16::MAX, field;
        num_partitions "numPartitions" 2..=i16::MAX, field;
        replication_factor "replicationFactor" 2..=i16::MAX, field;
        assignments "assignments" 2..=i16::MAX, field;
        configs "configs" 2..=i16::MAX, field;
    }
    create_topics_request CreatableReplicaAssignment<'a> unknown_tags {
        partition_index "partitionIndex" 2..=i16::MAX, field;
        broker_ids "brokerIds" 2..=i16::MAX, field;
    }
    create_topics_request CreatableTopicConfig<'a> unknown_tags {
        name "name" 2..=i16::MAX, field;
        value "value" 2..=i16::MAX, field;
    }
    create_topics_response CreateTopicsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 2..=i16::MAX, field;
        topics "topics" 2..=i16::MAX, field;
    }
    create_topics_response CreatableTopicResult<'a> unknown_tags {
        name "name" 2..=i16::MAX, field;
        topic_id "topicId" 7..=i16::MAX, field;
        error_code "errorCode" 2..=i16::MAX, field;
        error_message "errorMessage" 2..=i16::MAX, field;
        topic_config_error_code "topicConfigErrorCode" 5..=i16::MAX, tagged;
        num_partitions "numPartitions" 5..=i16::MAX, field;
        replication_factor "replicationFactor" 5..=i16::MAX, field;
        configs "configs" 5..=i16::MAX, field;
    }
    create_topics_response CreatableTopicConfigs<'a> unknown_tags {
        name "name" 5..=i16::MAX, field;
        value "value" 5..=i16::MAX, field;
        read_only "readOnly" 5..=i16::MAX, field;
        config_source "configSource" 5..=i16::MAX, field;
        is_sensitive "isSensitive" 5..=i16::MAX, field;
    }
    default_principal_data DefaultPrincipalData<'a> unknown_tags {
        type_ "type" 0..=i16::MAX, field;
        name "name" 0..=i16::MAX, field;
        token_authenticated "tokenAuthenticated" 0..=i16::MAX, field;
    }
    delegation_token_record DelegationTokenRecord<'a> unknown_tags {
        owner "owner" 0..=i16::MAX, field;
        requester "requester" 0..=i16::MAX, field;
        renewers "renewers" 0..=i16::MAX, field;
        issue_timestamp "issueTimestamp" 0..=i16::MAX, field;
        max_timestamp "maxTimestamp" 0..=i16::MAX, field;
        expiration_timestamp "expirationTimestamp" 0..=i16::MAX, field;
        token_id "tokenId" 0..=i16::MAX, field;
    }
    delete_acls_request DeleteAclsRequest<'a> unknown_tags {
        filters "filters" 1..=i16::MAX, field;
    }
    delete_acls_request DeleteAclsFilter<'a> unknown_tags {
        resource_type_filter "resourceTypeFilter" 1..=i16::MAX, field;
        resource_name_filter "resourceNameFilter" 1..=i16::MAX, field;
        pattern_type_filter "patternTypeFilter" 1..=i16::MAX, field;
        principal_filter "principalFilter" 1..=i16::MAX, field;
        host_filter "hostFilter" 1..=i16::MAX, field;
        operation "operation" 1..=i16::MAX, field;
        permission_type "permissionType" 1..=i16::MAX, field;
    }
    delete_acls_response DeleteAclsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        filter_results "filterResults" 1..=i16::MAX, field;
    }
    delete_acls_response DeleteAclsFilterResult<'a> unknown_tags {
        error_code "errorCode" 1..=i16::MAX, field;
        error_message "errorMessage" 1..=i16::MAX, field;
        matching_acls "matchingAcls" 1..=i16::MAX, field;
    }
    delete_acls_response DeleteAclsMatchingAcl<'a> unknown_tags {
        error_code "errorCode" 1..=i16::MAX, field;
        error_message "errorMessage" 1..=i16::MAX, field;
        resource_type "resourceType" 1..=i16::MAX, field;
        resource_name "resourceName" 1..=i16::MAX, field;
        pattern_type "patternType" 1..=i16::MAX, field;
        principal "principal" 1..=i16::MAX, field;
        host "host" 1..=i16::MAX, field;
        operation "operation" 1..=i16::MAX, field;
        permission_type "permissionType" 1..=i16::MAX, field;
    }
    delete_groups_request DeleteGroupsRequest<'a> unknown_tags {
        groups_names "groupsNames" 0..=i16::MAX, field;
    }
    delete_groups_response DeleteGroupsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        results "results" 0..=i16::MAX, field;
    }
    delete_groups_response DeletableGroupResult<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
    }
    delete_records_request DeleteRecordsRequest<'a> unknown_tags {
        topics "topics" 0..=i16::MAX, field;
        timeout_ms "timeoutMs" 0..=i16::MAX, field;
    }
    delete_records_request DeleteRecordsTopic<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    delete_records_request DeleteRecordsPartition<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        offset "offset" 0..=i16::MAX, field;
    }
    delete_records_response DeleteRecordsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    delete_records_response DeleteRecordsTopicResult<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    delete_records_response DeleteRecordsPartitionResult<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        low_watermark "lowWatermark" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
    }
    delete_share_group_offsets_request DeleteShareGroupOffsetsRequest<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    delete_share_group_offsets_request DeleteShareGroupOffsetsRequestTopic<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
    }
    delete_share_group_offsets_response DeleteShareGroupOffsetsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        responses "responses" 0..=i16::MAX, field;
    }
    delete_share_group_offsets_response DeleteShareGroupOffsetsResponseTopic<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        topic_id "topicId" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    delete_share_group_state_request DeleteShareGroupStateRequest<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    delete_share_group_state_request DeleteStateData<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    delete_share_group_state_request PartitionData<'a> unknown_tags {
        partition "partition" 0..=i16::MAX, field;
    }
    delete_share_group_state_response DeleteShareGroupStateResponse<'a> unknown_tags {
        results "results" 0..=i16::MAX, field;
    }
    delete_share_group_state_response DeleteStateResult<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    delete_share_group_state_response PartitionResult<'a> unknown_tags {
        partition "partition" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    delete_topics_request DeleteTopicsRequest<'a> unknown_tags {
        topics "topics" 6..=i16::MAX, field;
        topic_names "topicNames" 1..=5, field;
        timeout_ms "timeoutMs" 1..=i16::MAX, field;
    }
    delete_topics_request DeleteTopicState<'a> unknown_tags {
        name "name" 6..=i16::MAX, field;
        topic_id "topicId" 6..=i16::MAX, field;
    }
    delete_topics_response DeleteTopicsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        responses "responses" 1..=i16::MAX, field;
    }
    delete_topics_response DeletableTopicResult<'a> unknown_tags {
        name "name" 1..=i16::MAX, field;
        topic_id "topicId" 6..=i16::MAX, field;
        error_code "errorCode" 1..=i16::MAX, field;
        error_message "errorMessage" 5..=i16::MAX, field;
    }
    describe_acls_request DescribeAclsRequest<'a> unknown_tags {
        resource_type_filter "resourceTypeFilter" 1..=i16::MAX, field;
        resource_name_filter "resourceNameFilter" 1..=i16::MAX, field;
        pattern_type_filter "patternTypeFilter" 1..=i16::MAX, field;
        principal_filter "principalFilter" 1..=i16::MAX, field;
        host_filter "hostFilter" 1..=i16::MAX, field;
        operation "operation" 1..=i16::MAX, field;
        permission_type "permissionType" 1..=i16::MAX, field;
    }
    describe_acls_response DescribeAclsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        error_code "errorCode" 1..=i16::MAX, field;
        error_message "errorMessage" 1..=i16::MAX, field;
        resources "resources" 1..=i16::MAX, field;
    }
    describe_acls_response DescribeAclsResource<'a> unknown_tags {
        resource_type "resourceType" 1..=i16::MAX, field;
        resource_name "resourceName" 1..=i16::MAX, field;
        pattern_type "patternType" 1..=i16::MAX, field;
        acls "acls" 1..=i16::MAX, field;
    }
    describe_acls_response AclDescription<'a> unknown_tags {
        principal "principal" 1..=i16::MAX, field;
        host "host" 1..=i16::MAX, field;
        operation "operation" 1..=i16::MAX, field;
        permission_type "permissionType" 1..=i16::MAX, field;
    }
    describe_client_quotas_request DescribeClientQuotasRequest<'a> unknown_tags {
        components "components" 0..=i16::MAX, field;
        strict "strict" 0..=i16::MAX, field;
    }
    describe_client_quotas_request ComponentData<'a> unknown_tags {
        entity_type "entityType" 0..=i16::MAX, field;
        match_type "matchType" 0..=i16::MAX, field;
        match_ "match" 0..=i16::MAX, field;
    }
    describe_client_quotas_response DescribeClientQuotasResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        entries "entries" 0..=i16::MAX, field;
    }
    describe_client_quotas_response EntryData<'a> unknown_tags {
        entity "entity" 0..=i16::MAX, field;
        values "values" 0..=i16::MAX, field;
    }
    describe_client_quotas_response EntityData<'a> unknown_tags {
        entity_type "entityType" 0..=i16::MAX, field;
        entity_name "entityName" 0..=i16::MAX, field;
    }
    describe_client_quotas_response ValueData<'a> unknown_tags {
        key "key" 0..=i16::MAX, field;
        value "value" 0..=i16::MAX, field;
    }
    describe_cluster_request DescribeClusterRequest<'a> unknown_tags {
        include_cluster_authorized_operations "includeClusterAuthorizedOperations" 0..=i16::MAX, field;
        endpoint_type "endpointType" 1..=i16::MAX, field;
        include_fenced_brokers "includeFencedBrokers" 2..=i16::MAX, field;
    }
    describe_cluster_response DescribeClusterResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        endpoint_type "endpointType" 1..=i16::MAX, field;
        cluster_id "clusterId" 0..=i16::MAX, field;
        controller_id "controllerId" 0..=i16::MAX, field;
        brokers "brokers" 0..=i16::MAX, field;
        cluster_authorized_operations "clusterAuthorizedOperations" 0..=i16::MAX, field;
    }
    describe_cluster_response DescribeClusterBroker<'a> unknown_tags {
        broker_id "brokerId" 0..=i16::MAX, field;
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
        rack "rack" 0..=i16::MAX, field;
        is_fenced "isFenced" 2..=i16::MAX, field;
    }
    describe_configs_request DescribeConfigsRequest<'a> unknown_tags {
        resources "resources" 1..=i16::MAX, field;
        include_synonyms "includeSynonyms" 1..=i16::MAX, field;
        include_documentation "includeDocumentation" 3..=i16::MAX, field;
    }
    describe_configs_request DescribeConfigsResource<'a> unknown_tags {
        resource_type "resourceType" 1..=i16::MAX, field;
        resource_name "resourceName" 1..=i16::MAX, field;
        configuration_keys "configurationKeys" 1..=i16::MAX, field;
    }
    describe_configs_response DescribeConfigsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        results "results" 1..=i16::MAX, field;
    }
    describe_configs_response DescribeConfigsResult<'a> unknown_tags {
        error_code "errorCode" 1..=i16::MAX, field;
        error_message "errorMessage" 1..=i16::MAX, field;
        resource_type "resourceType" 1..=i16::MAX, field;
        resource_name "resourceName" 1..=i16::MAX, field;
        configs "configs" 1..=i16::MAX, field;
    }
    describe_configs_response DescribeConfigsResourceResult<'a> unknown_tags {
        name "name" 1..=i16::MAX, field;
        value "value" 1..=i16::MAX, field;
        read_only "readOnly" 1..=i16::MAX, field;
        config_source "configSource" 1..=i16::MAX, field;
        is_sensitive "isSensitive" 1..=i16::MAX, field;
        synonyms "synonyms" 1..=i16::MAX, field;
        config_type "configType" 3..=i16::MAX, field;
        documentation "documentation" 3..=i16::MAX, field;
    }
    describe_configs_response DescribeConfigsSynonym<'a> unknown_tags {
        name "name" 1..=i16::MAX, field;
        value "value" 1..=i16::MAX, field;
        source "source" 1..=i16::MAX, field;
    }
    describe_delegation_token_request DescribeDelegationTokenRequest<'a> unknown_tags {
        owners "owners" 1..=i16::MAX, field;
    }
    describe_delegation_token_request DescribeDelegationTokenOwner<'a> unknown_tags {
        principal_type "principalType" 1..=i16::MAX, field;
        principal_name "principalName" 1..=i16::MAX, field;
    }
    describe_delegation_token_response DescribeDelegationTokenResponse<'a> unknown_tags {
        error_code "errorCode" 1..=i16::MAX, field;
        tokens "tokens" 1..=i16::MAX, field;
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
    }
    describe_delegation_token_response DescribedDelegationToken<'a> unknown_tags {
        principal_type "principalType" 1..=i16::MAX, field;
        principal_name "principalName" 1..=i16::MAX, field;
        token_requester_principal_type "tokenRequesterPrincipalType" 3..=i16::MAX, field;
        token_requester_principal_name "tokenRequesterPrincipalName" 3..=i16::MAX, field;
        issue_timestamp "issueTimestamp" 1..=i16::MAX, field;
        expiry_timestamp "expiryTimestamp" 1..=i16::MAX, field;
        max_timestamp "maxTimestamp" 1..=i16::MAX, field;
        token_id "tokenId" 1..=i16::MAX, field;
        hmac "hmac" 1..=i16::MAX, field;
        renewers "renewers" 1..=i16::MAX, field;
    }
    describe_delegation_token_response DescribedDelegationTokenRenewer<'a> unknown_tags {
        principal_type "principalType" 1..=i16::MAX, field;
        principal_name "principalName" 1..=i16::MAX, field;
    }
    describe_groups_request DescribeGroupsRequest<'a> unknown_tags {
        groups "groups" 0..=i16::MAX, field;
        include_authorized_operations "includeAuthorizedOperations" 3..=i16::MAX, field;
    }
    describe_groups_response DescribeGroupsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        groups "groups" 0..=i16::MAX, field;
    }
    describe_groups_response DescribedGroup<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 6..=i16::MAX, field;
        group_id "groupId" 0..=i16::MAX, field;
        group_state "groupState" 0..=i16::MAX, field;
        protocol_type "protocolType" 0..=i16::MAX, field;
        protocol_data "protocolData" 0..=i16::MAX, field;
        members "members" 0..=i16::MAX, field;
        authorized_operations "authorizedOperations" 3..=i16::MAX, field;
    }
    describe_groups_response DescribedGroupMember<'a> unknown_tags {
        member_id "memberId" 0..=i16::MAX, field;
        group_instance_id "groupInstanceId" 4..=i16::MAX, field;
        client_id "clientId" 0..=i16::MAX, field;
        client_host "clientHost" 0..=i16::MAX, field;
        member_metadata "memberMetadata" 0..=i16::MAX, field;
        member_assignment "memberAssignment" 0..=i16::MAX, field;
    }
    describe_log_dirs_request DescribeLogDirsRequest<'a> unknown_tags {
        topics "topics" 1..=i16::MAX, field;
    }
    describe_log_dirs_request DescribableLogDirTopic<'a> unknown_tags {
        topic "topic" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    describe_log_dirs_response DescribeLogDirsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        error_code "errorCode" 3..=i16::MAX, field;
        results "results" 1..=i16::MAX, field;
    }
    describe_log_dirs_response DescribeLogDirsResult<'a> unknown_tags {
        error_code "errorCode" 1..=i16::MAX, field;
        log_dir "logDir" 1..=i16::MAX, field;
        topics "topics" 1..=i16::MAX, field;
        total_bytes "totalBytes" 4..=i16::MAX, field;
        usable_bytes "usableBytes" 4..=i16::MAX, field;
        is_cordoned "isCordoned" 5..=i16::MAX, field;
    }
    describe_log_dirs_response DescribeLogDirsTopic<'a> unknown_tags {
        name "name" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    describe_log_dirs_response DescribeLogDirsPartition<'a> unknown_tags {
        partition_index "partitionIndex" 1..=i16::MAX, field;
        partition_size "partitionSize" 1..=i16::MAX, field;
        offset_lag "offsetLag" 1..=i16::MAX, field;
        is_future_key "isFutureKey" 1..=i16::MAX, field;
    }
    describe_producers_request DescribeProducersRequest<'a> unknown_tags {
        topics "topics" 0..=i16::MAX, field;
    }
    describe_producers_request TopicRequest<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partition_indexes "partitionIndexes" 0..=i16::MAX, field;
    }
    describe_producers_response DescribeProducersResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    describe_producers_response TopicResponse<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    describe_producers_response PartitionResponse<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        active_producers "activeProducers" 0..=i16::MAX, field;
    }
    describe_producers_response ProducerState<'a> unknown_tags {
        producer_id "producerId" 0..=i16::MAX, field;
        producer_epoch "producerEpoch" 0..=i16::MAX, field;
        last_sequence "lastSequence" 0..=i16::MAX, field;
        last_timestamp "lastTimestamp" 0..=i16::MAX, field;
        coordinator_epoch "coordinatorEpoch" 0..=i16::MAX, field;
        current_txn_start_offset "currentTxnStartOffset" 0..=i16::MAX, field;
    }
    describe_quorum_request DescribeQuorumRequest<'a> unknown_tags {
        topics "topics" 0..=i16::MAX, field;
    }
    describe_quorum_request TopicData<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    describe_quorum_request PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
    }
    describe_quorum_response DescribeQuorumResponse<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 2..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
        nodes "nodes" 2..=i16::MAX, field;
    }
    describe_quorum_response TopicData<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    describe_quorum_response PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 2..=i16::MAX, field;
        leader_id "leaderId" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        high_watermark "highWatermark" 0..=i16::MAX, field;
        current_voters "currentVoters" 0..=i16::MAX, field;
        observers "observers" 0..=i16::MAX, field;
    }
    describe_quorum_response Node<'a> unknown_tags {
        node_id "nodeId" 2..=i16::MAX, field;
        listeners "listeners" 2..=i16::MAX, field;
    }
    describe_quorum_response Listener<'a> unknown_tags {
        name "name" 2..=i16::MAX, field;
        host "host" 2..=i16::MAX, field;
        port "port" 2..=i16::MAX, field;
    }
    describe_quorum_response ReplicaState<'a> unknown_tags {
        replica_id "replicaId" 0..=i16::MAX, field;
        replica_directory_id "replicaDirectoryId" 2..=i16::MAX, field;
        log_end_offset "logEndOffset" 0..=i16::MAX, field;
        last_fetch_timestamp "lastFetchTimestamp" 1..=i16::MAX, field;
        last_caught_up_timestamp "lastCaughtUpTimestamp" 1..=i16::MAX, field;
    }
    describe_share_group_offsets_request DescribeShareGroupOffsetsRequest<'a> unknown_tags {
        groups "groups" 0..=i16::MAX, field;
    }
    describe_share_group_offsets_request DescribeShareGroupOffsetsRequestGroup<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    describe_share_group_offsets_request DescribeShareGroupOffsetsRequestTopic<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    describe_share_group_offsets_response DescribeShareGroupOffsetsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        groups "groups" 0..=i16::MAX, field;
    }
    describe_share_group_offsets_response DescribeShareGroupOffsetsResponseGroup<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    describe_share_group_offsets_response DescribeShareGroupOffsetsResponseTopic<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    describe_share_group_offsets_response DescribeShareGroupOffsetsResponsePartition<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        start_offset "startOffset" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        lag "lag" 1..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    describe_topic_partitions_request DescribeTopicPartitionsRequest<'a> unknown_tags {
        topics "topics" 0..=i16::MAX, field;
        response_partition_limit "responsePartitionLimit" 0..=i16::MAX, field;
        cursor "cursor" 0..=i16::MAX, field;
    }
    describe_topic_partitions_request TopicRequest<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
    }
    describe_topic_partitions_request Cursor<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        partition_index "partitionIndex" 0..=i16::MAX, field;
    }
    describe_topic_partitions_response DescribeTopicPartitionsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
        next_cursor "nextCursor" 0..=i16::MAX, field;
    }
    describe_topic_partitions_response DescribeTopicPartitionsResponseTopic<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        name "name" 0..=i16::MAX, field;
        topic_id "topicId" 0..=i16::MAX, field;
        is_internal "isInternal" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
        topic_authorized_operations "topicAuthorizedOperations" 0..=i16::MAX, field;
    }
    describe_topic_partitions_response DescribeTopicPartitionsResponsePartition<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        partition_index "partitionIndex" 0..=i16::MAX, field;
        leader_id "leaderId" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        replica_nodes "replicaNodes" 0..=i16::MAX, field;
        isr_nodes "isrNodes" 0..=i16::MAX, field;
        eligible_leader_replicas "eligibleLeaderReplicas" 0..=i16::MAX, field;
        last_known_elr "lastKnownElr" 0..=i16::MAX, field;
        offline_replicas "offlineReplicas" 0..=i16::MAX, field;
    }
    describe_topic_partitions_response Cursor<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        partition_index "partitionIndex" 0..=i16::MAX, field;
    }
    describe_transactions_request DescribeTransactionsRequest<'a> unknown_tags {
        transactional_ids "transactionalIds" 0..=i16::MAX, field;
    }
    describe_transactions_response DescribeTransactionsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        transaction_states "transactionStates" 0..=i16::MAX, field;
    }
    describe_transactions_response TransactionState<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        transactional_id "transactionalId" 0..=i16::MAX, field;
        transaction_state "transactionState" 0..=i16::MAX, field;
        transaction_timeout_ms "transactionTimeoutMs" 0..=i16::MAX, field;
        transaction_start_time_ms "transactionStartTimeMs" 0..=i16::MAX, field;
        producer_id "producerId" 0..=i16::MAX, field;
        producer_epoch "producerEpoch" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    describe_transactions_response TopicData<'a> unknown_tags {
        topic "topic" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    describe_user_scram_credentials_request DescribeUserScramCredentialsRequest<'a> unknown_tags {
        users "users" 0..=i16::MAX, field;
    }
    describe_user_scram_credentials_request UserName<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
    }
    describe_user_scram_credentials_response DescribeUserScramCredentialsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        results "results" 0..=i16::MAX, field;
    }
    describe_user_scram_credentials_response DescribeUserScramCredentialsResult<'a> unknown_tags {
        user "user" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        credential_infos "credentialInfos" 0..=i16::MAX, field;
    }
    describe_user_scram_credentials_response CredentialInfo<'a> unknown_tags {
        mechanism "mechanism" 0..=i16::MAX, field;
        iterations "iterations" 0..=i16::MAX, field;
    }
    elect_leaders_request ElectLeadersRequest<'a> unknown_tags {
        election_type "electionType" 1..=i16::MAX, field;
        topic_partitions "topicPartitions" 0..=i16::MAX, field;
        timeout_ms "timeoutMs" 0..=i16::MAX, field;
    }
    elect_leaders_request TopicPartitions<'a> unknown_tags {
        topic "topic" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    elect_leaders_response ElectLeadersResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 1..=i16::MAX, field;
        replica_election_results "replicaElectionResults" 0..=i16::MAX, field;
    }
    elect_leaders_response ReplicaElectionResult<'a> unknown_tags {
        topic "topic" 0..=i16::MAX, field;
        partition_result "partitionResult" 0..=i16::MAX, field;
    }
    elect_leaders_response PartitionResult<'a> unknown_tags {
        partition_id "partitionId" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    end_quorum_epoch_request EndQuorumEpochRequest<'a> unknown_tags {
        cluster_id "clusterId" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
        leader_endpoints "leaderEndpoints" 1..=i16::MAX, field;
    }
    end_quorum_epoch_request TopicData<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    end_quorum_epoch_request PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        leader_id "leaderId" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        preferred_successors "preferredSuccessors" 0..=0, field;
        preferred_candidates "preferredCandidates" 1..=i16::MAX, field;
    }
    end_quorum_epoch_request ReplicaInfo<'a> unknown_tags {
        candidate_id "candidateId" 1..=i16::MAX, field;
        candidate_directory_id "candidateDirectoryId" 1..=i16::MAX, field;
    }
    end_quorum_epoch_request LeaderEndpoint<'a> unknown_tags {
        name "name" 1..=i16::MAX, field;
        host "host" 1..=i16::MAX, field;
        port "port" 1..=i16::MAX, field;
    }
    end_quorum_epoch_response EndQuorumEpochResponse<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
        node_endpoints "nodeEndpoints" 1..=i16::MAX, tagged;
    }
    end_quorum_epoch_response TopicData<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    end_quorum_epoch_response PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        leader_id "leaderId" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
    }
    end_quorum_epoch_response NodeEndpoint<'a> unknown_tags {
        node_id "nodeId" 1..=i16::MAX, field;
        host "host" 1..=i16::MAX, field;
        port "port" 1..=i16::MAX, field;
    }
    end_transaction_record EndTransactionRecord<'a> unknown_tags {
    }
    end_txn_marker EndTxnMarker {
        coordinator_epoch "coordinatorEpoch" 0..=i16::MAX, field;
    }
    end_txn_request EndTxnRequest<'a> unknown_tags {
        transactional_id "transactionalId" 0..=i16::MAX, field;
        producer_id "producerId" 0..=i16::MAX, field;
        producer_epoch "producerEpoch" 0..=i16::MAX, field;
        committed "committed" 0..=i16::MAX, field;
    }
    end_txn_response EndTxnResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        producer_id "producerId" 5..=i16::MAX, field;
        producer_epoch "producerEpoch" 5..=i16::MAX, field;
    }
    envelope_request EnvelopeRequest<'a> unknown_tags {
        request_data "requestData" 0..=i16::MAX, field;
        request_principal "requestPrincipal" 0..=i16::MAX, field;
        client_host_address "clientHostAddress" 0..=i16::MAX, field;
    }
    envelope_response EnvelopeResponse<'a> unknown_tags {
        response_data "responseData" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
    }
    expire_delegation_token_request ExpireDelegationTokenRequest<'a> unknown_tags {
        hmac "hmac" 1..=i16::MAX, field;
        expiry_time_period_ms "expiryTimePeriodMs" 1..=i16::MAX, field;
    }
    expire_delegation_token_response ExpireDelegationTokenResponse<'a> unknown_tags {
        error_code "errorCode" 1..=i16::MAX, field;
        expiry_timestamp_ms "expiryTimestampMs" 1..=i16::MAX, field;
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
    }
    feature_level_record FeatureLevelRecord<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        feature_level "featureLevel" 0..=i16::MAX, field;
    }
    fence_broker_record FenceBrokerRecord<'a> unknown_tags {
        id "id" 0..=i16::MAX, field;
        epoch "epoch" 0..=i16::MAX, field;
    }
    fetch_request FetchRequest<'a> unknown_tags {
        cluster_id "clusterId" 12..=i16::MAX, tagged;
        replica_id "replicaId" 4..=14, field;
        replica_state "replicaState" 15..=i16::MAX, tagged;
        max_wait_ms "maxWaitMs" 4..=i16::MAX, field;
        min_bytes "minBytes" 4..=i16::MAX, field;
        max_bytes "maxBytes" 4..=i16::MAX, field;
        isolation_level "isolationLevel" 4..=i16::MAX, field;
        session_id "sessionId" 7..=i16::MAX, field;
        session_epoch "sessionEpoch" 7..=i16::MAX, field;
        topics "topics" 4..=i16::MAX, field;
        forgotten_topics_data "forgottenTopicsData" 7..=i16::MAX, field;
        rack_id "rackId" 11..=i16::MAX, field;
    }
    fetch_request ReplicaState<'a> unknown_tags {
        replica_id "replicaId" 15..=i16::MAX, field;
        replica_epoch "replicaEpoch" 15..=i16::MAX, field;
    }
    fetch_request FetchTopic<'a> unknown_tags {
        topic "topic" 4..=12, field;
        topic_id "topicId" 13..=i16::MAX, field;
        partitions "partitions" 4..=i16::MAX, field;
    }
    fetch_request FetchPartition<'a> unknown_tags {
        partition "partition" 4..=i16::MAX, field;
        current_leader_epoch "currentLeaderEpoch" 9..=i16::MAX, field;
        fetch_offset "fetchOffset" 4..=i16::MAX, field;
        last_fetched_epoch "lastFetchedEpoch" 12..=i16::MAX, field;
        log_start_offset "logStartOffset" 5..=i16::MAX, field;
        partition_max_bytes "partitionMaxBytes" 4..=i16::MAX, field;
        replica_directory_id "replicaDirectoryId" 17..=i16::MAX, tagged;
        high_watermark "highWatermark" 18..=i16::MAX, tagged;
    }
    fetch_request ForgottenTopic<'a> unknown_tags {
        topic "topic" 7..=12, field;
        topic_id "topicId" 13..=i16::MAX, field;
        partitions "partitions" 7..=i16::MAX, field;
    }
    fetch_response FetchResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 4..=i16::MAX, field;
        error_code "errorCode" 7..=i16::MAX, field;
        session_id "sessionId" 7..=i16::MAX, field;
        responses "responses" 4..=i16::MAX, field;
        node_endpoints "nodeEndpoints" 16..=i16::MAX, tagged;
    }
    fetch_response FetchableTopicResponse<'a> unknown_tags {
        topic "topic" 4..=12, field;
        topic_id "topicId" 13..=i16::MAX, field;
        partitions "partitions" 4..=i16::MAX, field;
    }
    fetch_response PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 4..=i16::MAX, field;
        error_code "errorCode" 4..=i16::MAX, field;
        high_watermark "highWatermark" 4..=i16::MAX, field;
        last_stable_offset "lastStableOffset" 4..=i16::MAX, field;
        log_start_offset "logStartOffset" 5..=i16::MAX, field;
        diverging_epoch "divergingEpoch" 12..=i16::MAX, tagged;
        current_leader "currentLeader" 12..=i16::MAX, tagged;
        snapshot_id "snapshotId" 12..=i16::MAX, tagged;
        aborted_transactions "abortedTransactions" 4..=i16::MAX, field;
        preferred_read_replica "preferredReadReplica" 11..=i16::MAX, field;
        records "records" 4..=i16::MAX, field;
    }
    fetch_response EpochEndOffset<'a> unknown_tags {
        epoch "epoch" 12..=i16::MAX, field;
        end_offset "endOffset" 12..=i16::MAX, field;
    }
    fetch_response LeaderIdAndEpoch<'a> unknown_tags {
        leader_id "leaderId" 12..=i16::MAX, field;
        leader_epoch "leaderEpoch" 12..=i16::MAX, field;
    }
    fetch_response SnapshotId<'a> unknown_tags {
        end_offset "endOffset" 4..=i16::MAX, field;
        epoch "epoch" 4..=i16::MAX, field;
    }
    fetch_response AbortedTransaction<'a> unknown_tags {
        producer_id "producerId" 4..=i16::MAX, field;
        first_offset "firstOffset" 4..=i16::MAX, field;
    }
    fetch_response NodeEndpoint<'a> unknown_tags {
        node_id "nodeId" 16..=i16::MAX, field;
        host "host" 16..=i16::MAX, field;
        port "port" 16..=i16::MAX, field;
        rack "rack" 16..=i16::MAX, field;
    }
    fetch_snapshot_request FetchSnapshotRequest<'a> unknown_tags {
        cluster_id "clusterId" 0..=i16::MAX, tagged;
        replica_id "replicaId" 0..=i16::MAX, field;
        max_bytes "maxBytes" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    fetch_snapshot_request TopicSnapshot<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    fetch_snapshot_request PartitionSnapshot<'a> unknown_tags {
        partition "partition" 0..=i16::MAX, field;
        current_leader_epoch "currentLeaderEpoch" 0..=i16::MAX, field;
        snapshot_id "snapshotId" 0..=i16::MAX, field;
        position "position" 0..=i16::MAX, field;
        replica_directory_id "replicaDirectoryId" 1..=i16::MAX, tagged;
    }
    fetch_snapshot_request SnapshotId<'a> unknown_tags {
        end_offset "endOffset" 0..=i16::MAX, field;
        epoch "epoch" 0..=i16::MAX, field;
    }
    fetch_snapshot_response FetchSnapshotResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
        node_endpoints "nodeEndpoints" 1..=i16::MAX, tagged;
    }
    fetch_snapshot_response TopicSnapshot<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    fetch_snapshot_response PartitionSnapshot<'a> unknown_tags {
        index "index" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        snapshot_id "snapshotId" 0..=i16::MAX, field;
        current_leader "currentLeader" 0..=i16::MAX, tagged;
        size "size" 0..=i16::MAX, field;
        position "position" 0..=i16::MAX, field;
        unaligned_records "unalignedRecords" 0..=i16::MAX, field;
    }
    fetch_snapshot_response SnapshotId<'a> unknown_tags {
        end_offset "endOffset" 0..=i16::MAX, field;
        epoch "epoch" 0..=i16::MAX, field;
    }
    fetch_snapshot_response LeaderIdAndEpoch<'a> unknown_tags {
        leader_id "leaderId" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
    }
    fetch_snapshot_response NodeEndpoint<'a> unknown_tags {
        node_id "nodeId" 1..=i16::MAX, field;
        host "host" 1..=i16::MAX, field;
        port "port" 1..=i16::MAX, field;
    }
    find_coordinator_request FindCoordinatorRequest<'a> unknown_tags {
        key "key" 0..=3, field;
        key_type "keyType" 1..=i16::MAX, field;
        coordinator_keys "coordinatorKeys" 4..=i16::MAX, field;
    }
    find_coordinator_response FindCoordinatorResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        error_code "errorCode" 0..=3, field;
        error_message "errorMessage" 1..=3, field;
        node_id "nodeId" 0..=3, field;
        host "host" 0..=3, field;
        port "port" 0..=3, field;
        coordinators "coordinators" 4..=i16::MAX, field;
    }
    find_coordinator_response Coordinator<'a> unknown_tags {
        key "key" 4..=i16::MAX, field;
        node_id "nodeId" 4..=i16::MAX, field;
        host "host" 4..=i16::MAX, field;
        port "port" 4..=i16::MAX, field;
        error_code "errorCode" 4..=i16::MAX, field;
        error_message "errorMessage" 4..=i16::MAX, field;
    }
    get_telemetry_subscriptions_request GetTelemetrySubscriptionsRequest<'a> unknown_tags {
        client_instance_id "clientInstanceId" 0..=i16::MAX, field;
    }
    get_telemetry_subscriptions_response GetTelemetrySubscriptionsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        client_instance_id "clientInstanceId" 0..=i16::MAX, field;
        subscription_id "subscriptionId" 0..=i16::MAX, field;
        accepted_compression_types "acceptedCompressionTypes" 0..=i16::MAX, field;
        push_interval_ms "pushIntervalMs" 0..=i16::MAX, field;
        telemetry_max_bytes "telemetryMaxBytes" 0..=i16::MAX, field;
        delta_temporality "deltaTemporality" 0..=i16::MAX, field;
        requested_metrics "requestedMetrics" 0..=i16::MAX, field;
    }
    group_metadata_key GroupMetadataKey<'a> {
        group "group" 0..=i16::MAX, field;
    }
    group_metadata_value GroupMetadataValue<'a> unknown_tags {
        protocol_type "protocolType" 0..=i16::MAX, field;
        generation "generation" 0..=i16::MAX, field;
        protocol "protocol" 0..=i16::MAX, field;
        leader "leader" 0..=i16::MAX, field;
        current_state_timestamp "currentStateTimestamp" 2..=i16::MAX, field;
        members "members" 0..=i16::MAX, field;
    }
    group_metadata_value MemberMetadata<'a> unknown_tags {
        member_id "memberId" 0..=i16::MAX, field;
        group_instance_id "groupInstanceId" 3..=i16::MAX, field;
        client_id "clientId" 0..=i16::MAX, field;
        client_host "clientHost" 0..=i16::MAX, field;
        rebalance_timeout "rebalanceTimeout" 1..=i16::MAX, field;
        session_timeout "sessionTimeout" 0..=i16::MAX, field;
        subscription "subscription" 0..=i16::MAX, field;
        assignment "assignment" 0..=i16::MAX, field;
    }
    heartbeat_request HeartbeatRequest<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        generation_id "generationId" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
        group_instance_id "groupInstanceId" 3..=i16::MAX, field;
    }
    heartbeat_response HeartbeatResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
    }
    incremental_alter_configs_request IncrementalAlterConfigsRequest<'a> unknown_tags {
        resources "resources" 0..=i16::MAX, field;
        validate_only "validateOnly" 0..=i16::MAX, field;
    }
    incremental_alter_configs_request AlterConfigsResource<'a> unknown_tags {
        resource_type "resourceType" 0..=i16::MAX, field;
        resource_name "resourceName" 0..=i16::MAX, field;
        configs "configs" 0..=i16::MAX, field;
    }
    incremental_alter_configs_request AlterableConfig<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        config_operation "configOperation" 0..=i16::MAX, field;
        value "value" 0..=i16::MAX, field;
    }
    incremental_alter_configs_response IncrementalAlterConfigsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        responses "responses" 0..=i16::MAX, field;
    }
    incremental_alter_configs_response AlterConfigsResourceResponse<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        resource_type "resourceType" 0..=i16::MAX, field;
        resource_name "resourceName" 0..=i16::MAX, field;
    }
    init_producer_id_request InitProducerIdRequest<'a> unknown_tags {
        transactional_id "transactionalId" 0..=i16::MAX, field;
        transaction_timeout_ms "transactionTimeoutMs" 0..=i16::MAX, field;
        producer_id "producerId" 3..=i16::MAX, field;
        producer_epoch "producerEpoch" 3..=i16::MAX, field;
        enable2_pc "enable2Pc" 6..=i16::MAX, field;
        keep_prepared_txn "keepPreparedTxn" 6..=i16::MAX, field;
    }
    init_producer_id_response InitProducerIdResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        producer_id "producerId" 0..=i16::MAX, field;
        producer_epoch "producerEpoch" 0..=i16::MAX, field;
        ongoing_txn_producer_id "ongoingTxnProducerId" 6..=i16::MAX, field;
        ongoing_txn_producer_epoch "ongoingTxnProducerEpoch" 6..=i16::MAX, field;
    }
    initialize_share_group_state_request InitializeShareGroupStateRequest<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    initialize_share_group_state_request InitializeStateData<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    initialize_share_group_state_request PartitionData<'a> unknown_tags {
        partition "partition" 0..=i16::MAX, field;
        state_epoch "stateEpoch" 0..=i16::MAX, field;
        start_offset "startOffset" 0..=i16::MAX, field;
    }
    initialize_share_group_state_response InitializeShareGroupStateResponse<'a> unknown_tags {
        results "results" 0..=i16::MAX, field;
    }
    initialize_share_group_state_response InitializeStateResult<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    initialize_share_group_state_response PartitionResult<'a> unknown_tags {
        partition "partition" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    join_group_request JoinGroupRequest<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        session_timeout_ms "sessionTimeoutMs" 0..=i16::MAX, field;
        rebalance_timeout_ms "rebalanceTimeoutMs" 1..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
        group_instance_id "groupInstanceId" 5..=i16::MAX, field;
        protocol_type "protocolType" 0..=i16::MAX, field;
        protocols "protocols" 0..=i16::MAX, field;
        reason "reason" 8..=i16::MAX, field;
    }
    join_group_request JoinGroupRequestProtocol<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        metadata "metadata" 0..=i16::MAX, field;
    }
    join_group_response JoinGroupResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 2..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        generation_id "generationId" 0..=i16::MAX, field;
        protocol_type "protocolType" 7..=i16::MAX, field;
        protocol_name "protocolName" 0..=i16::MAX, field;
        leader "leader" 0..=i16::MAX, field;
        skip_assignment "skipAssignment" 9..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
        members "members" 0..=i16::MAX, field;
    }
    join_group_response JoinGroupResponseMember<'a> unknown_tags {
        member_id "memberId" 0..=i16::MAX, field;
        group_instance_id "groupInstanceId" 5..=i16::MAX, field;
        metadata "metadata" 0..=i16::MAX, field;
    }
    k_raft_version_record KRaftVersionRecord<'a> unknown_tags {
        version "version" 0..=i16::MAX, field;
        k_raft_version "kRaftVersion" 0..=i16::MAX, field;
    }
    leader_change_message LeaderChangeMessage<'a> unknown_tags {
        version "version" 0..=i16::MAX, field;
        leader_id "leaderId" 0..=i16::MAX, field;
        voters "voters" 0..=i16::MAX, field;
        granting_voters "grantingVoters" 0..=i16::MAX, field;
    }
    leader_change_message Voter<'a> unknown_tags {
        voter_id "voterId" 0..=i16::MAX, field;
        voter_directory_id "voterDirectoryId" 1..=i16::MAX, field;
    }
    leave_group_request LeaveGroupRequest<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        member_id "memberId" 0..=2, field;
        members "members" 3..=i16::MAX, field;
    }
    leave_group_request MemberIdentity<'a> unknown_tags {
        member_id "memberId" 3..=i16::MAX, field;
        group_instance_id "groupInstanceId" 3..=i16::MAX, field;
        reason "reason" 5..=i16::MAX, field;
    }
    leave_group_response LeaveGroupResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        members "members" 3..=i16::MAX, field;
    }
    leave_group_response MemberResponse<'a> unknown_tags {
        member_id "memberId" 3..=i16::MAX, field;
        group_instance_id "groupInstanceId" 3..=i16::MAX, field;
        error_code "errorCode" 3..=i16::MAX, field;
    }
    legacy_offset_commit_key LegacyOffsetCommitKey<'a> {
        group "group" 0..=i16::MAX, field;
        topic "topic" 0..=i16::MAX, field;
        partition "partition" 0..=i16::MAX, field;
    }
    legacy_offset_commit_value LegacyOffsetCommitValue<'a> {
        offset "offset" 0..=i16::MAX, field;
        metadata "metadata" 0..=i16::MAX, field;
        commit_timestamp "commitTimestamp" 0..=i16::MAX, field;
    }
    list_config_resources_request ListConfigResourcesRequest<'a> unknown_tags {
        resource_types "resourceTypes" 1..=i16::MAX, field;
    }
    list_config_resources_response ListConfigResourcesResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        config_resources "configResources" 0..=i16::MAX, field;
    }
    list_config_resources_response ConfigResource<'a> unknown_tags {
        resource_name "resourceName" 0..=i16::MAX, field;
        resource_type "resourceType" 1..=i16::MAX, field;
    }
    list_groups_request ListGroupsRequest<'a> unknown_tags {
        states_filter "statesFilter" 4..=i16::MAX, field;
        types_filter "typesFilter" 5..=i16::MAX, field;
    }
    list_groups_response ListGroupsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        groups "groups" 0..=i16::MAX, field;
    }
    list_groups_response ListedGroup<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        protocol_type "protocolType" 0..=i16::MAX, field;
        group_state "groupState" 4..=i16::MAX, field;
        group_type "groupType" 5..=i16::MAX, field;
    }
    list_offsets_request ListOffsetsRequest<'a> unknown_tags {
        replica_id "replicaId" 1..=i16::MAX, field;
        isolation_level "isolationLevel" 2..=i16::MAX, field;
        topics "topics" 1..=i16::MAX, field;
        timeout_ms "timeoutMs" 10..=i16::MAX, field;
    }
    list_offsets_request ListOffsetsTopic<'a> unknown_tags {
        name "name" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    list_offsets_request ListOffsetsPartition<'a> unknown_tags {
        partition_index "partitionIndex" 1..=i16::MAX, field;
        current_leader_epoch "currentLeaderEpoch" 4..=i16::MAX, field;
        timestamp "timestamp" 1..=i16::MAX, field;
    }
    list_offsets_response ListOffsetsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 2..=i16::MAX, field;
        topics "topics" 1..=i16::MAX, field;
    }
    list_offsets_response ListOffsetsTopicResponse<'a> unknown_tags {
        name "name" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    list_offsets_response ListOffsetsPartitionResponse<'a> unknown_tags {
        partition_index "partitionIndex" 1..=i16::MAX, field;
        error_code "errorCode" 1..=i16::MAX, field;
        timestamp "timestamp" 1..=i16::MAX, field;
        offset "offset" 1..=i16::MAX, field;
        leader_epoch "leaderEpoch" 4..=i16::MAX, field;
    }
    list_partition_reassignments_request ListPartitionReassignmentsRequest<'a> unknown_tags {
        timeout_ms "timeoutMs" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    list_partition_reassignments_request ListPartitionReassignmentsTopics<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partition_indexes "partitionIndexes" 0..=i16::MAX, field;
    }
    list_partition_reassignments_response ListPartitionReassignmentsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    list_partition_reassignments_response OngoingTopicReassignment<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    list_partition_reassignments_response OngoingPartitionReassignment<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        replicas "replicas" 0..=i16::MAX, field;
        adding_replicas "addingReplicas" 0..=i16::MAX, field;
        removing_replicas "removingReplicas" 0..=i16::MAX, field;
    }
    list_transactions_request ListTransactionsRequest<'a> unknown_tags {
        state_filters "stateFilters" 0..=i16::MAX, field;
        producer_id_filters "producerIdFilters" 0..=i16::MAX, field;
        duration_filter "durationFilter" 1..=i16::MAX, field;
        transactional_id_pattern "transactionalIdPattern" 2..=i16::MAX, field;
    }
    list_transactions_response ListTransactionsResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        unknown_state_filters "unknownStateFilters" 0..=i16::MAX, field;
        transaction_states "transactionStates" 0..=i16::MAX, field;
    }
    list_transactions_response TransactionState<'a> unknown_tags {
        transactional_id "transactionalId" 0..=i16::MAX, field;
        producer_id "producerId" 0..=i16::MAX, field;
        transaction_state "transactionState" 0..=i16::MAX, field;
    }
    metadata_request MetadataRequest<'a> unknown_tags {
        topics "topics" 0..=i16::MAX, field;
        allow_auto_topic_creation "allowAutoTopicCreation" 4..=i16::MAX, field;
        include_cluster_authorized_operations "includeClusterAuthorizedOperations" 8..=10, field;
        include_topic_authorized_operations "includeTopicAuthorizedOperations" 8..=i16::MAX, field;
    }
    metadata_request MetadataRequestTopic<'a> unknown_tags {
        topic_id "topicId" 10..=i16::MAX, field;
        name "name" 0..=i16::MAX, field;
    }
    metadata_response MetadataResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 3..=i16::MAX, field;
        brokers "brokers" 0..=i16::MAX, field;
        cluster_id "clusterId" 2..=i16::MAX, field;
        controller_id "controllerId" 1..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
        cluster_authorized_operations "clusterAuthorizedOperations" 8..=10, field;
        error_code "errorCode" 13..=i16::MAX, field;
    }
    metadata_response MetadataResponseBroker<'a> unknown_tags {
        node_id "nodeId" 0..=i16::MAX, field;
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
        rack "rack" 1..=i16::MAX, field;
    }
    metadata_response MetadataResponseTopic<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        name "name" 0..=i16::MAX, field;
        topic_id "topicId" 10..=i16::MAX, field;
        is_internal "isInternal" 1..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
        topic_authorized_operations "topicAuthorizedOperations" 8..=i16::MAX, field;
    }
    metadata_response MetadataResponsePartition<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        partition_index "partitionIndex" 0..=i16::MAX, field;
        leader_id "leaderId" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 7..=i16::MAX, field;
        replica_nodes "replicaNodes" 0..=i16::MAX, field;
        isr_nodes "isrNodes" 0..=i16::MAX, field;
        offline_replicas "offlineReplicas" 5..=i16::MAX, field;
    }
    no_op_record NoOpRecord<'a> unknown_tags {
    }
    offset_commit_key OffsetCommitKey<'a> {
        group "group" 0..=i16::MAX, field;
        topic "topic" 0..=i16::MAX, field;
        partition "partition" 0..=i16::MAX, field;
    }
    offset_commit_request OffsetCommitRequest<'a> unknown_tags {
        group_id "groupId" 2..=i16::MAX, field;
        generation_id_or_member_epoch "generationIdOrMemberEpoch" 2..=i16::MAX, field;
        member_id "memberId" 2..=i16::MAX, field;
        group_instance_id "groupInstanceId" 7..=i16::MAX, field;
        retention_time_ms "retentionTimeMs" 2..=4, field;
        topics "topics" 2..=i16::MAX, field;
    }
    offset_commit_request OffsetCommitRequestTopic<'a> unknown_tags {
        name "name" 2..=9, field;
        topic_id "topicId" 10..=i16::MAX, field;
        partitions "partitions" 2..=i16::MAX, field;
    }
    offset_commit_request OffsetCommitRequestPartition<'a> unknown_tags {
        partition_index "partitionIndex" 2..=i16::MAX, field;
        committed_offset "committedOffset" 2..=i16::MAX, field;
        committed_leader_epoch "committedLeaderEpoch" 6..=i16::MAX, field;
        committed_metadata "committedMetadata" 2..=i16::MAX, field;
    }
    offset_commit_response OffsetCommitResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 3..=i16::MAX, field;
        topics "topics" 2..=i16::MAX, field;
    }
    offset_commit_response OffsetCommitResponseTopic<'a> unknown_tags {
        name "name" 2..=9, field;
        topic_id "topicId" 10..=i16::MAX, field;
        partitions "partitions" 2..=i16::MAX, field;
    }
    offset_commit_response OffsetCommitResponsePartition<'a> unknown_tags {
        partition_index "partitionIndex" 2..=i16::MAX, field;
        error_code "errorCode" 2..=i16::MAX, field;
    }
    offset_commit_value OffsetCommitValue<'a> unknown_tags {
        offset "offset" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 3..=i16::MAX, field;
        metadata "metadata" 0..=i16::MAX, field;
        commit_timestamp "commitTimestamp" 0..=i16::MAX, field;
        expire_timestamp "expireTimestamp" 1..=1, field;
        topic_id "topicId" 4..=i16::MAX, tagged;
    }
    offset_delete_request OffsetDeleteRequest<'a> {
        group_id "groupId" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    offset_delete_request OffsetDeleteRequestTopic<'a> {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    offset_delete_request OffsetDeleteRequestPartition {
        partition_index "partitionIndex" 0..=i16::MAX, field;
    }
    offset_delete_response OffsetDeleteResponse<'a> {
        error_code "errorCode" 0..=i16::MAX, field;
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    offset_delete_response OffsetDeleteResponseTopic<'a> {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    offset_delete_response OffsetDeleteResponsePartition {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
    }
    offset_fetch_request OffsetFetchRequest<'a> unknown_tags {
        group_id "groupId" 1..=7, field;
        topics "topics" 1..=7, field;
        groups "groups" 8..=i16::MAX, field;
        require_stable "requireStable" 7..=i16::MAX, field;
    }
    offset_fetch_request OffsetFetchRequestTopic<'a> unknown_tags {
        name "name" 1..=7, field;
        partition_indexes "partitionIndexes" 1..=7, field;
    }
    offset_fetch_request OffsetFetchRequestGroup<'a> unknown_tags {
        group_id "groupId" 8..=i16::MAX, field;
        member_id "memberId" 9..=i16::MAX, field;
        member_epoch "memberEpoch" 9..=i16::MAX, field;
        topics "topics" 8..=i16::MAX, field;
    }
    offset_fetch_request OffsetFetchRequestTopics<'a> unknown_tags {
        name "name" 8..=9, field;
        topic_id "topicId" 10..=i16::MAX, field;
        partition_indexes "partitionIndexes" 8..=i16::MAX, field;
    }
    offset_fetch_response OffsetFetchResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 3..=i16::MAX, field;
        topics "topics" 1..=7, field;
        error_code "errorCode" 2..=7, field;
        groups "groups" 8..=i16::MAX, field;
    }
    offset_fetch_response OffsetFetchResponseTopic<'a> unknown_tags {
        name "name" 1..=7, field;
        partitions "partitions" 1..=7, field;
    }
    offset_fetch_response OffsetFetchResponsePartition<'a> unknown_tags {
        partition_index "partitionIndex" 1..=7, field;
        committed_offset "committedOffset" 1..=7, field;
        committed_leader_epoch "committedLeaderEpoch" 5..=7, field;
        metadata "metadata" 1..=7, field;
        error_code "errorCode" 1..=7, field;
    }
    offset_fetch_response OffsetFetchResponseGroup<'a> unknown_tags {
        group_id "groupId" 8..=i16::MAX, field;
        topics "topics" 8..=i16::MAX, field;
        error_code "errorCode" 8..=i16::MAX, field;
    }
    offset_fetch_response OffsetFetchResponseTopics<'a> unknown_tags {
        name "name" 8..=9, field;
        topic_id "topicId" 10..=i16::MAX, field;
        partitions "partitions" 8..=i16::MAX, field;
    }
    offset_fetch_response OffsetFetchResponsePartitions<'a> unknown_tags {
        partition_index "partitionIndex" 8..=i16::MAX, field;
        committed_offset "committedOffset" 8..=i16::MAX, field;
        committed_leader_epoch "committedLeaderEpoch" 8..=i16::MAX, field;
        metadata "metadata" 8..=i16::MAX, field;
        error_code "errorCode" 8..=i16::MAX, field;
    }
    offset_for_leader_epoch_request OffsetForLeaderEpochRequest<'a> unknown_tags {
        replica_id "replicaId" 3..=i16::MAX, field;
        topics "topics" 2..=i16::MAX, field;
    }
    offset_for_leader_epoch_request OffsetForLeaderTopic<'a> unknown_tags {
        topic "topic" 2..=i16::MAX, field;
        partitions "partitions" 2..=i16::MAX, field;
    }
    offset_for_leader_epoch_request OffsetForLeaderPartition<'a> unknown_tags {
        partition "partition" 2..=i16::MAX, field;
        current_leader_epoch "currentLeaderEpoch" 2..=i16::MAX, field;
        leader_epoch "leaderEpoch" 2..=i16::MAX, field;
    }
    offset_for_leader_epoch_response OffsetForLeaderEpochResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 2..=i16::MAX, field;
        topics "topics" 2..=i16::MAX, field;
    }
    offset_for_leader_epoch_response OffsetForLeaderTopicResult<'a> unknown_tags {
        topic "topic" 2..=i16::MAX, field;
        partitions "partitions" 2..=i16::MAX, field;
    }
    offset_for_leader_epoch_response EpochEndOffset<'a> unknown_tags {
        error_code "errorCode" 2..=i16::MAX, field;
        partition "partition" 2..=i16::MAX, field;
        leader_epoch "leaderEpoch" 2..=i16::MAX, field;
        end_offset "endOffset" 2..=i16::MAX, field;
    }
    partition_change_record PartitionChangeRecord<'a> unknown_tags {
        partition_id "partitionId" 0..=i16::MAX, field;
        topic_id "topicId" 0..=i16::MAX, field;
        isr "isr" 0..=i16::MAX, tagged;
        leader "leader" 0..=i16::MAX, tagged;
        replicas "replicas" 0..=i16::MAX, tagged;
        removing_replicas "removingReplicas" 0..=i16::MAX, tagged;
        adding_replicas "addingReplicas" 0..=i16::MAX, tagged;
        leader_recovery_state "leaderRecoveryState" 0..=i16::MAX, tagged;
        directories "directories" 1..=i16::MAX, tagged;
        eligible_leader_replicas "eligibleLeaderReplicas" 2..=i16::MAX, tagged;
        last_known_elr "lastKnownElr" 2..=i16::MAX, tagged;
    }
    partition_record PartitionRecord<'a> unknown_tags {
        partition_id "partitionId" 0..=i16::MAX, field;
        topic_id "topicId" 0..=i16::MAX, field;
        replicas "replicas" 0..=i16::MAX, field;
        isr "isr" 0..=i16::MAX, field;
        removing_replicas "removingReplicas" 0..=i16::MAX, field;
        adding_replicas "addingReplicas" 0..=i16::MAX, field;
        leader "leader" 0..=i16::MAX, field;
        leader_recovery_state "leaderRecoveryState" 0..=i16::MAX, tagged;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        partition_epoch "partitionEpoch" 0..=i16::MAX, field;
        directories "directories" 1..=i16::MAX, field;
        eligible_leader_replicas "eligibleLeaderReplicas" 2..=i16::MAX, tagged;
        last_known_elr "lastKnownElr" 2..=i16::MAX, tagged;
    }
    produce_request ProduceRequest<'a> unknown_tags {
        transactional_id "transactionalId" 3..=i16::MAX, field;
        acks "acks" 3..=i16::MAX, field;
        timeout_ms "timeoutMs" 3..=i16::MAX, field;
        topic_data "topicData" 3..=i16::MAX, field;
    }
    produce_request TopicProduceData<'a> unknown_tags {
        name "name" 3..=12, field;
        topic_id "topicId" 13..=i16::MAX, field;
        partition_data "partitionData" 3..=i16::MAX, field;
    }
    produce_request PartitionProduceData<'a> unknown_tags {
        index "index" 3..=i16::MAX, field;
        records "records" 3..=i16::MAX, field;
    }
    produce_response ProduceResponse<'a> unknown_tags {
        responses "responses" 3..=i16::MAX, field;
        throttle_time_ms "throttleTimeMs" 3..=i16::MAX, field;
        node_endpoints "nodeEndpoints" 10..=i16::MAX, tagged;
    }
    produce_response TopicProduceResponse<'a> unknown_tags {
        name "name" 3..=12, field;
        topic_id "topicId" 13..=i16::MAX, field;
        partition_responses "partitionResponses" 3..=i16::MAX, field;
    }
    produce_response PartitionProduceResponse<'a> unknown_tags {
        index "index" 3..=i16::MAX, field;
        error_code "errorCode" 3..=i16::MAX, field;
        base_offset "baseOffset" 3..=i16::MAX, field;
        log_append_time_ms "logAppendTimeMs" 3..=i16::MAX, field;
        log_start_offset "logStartOffset" 5..=i16::MAX, field;
        record_errors "recordErrors" 8..=i16::MAX, field;
        error_message "errorMessage" 8..=i16::MAX, field;
        current_leader "currentLeader" 10..=i16::MAX, tagged;
    }
    produce_response BatchIndexAndErrorMessage<'a> unknown_tags {
        batch_index "batchIndex" 8..=i16::MAX, field;
        batch_index_error_message "batchIndexErrorMessage" 8..=i16::MAX, field;
    }
    produce_response LeaderIdAndEpoch<'a> unknown_tags {
        leader_id "leaderId" 10..=i16::MAX, field;
        leader_epoch "leaderEpoch" 10..=i16::MAX, field;
    }
    produce_response NodeEndpoint<'a> unknown_tags {
        node_id "nodeId" 10..=i16::MAX, field;
        host "host" 10..=i16::MAX, field;
        port "port" 10..=i16::MAX, field;
        rack "rack" 10..=i16::MAX, field;
    }
    producer_ids_record ProducerIdsRecord<'a> unknown_tags {
        broker_id "brokerId" 0..=i16::MAX, field;
        broker_epoch "brokerEpoch" 0..=i16::MAX, field;
        next_producer_id "nextProducerId" 0..=i16::MAX, field;
    }
    producer_snapshot ProducerSnapshot {
        crc "crc" 1..=i16::MAX, field;
        producer_entries "producerEntries" 1..=i16::MAX, field;
    }
    producer_snapshot ProducerEntry {
        producer_id "producerId" 1..=i16::MAX, field;
        epoch "epoch" 1..=i16::MAX, field;
        last_sequence "lastSequence" 1..=i16::MAX, field;
        last_offset "lastOffset" 1..=i16::MAX, field;
        offset_delta "offsetDelta" 1..=i16::MAX, field;
        timestamp "timestamp" 1..=i16::MAX, field;
        coordinator_epoch "coordinatorEpoch" 1..=i16::MAX, field;
        current_txn_first_offset "currentTxnFirstOffset" 1..=i16::MAX, field;
    }
    push_telemetry_request PushTelemetryRequest<'a> unknown_tags {
        client_instance_id "clientInstanceId" 0..=i16::MAX, field;
        subscription_id "subscriptionId" 0..=i16::MAX, field;
        terminating "terminating" 0..=i16::MAX, field;
        compression_type "compressionType" 0..=i16::MAX, field;
        metrics "metrics" 0..=i16::MAX, field;
    }
    push_telemetry_response PushTelemetryResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
    }
    quorum_state_data QuorumStateData<'a> unknown_tags {
        cluster_id "clusterId" 0..=0, field;
        leader_id "leaderId" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        voted_id "votedId" 0..=i16::MAX, field;
        voted_directory_id "votedDirectoryId" 1..=i16::MAX, field;
        applied_offset "appliedOffset" 0..=0, field;
        current_voters "currentVoters" 0..=0, field;
    }
    quorum_state_data Voter<'a> unknown_tags {
        voter_id "voterId" 0..=0, field;
    }
    read_share_group_state_request ReadShareGroupStateRequest<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    read_share_group_state_request ReadStateData<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    read_share_group_state_request PartitionData<'a> unknown_tags {
        partition "partition" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
    }
    read_share_group_state_response ReadShareGroupStateResponse<'a> unknown_tags {
        results "results" 0..=i16::MAX, field;
    }
    read_share_group_state_response ReadStateResult<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    read_share_group_state_response PartitionResult<'a> unknown_tags {
        partition "partition" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        state_epoch "stateEpoch" 0..=i16::MAX, field;
        start_offset "startOffset" 0..=i16::MAX, field;
        state_batches "stateBatches" 0..=i16::MAX, field;
    }
    read_share_group_state_response StateBatch<'a> unknown_tags {
        first_offset "firstOffset" 0..=i16::MAX, field;
        last_offset "lastOffset" 0..=i16::MAX, field;
        delivery_state "deliveryState" 0..=i16::MAX, field;
        delivery_count "deliveryCount" 0..=i16::MAX, field;
    }
    read_share_group_state_summary_request ReadShareGroupStateSummaryRequest<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    read_share_group_state_summary_request ReadStateSummaryData<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    read_share_group_state_summary_request PartitionData<'a> unknown_tags {
        partition "partition" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
    }
    read_share_group_state_summary_response ReadShareGroupStateSummaryResponse<'a> unknown_tags {
        results "results" 0..=i16::MAX, field;
    }
    read_share_group_state_summary_response ReadStateSummaryResult<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    read_share_group_state_summary_response PartitionResult<'a> unknown_tags {
        partition "partition" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        state_epoch "stateEpoch" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        start_offset "startOffset" 0..=i16::MAX, field;
        delivery_complete_count "deliveryCompleteCount" 1..=i16::MAX, field;
    }
    register_broker_record RegisterBrokerRecord<'a> unknown_tags {
        broker_id "brokerId" 0..=i16::MAX, field;
        is_migrating_zk_broker "isMigratingZkBroker" 2..=i16::MAX, field;
        incarnation_id "incarnationId" 0..=i16::MAX, field;
        broker_epoch "brokerEpoch" 0..=i16::MAX, field;
        end_points "endPoints" 0..=i16::MAX, field;
        features "features" 0..=i16::MAX, field;
        rack "rack" 0..=i16::MAX, field;
        fenced "fenced" 0..=i16::MAX, field;
        in_controlled_shutdown "inControlledShutdown" 1..=i16::MAX, field;
        log_dirs "logDirs" 3..=i16::MAX, tagged;
        cordoned_log_dirs "cordonedLogDirs" 4..=i16::MAX, tagged;
    }
    register_broker_record BrokerEndpoint<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
        security_protocol "securityProtocol" 0..=i16::MAX, field;
    }
    register_broker_record BrokerFeature<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        min_supported_version "minSupportedVersion" 0..=i16::MAX, field;
        max_supported_version "maxSupportedVersion" 0..=i16::MAX, field;
    }
    register_controller_record RegisterControllerRecord<'a> unknown_tags {
        controller_id "controllerId" 0..=i16::MAX, field;
        incarnation_id "incarnationId" 0..=i16::MAX, field;
        zk_migration_ready "zkMigrationReady" 0..=i16::MAX, field;
        end_points "endPoints" 0..=i16::MAX, field;
        features "features" 0..=i16::MAX, field;
    }
    register_controller_record ControllerEndpoint<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
        security_protocol "securityProtocol" 0..=i16::MAX, field;
    }
    register_controller_record ControllerFeature<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        min_supported_version "minSupportedVersion" 0..=i16::MAX, field;
        max_supported_version "maxSupportedVersion" 0..=i16::MAX, field;
    }
    remote_log_segment_metadata_record RemoteLogSegmentMetadataRecord<'a> unknown_tags {
        remote_log_segment_id "remoteLogSegmentId" 0..=i16::MAX, field;
        start_offset "startOffset" 0..=i16::MAX, field;
        end_offset "endOffset" 0..=i16::MAX, field;
        broker_id "brokerId" 0..=i16::MAX, field;
        max_timestamp_ms "maxTimestampMs" 0..=i16::MAX, field;
        event_timestamp_ms "eventTimestampMs" 0..=i16::MAX, field;
        segment_leader_epochs "segmentLeaderEpochs" 0..=i16::MAX, field;
        segment_size_in_bytes "segmentSizeInBytes" 0..=i16::MAX, field;
        custom_metadata "customMetadata" 0..=i16::MAX, field;
        remote_log_segment_state "remoteLogSegmentState" 0..=i16::MAX, field;
        txn_index_empty "txnIndexEmpty" 0..=i16::MAX, tagged;
    }
    remote_log_segment_metadata_record RemoteLogSegmentIdEntry<'a> unknown_tags {
        topic_id_partition "topicIdPartition" 0..=i16::MAX, field;
        id "id" 0..=i16::MAX, field;
    }
    remote_log_segment_metadata_record TopicIdPartitionEntry<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        id "id" 0..=i16::MAX, field;
        partition "partition" 0..=i16::MAX, field;
    }
    remote_log_segment_metadata_record SegmentLeaderEpochEntry<'a> unknown_tags {
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        offset "offset" 0..=i16::MAX, field;
    }
    remote_log_segment_metadata_snapshot_record RemoteLogSegmentMetadataSnapshotRecord<'a> unknown_tags {
        segment_id "segmentId" 0..=i16::MAX, field;
        start_offset "startOffset" 0..=i16::MAX, field;
        end_offset "endOffset" 0..=i16::MAX, field;
        broker_id "brokerId" 0..=i16::MAX, field;
        max_timestamp_ms "maxTimestampMs" 0..=i16::MAX, field;
        event_timestamp_ms "eventTimestampMs" 0..=i16::MAX, field;
        segment_leader_epochs "segmentLeaderEpochs" 0..=i16::MAX, field;
        segment_size_in_bytes "segmentSizeInBytes" 0..=i16::MAX, field;
        custom_metadata "customMetadata" 0..=i16::MAX, field;
        remote_log_segment_state "remoteLogSegmentState" 0..=i16::MAX, field;
        txn_index_empty "txnIndexEmpty" 0..=i16::MAX, tagged;
    }
    remote_log_segment_metadata_snapshot_record SegmentLeaderEpochEntry<'a> unknown_tags {
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        offset "offset" 0..=i16::MAX, field;
    }
    remote_log_segment_metadata_update_record RemoteLogSegmentMetadataUpdateRecord<'a> unknown_tags {
        remote_log_segment_id "remoteLogSegmentId" 0..=i16::MAX, field;
        broker_id "brokerId" 0..=i16::MAX, field;
        event_timestamp_ms "eventTimestampMs" 0..=i16::MAX, field;
        custom_metadata "customMetadata" 0..=i16::MAX, field;
        remote_log_segment_state "remoteLogSegmentState" 0..=i16::MAX, field;
    }
    remote_log_segment_metadata_update_record RemoteLogSegmentIdEntry<'a> unknown_tags {
        topic_id_partition "topicIdPartition" 0..=i16::MAX, field;
        id "id" 0..=i16::MAX, field;
    }
    remote_log_segment_metadata_update_record TopicIdPartitionEntry<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        id "id" 0..=i16::MAX, field;
        partition "partition" 0..=i16::MAX, field;
    }
    remote_partition_delete_metadata_record RemotePartitionDeleteMetadataRecord<'a> unknown_tags {
        topic_id_partition "topicIdPartition" 0..=i16::MAX, field;
        broker_id "brokerId" 0..=i16::MAX, field;
        event_timestamp_ms "eventTimestampMs" 0..=i16::MAX, field;
        remote_partition_delete_state "remotePartitionDeleteState" 0..=i16::MAX, field;
    }
    remote_partition_delete_metadata_record TopicIdPartitionEntry<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        id "id" 0..=i16::MAX, field;
        partition "partition" 0..=i16::MAX, field;
    }
    remove_access_control_entry_record RemoveAccessControlEntryRecord<'a> unknown_tags {
        id "id" 0..=i16::MAX, field;
    }
    remove_delegation_token_record RemoveDelegationTokenRecord<'a> unknown_tags {
        token_id "tokenId" 0..=i16::MAX, field;
    }
    remove_raft_voter_request RemoveRaftVoterRequest<'a> unknown_tags {
        cluster_id "clusterId" 0..=i16::MAX, field;
        voter_id "voterId" 0..=i16::MAX, field;
        voter_directory_id "voterDirectoryId" 0..=i16::MAX, field;
    }
    remove_raft_voter_response RemoveRaftVoterResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    remove_topic_record RemoveTopicRecord<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
    }
    remove_user_scram_credential_record RemoveUserScramCredentialRecord<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        mechanism "mechanism" 0..=i16::MAX, field;
    }
    renew_delegation_token_request RenewDelegationTokenRequest<'a> unknown_tags {
        hmac "hmac" 1..=i16::MAX, field;
        renew_period_ms "renewPeriodMs" 1..=i16::MAX, field;
    }
    renew_delegation_token_response RenewDelegationTokenResponse<'a> unknown_tags {
        error_code "errorCode" 1..=i16::MAX, field;
        expiry_timestamp_ms "expiryTimestampMs" 1..=i16::MAX, field;
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
    }
    request_header RequestHeader<'a> unknown_tags {
        request_api_key "requestApiKey" 1..=i16::MAX, field;
        request_api_version "requestApiVersion" 1..=i16::MAX, field;
        correlation_id "correlationId" 1..=i16::MAX, field;
        client_id "clientId" 1..=i16::MAX, field;
    }
    response_header ResponseHeader<'a> unknown_tags {
        correlation_id "correlationId" 0..=i16::MAX, field;
    }
    sasl_authenticate_request SaslAuthenticateRequest<'a> unknown_tags {
        auth_bytes "authBytes" 0..=i16::MAX, field;
    }
    sasl_authenticate_response SaslAuthenticateResponse<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        auth_bytes "authBytes" 0..=i16::MAX, field;
        session_lifetime_ms "sessionLifetimeMs" 1..=i16::MAX, field;
    }
    sasl_handshake_request SaslHandshakeRequest<'a> {
        mechanism "mechanism" 0..=i16::MAX, field;
    }
    sasl_handshake_response SaslHandshakeResponse<'a> {
        error_code "errorCode" 0..=i16::MAX, field;
        mechanisms "mechanisms" 0..=i16::MAX, field;
    }
    share_acknowledge_request ShareAcknowledgeRequest<'a> unknown_tags {
        group_id "groupId" 1..=i16::MAX, field;
        member_id "memberId" 1..=i16::MAX, field;
        share_session_epoch "shareSessionEpoch" 1..=i16::MAX, field;
        is_renew_ack "isRenewAck" 2..=i16::MAX, field;
        topics "topics" 1..=i16::MAX, field;
    }
    share_acknowledge_request AcknowledgeTopic<'a> unknown_tags {
        topic_id "topicId" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    share_acknowledge_request AcknowledgePartition<'a> unknown_tags {
        partition_index "partitionIndex" 1..=i16::MAX, field;
        acknowledgement_batches "acknowledgementBatches" 1..=i16::MAX, field;
    }
    share_acknowledge_request AcknowledgementBatch<'a> unknown_tags {
        first_offset "firstOffset" 1..=i16::MAX, field;
        last_offset "lastOffset" 1..=i16::MAX, field;
        acknowledge_types "acknowledgeTypes" 1..=i16::MAX, field;
    }
    share_acknowledge_response ShareAcknowledgeResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        error_code "errorCode" 1..=i16::MAX, field;
        error_message "errorMessage" 1..=i16::MAX, field;
        acquisition_lock_timeout_ms "acquisitionLockTimeoutMs" 2..=i16::MAX, field;
        responses "responses" 1..=i16::MAX, field;
        node_endpoints "nodeEndpoints" 1..=i16::MAX, field;
    }
    share_acknowledge_response ShareAcknowledgeTopicResponse<'a> unknown_tags {
        topic_id "topicId" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    share_acknowledge_response PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 1..=i16::MAX, field;
        error_code "errorCode" 1..=i16::MAX, field;
        error_message "errorMessage" 1..=i16::MAX, field;
        current_leader "currentLeader" 1..=i16::MAX, field;
    }
    share_acknowledge_response LeaderIdAndEpoch<'a> unknown_tags {
        leader_id "leaderId" 1..=i16::MAX, field;
        leader_epoch "leaderEpoch" 1..=i16::MAX, field;
    }
    share_acknowledge_response NodeEndpoint<'a> unknown_tags {
        node_id "nodeId" 1..=i16::MAX, field;
        host "host" 1..=i16::MAX, field;
        port "port" 1..=i16::MAX, field;
        rack "rack" 1..=i16::MAX, field;
    }
    share_fetch_request ShareFetchRequest<'a> unknown_tags {
        group_id "groupId" 1..=i16::MAX, field;
        member_id "memberId" 1..=i16::MAX, field;
        share_session_epoch "shareSessionEpoch" 1..=i16::MAX, field;
        max_wait_ms "maxWaitMs" 1..=i16::MAX, field;
        min_bytes "minBytes" 1..=i16::MAX, field;
        max_bytes "maxBytes" 1..=i16::MAX, field;
        max_records "maxRecords" 1..=i16::MAX, field;
        batch_size "batchSize" 1..=i16::MAX, field;
        share_acquire_mode "shareAcquireMode" 2..=i16::MAX, field;
        is_renew_ack "isRenewAck" 2..=i16::MAX, field;
        topics "topics" 1..=i16::MAX, field;
        forgotten_topics_data "forgottenTopicsData" 1..=i16::MAX, field;
    }
    share_fetch_request FetchTopic<'a> unknown_tags {
        topic_id "topicId" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    share_fetch_request FetchPartition<'a> unknown_tags {
        partition_index "partitionIndex" 1..=i16::MAX, field;
        acknowledgement_batches "acknowledgementBatches" 1..=i16::MAX, field;
    }
    share_fetch_request AcknowledgementBatch<'a> unknown_tags {
        first_offset "firstOffset" 1..=i16::MAX, field;
        last_offset "lastOffset" 1..=i16::MAX, field;
        acknowledge_types "acknowledgeTypes" 1..=i16::MAX, field;
    }
    share_fetch_request ForgottenTopic<'a> unknown_tags {
        topic_id "topicId" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    share_fetch_response ShareFetchResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        error_code "errorCode" 1..=i16::MAX, field;
        error_message "errorMessage" 1..=i16::MAX, field;
        acquisition_lock_timeout_ms "acquisitionLockTimeoutMs" 1..=i16::MAX, field;
        responses "responses" 1..=i16::MAX, field;
        node_endpoints "nodeEndpoints" 1..=i16::MAX, field;
    }
    share_fetch_response ShareFetchableTopicResponse<'a> unknown_tags {
        topic_id "topicId" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    share_fetch_response PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 1..=i16::MAX, field;
        error_code "errorCode" 1..=i16::MAX, field;
        error_message "errorMessage" 1..=i16::MAX, field;
        acknowledge_error_code "acknowledgeErrorCode" 1..=i16::MAX, field;
        acknowledge_error_message "acknowledgeErrorMessage" 1..=i16::MAX, field;
        current_leader "currentLeader" 1..=i16::MAX, field;
        records "records" 1..=i16::MAX, field;
        acquired_records "acquiredRecords" 1..=i16::MAX, field;
    }
    share_fetch_response LeaderIdAndEpoch<'a> unknown_tags {
        leader_id "leaderId" 1..=i16::MAX, field;
        leader_epoch "leaderEpoch" 1..=i16::MAX, field;
    }
    share_fetch_response AcquiredRecords<'a> unknown_tags {
        first_offset "firstOffset" 1..=i16::MAX, field;
        last_offset "lastOffset" 1..=i16::MAX, field;
        delivery_count "deliveryCount" 1..=i16::MAX, field;
    }
    share_fetch_response NodeEndpoint<'a> unknown_tags {
        node_id "nodeId" 1..=i16::MAX, field;
        host "host" 1..=i16::MAX, field;
        port "port" 1..=i16::MAX, field;
        rack "rack" 1..=i16::MAX, field;
    }
    share_group_current_member_assignment_key ShareGroupCurrentMemberAssignmentKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
    }
    share_group_current_member_assignment_value ShareGroupCurrentMemberAssignmentValue<'a> unknown_tags {
        member_epoch "memberEpoch" 0..=i16::MAX, field;
        previous_member_epoch "previousMemberEpoch" 0..=i16::MAX, field;
        state "state" 0..=i16::MAX, field;
        assigned_partitions "assignedPartitions" 0..=i16::MAX, field;
    }
    share_group_current_member_assignment_value TopicPartitions<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    share_group_describe_request ShareGroupDescribeRequest<'a> unknown_tags {
        group_ids "groupIds" 1..=i16::MAX, field;
        include_authorized_operations "includeAuthorizedOperations" 1..=i16::MAX, field;
    }
    share_group_describe_response ShareGroupDescribeResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        groups "groups" 1..=i16::MAX, field;
    }
    share_group_describe_response DescribedGroup<'a> unknown_tags {
        error_code "errorCode" 1..=i16::MAX, field;
        error_message "errorMessage" 1..=i16::MAX, field;
        group_id "groupId" 1..=i16::MAX, field;
        group_state "groupState" 1..=i16::MAX, field;
        group_epoch "groupEpoch" 1..=i16::MAX, field;
        assignment_epoch "assignmentEpoch" 1..=i16::MAX, field;
        assignor_name "assignorName" 1..=i16::MAX, field;
        members "members" 1..=i16::MAX, field;
        authorized_operations "authorizedOperations" 1..=i16::MAX, field;
    }
    share_group_describe_response Member<'a> unknown_tags {
        member_id "memberId" 1..=i16::MAX, field;
        rack_id "rackId" 1..=i16::MAX, field;
        member_epoch "memberEpoch" 1..=i16::MAX, field;
        client_id "clientId" 1..=i16::MAX, field;
        client_host "clientHost" 1..=i16::MAX, field;
        subscribed_topic_names "subscribedTopicNames" 1..=i16::MAX, field;
        assignment "assignment" 1..=i16::MAX, field;
    }
    share_group_describe_response TopicPartitions<'a> unknown_tags {
        topic_id "topicId" 1..=i16::MAX, field;
        topic_name "topicName" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    share_group_describe_response Assignment<'a> unknown_tags {
        topic_partitions "topicPartitions" 1..=i16::MAX, field;
    }
    share_group_heartbeat_request ShareGroupHeartbeatRequest<'a> unknown_tags {
        group_id "groupId" 1..=i16::MAX, field;
        member_id "memberId" 1..=i16::MAX, field;
        member_epoch "memberEpoch" 1..=i16::MAX, field;
        rack_id "rackId" 1..=i16::MAX, field;
        subscribed_topic_names "subscribedTopicNames" 1..=i16::MAX, field;
    }
    share_group_heartbeat_response ShareGroupHeartbeatResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        error_code "errorCode" 1..=i16::MAX, field;
        error_message "errorMessage" 1..=i16::MAX, field;
        member_id "memberId" 1..=i16::MAX, field;
        member_epoch "memberEpoch" 1..=i16::MAX, field;
        heartbeat_interval_ms "heartbeatIntervalMs" 1..=i16::MAX, field;
        assignment "assignment" 1..=i16::MAX, field;
    }
    share_group_heartbeat_response Assignment<'a> unknown_tags {
        topic_partitions "topicPartitions" 1..=i16::MAX, field;
    }
    share_group_heartbeat_response TopicPartitions<'a> unknown_tags {
        topic_id "topicId" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    share_group_member_metadata_key ShareGroupMemberMetadataKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
    }
    share_group_member_metadata_value ShareGroupMemberMetadataValue<'a> unknown_tags {
        rack_id "rackId" 0..=i16::MAX, field;
        client_id "clientId" 0..=i16::MAX, field;
        client_host "clientHost" 0..=i16::MAX, field;
        subscribed_topic_names "subscribedTopicNames" 0..=i16::MAX, field;
    }
    share_group_metadata_key ShareGroupMetadataKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
    }
    share_group_metadata_value ShareGroupMetadataValue<'a> unknown_tags {
        epoch "epoch" 0..=i16::MAX, field;
        metadata_hash "metadataHash" 0..=i16::MAX, field;
    }
    share_group_state_partition_metadata_key ShareGroupStatePartitionMetadataKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
    }
    share_group_state_partition_metadata_value ShareGroupStatePartitionMetadataValue<'a> unknown_tags {
        initializing_topics "initializingTopics" 0..=i16::MAX, field;
        initialized_topics "initializedTopics" 0..=i16::MAX, field;
        deleting_topics "deletingTopics" 0..=i16::MAX, field;
    }
    share_group_state_partition_metadata_value TopicPartitionsInfo<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        topic_name "topicName" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    share_group_state_partition_metadata_value TopicInfo<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        topic_name "topicName" 0..=i16::MAX, field;
    }
    share_group_target_assignment_member_key ShareGroupTargetAssignmentMemberKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
    }
    share_group_target_assignment_member_value ShareGroupTargetAssignmentMemberValue<'a> unknown_tags {
        topic_partitions "topicPartitions" 0..=i16::MAX, field;
    }
    share_group_target_assignment_member_value TopicPartition<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    share_group_target_assignment_metadata_key ShareGroupTargetAssignmentMetadataKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
    }
    share_group_target_assignment_metadata_value ShareGroupTargetAssignmentMetadataValue<'a> unknown_tags {
        assignment_epoch "assignmentEpoch" 0..=i16::MAX, field;
        assignment_timestamp "assignmentTimestamp" 0..=i16::MAX, tagged;
    }
    share_snapshot_key ShareSnapshotKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
        topic_id "topicId" 0..=i16::MAX, field;
        partition "partition" 0..=i16::MAX, field;
    }
    share_snapshot_value ShareSnapshotValue<'a> unknown_tags {
        snapshot_epoch "snapshotEpoch" 0..=i16::MAX, field;
        state_epoch "stateEpoch" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        start_offset "startOffset" 0..=i16::MAX, field;
        delivery_complete_count "deliveryCompleteCount" 0..=i16::MAX, tagged;
        create_timestamp "createTimestamp" 0..=i16::MAX, field;
        write_timestamp "writeTimestamp" 0..=i16::MAX, field;
        state_batches "stateBatches" 0..=i16::MAX, field;
    }
    share_snapshot_value StateBatch<'a> unknown_tags {
        first_offset "firstOffset" 0..=i16::MAX, field;
        last_offset "lastOffset" 0..=i16::MAX, field;
        delivery_state "deliveryState" 0..=i16::MAX, field;
        delivery_count "deliveryCount" 0..=i16::MAX, field;
    }
    share_update_key ShareUpdateKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
        topic_id "topicId" 0..=i16::MAX, field;
        partition "partition" 0..=i16::MAX, field;
    }
    share_update_value ShareUpdateValue<'a> unknown_tags {
        snapshot_epoch "snapshotEpoch" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        start_offset "startOffset" 0..=i16::MAX, field;
        delivery_complete_count "deliveryCompleteCount" 0..=i16::MAX, tagged;
        state_batches "stateBatches" 0..=i16::MAX, field;
    }
    share_update_value StateBatch<'a> unknown_tags {
        first_offset "firstOffset" 0..=i16::MAX, field;
        last_offset "lastOffset" 0..=i16::MAX, field;
        delivery_state "deliveryState" 0..=i16::MAX, field;
        delivery_count "deliveryCount" 0..=i16::MAX, field;
    }
    snapshot_footer_record SnapshotFooterRecord<'a> unknown_tags {
        version "version" 0..=i16::MAX, field;
    }
    snapshot_header_record SnapshotHeaderRecord<'a> unknown_tags {
        version "version" 0..=i16::MAX, field;
        last_contained_log_timestamp "lastContainedLogTimestamp" 0..=i16::MAX, field;
    }
    streams_group_current_member_assignment_key StreamsGroupCurrentMemberAssignmentKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
    }
    streams_group_current_member_assignment_value StreamsGroupCurrentMemberAssignmentValue<'a> unknown_tags {
        member_epoch "memberEpoch" 0..=i16::MAX, field;
        previous_member_epoch "previousMemberEpoch" 0..=i16::MAX, field;
        state "state" 0..=i16::MAX, field;
        active_tasks "activeTasks" 0..=i16::MAX, field;
        standby_tasks "standbyTasks" 0..=i16::MAX, field;
        warmup_tasks "warmupTasks" 0..=i16::MAX, field;
        active_tasks_pending_revocation "activeTasksPendingRevocation" 0..=i16::MAX, field;
        standby_tasks_pending_revocation "standbyTasksPendingRevocation" 0..=i16::MAX, field;
        warmup_tasks_pending_revocation "warmupTasksPendingRevocation" 0..=i16::MAX, field;
    }
    streams_group_current_member_assignment_value TaskIds<'a> unknown_tags {
        subtopology_id "subtopologyId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
        assignment_epochs "assignmentEpochs" 0..=i16::MAX, tagged;
    }
    streams_group_describe_request StreamsGroupDescribeRequest<'a> unknown_tags {
        group_ids "groupIds" 0..=i16::MAX, field;
        include_authorized_operations "includeAuthorizedOperations" 0..=i16::MAX, field;
    }
    streams_group_describe_response StreamsGroupDescribeResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        groups "groups" 0..=i16::MAX, field;
    }
    streams_group_describe_response DescribedGroup<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        group_id "groupId" 0..=i16::MAX, field;
        group_state "groupState" 0..=i16::MAX, field;
        group_epoch "groupEpoch" 0..=i16::MAX, field;
        assignment_epoch "assignmentEpoch" 0..=i16::MAX, field;
        topology "topology" 0..=i16::MAX, field;
        members "members" 0..=i16::MAX, field;
        authorized_operations "authorizedOperations" 0..=i16::MAX, field;
    }
    streams_group_describe_response Topology<'a> unknown_tags {
        epoch "epoch" 0..=i16::MAX, field;
        subtopologies "subtopologies" 0..=i16::MAX, field;
    }
    streams_group_describe_response Subtopology<'a> unknown_tags {
        subtopology_id "subtopologyId" 0..=i16::MAX, field;
        source_topics "sourceTopics" 0..=i16::MAX, field;
        repartition_sink_topics "repartitionSinkTopics" 0..=i16::MAX, field;
        state_changelog_topics "stateChangelogTopics" 0..=i16::MAX, field;
        repartition_source_topics "repartitionSourceTopics" 0..=i16::MAX, field;
    }
    streams_group_describe_response Member<'a> unknown_tags {
        member_id "memberId" 0..=i16::MAX, field;
        member_epoch "memberEpoch" 0..=i16::MAX, field;
        instance_id "instanceId" 0..=i16::MAX, field;
        rack_id "rackId" 0..=i16::MAX, field;
        client_id "clientId" 0..=i16::MAX, field;
        client_host "clientHost" 0..=i16::MAX, field;
        topology_epoch "topologyEpoch" 0..=i16::MAX, field;
        process_id "processId" 0..=i16::MAX, field;
        user_endpoint "userEndpoint" 0..=i16::MAX, field;
        client_tags "clientTags" 0..=i16::MAX, field;
        task_offsets "taskOffsets" 0..=i16::MAX, field;
        task_end_offsets "taskEndOffsets" 0..=i16::MAX, field;
        assignment "assignment" 0..=i16::MAX, field;
        target_assignment "targetAssignment" 0..=i16::MAX, field;
        is_classic "isClassic" 0..=i16::MAX, field;
    }
    streams_group_describe_response Endpoint<'a> unknown_tags {
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
    }
    streams_group_describe_response TaskOffset<'a> unknown_tags {
        subtopology_id "subtopologyId" 0..=i16::MAX, field;
        partition "partition" 0..=i16::MAX, field;
        offset "offset" 0..=i16::MAX, field;
    }
    streams_group_describe_response Assignment<'a> unknown_tags {
        active_tasks "activeTasks" 0..=i16::MAX, field;
        standby_tasks "standbyTasks" 0..=i16::MAX, field;
        warmup_tasks "warmupTasks" 0..=i16::MAX, field;
    }
    streams_group_describe_response TaskIds<'a> unknown_tags {
        subtopology_id "subtopologyId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    streams_group_describe_response KeyValue<'a> unknown_tags {
        key "key" 0..=i16::MAX, field;
        value "value" 0..=i16::MAX, field;
    }
    streams_group_describe_response TopicInfo<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
        replication_factor "replicationFactor" 0..=i16::MAX, field;
        topic_configs "topicConfigs" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_request StreamsGroupHeartbeatRequest<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
        member_epoch "memberEpoch" 0..=i16::MAX, field;
        endpoint_information_epoch "endpointInformationEpoch" 0..=i16::MAX, field;
        instance_id "instanceId" 0..=i16::MAX, field;
        rack_id "rackId" 0..=i16::MAX, field;
        rebalance_timeout_ms "rebalanceTimeoutMs" 0..=i16::MAX, field;
        topology "topology" 0..=i16::MAX, field;
        active_tasks "activeTasks" 0..=i16::MAX, field;
        standby_tasks "standbyTasks" 0..=i16::MAX, field;
        warmup_tasks "warmupTasks" 0..=i16::MAX, field;
        process_id "processId" 0..=i16::MAX, field;
        user_endpoint "userEndpoint" 0..=i16::MAX, field;
        client_tags "clientTags" 0..=i16::MAX, field;
        task_offsets "taskOffsets" 0..=i16::MAX, field;
        task_end_offsets "taskEndOffsets" 0..=i16::MAX, field;
        shutdown_application "shutdownApplication" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_request Topology<'a> unknown_tags {
        epoch "epoch" 0..=i16::MAX, field;
        subtopologies "subtopologies" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_request Subtopology<'a> unknown_tags {
        subtopology_id "subtopologyId" 0..=i16::MAX, field;
        source_topics "sourceTopics" 0..=i16::MAX, field;
        source_topic_regex "sourceTopicRegex" 0..=i16::MAX, field;
        state_changelog_topics "stateChangelogTopics" 0..=i16::MAX, field;
        repartition_sink_topics "repartitionSinkTopics" 0..=i16::MAX, field;
        repartition_source_topics "repartitionSourceTopics" 0..=i16::MAX, field;
        copartition_groups "copartitionGroups" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_request CopartitionGroup<'a> unknown_tags {
        source_topics "sourceTopics" 0..=i16::MAX, field;
        source_topic_regex "sourceTopicRegex" 0..=i16::MAX, field;
        repartition_source_topics "repartitionSourceTopics" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_request KeyValue<'a> unknown_tags {
        key "key" 0..=i16::MAX, field;
        value "value" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_request TopicInfo<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
        replication_factor "replicationFactor" 0..=i16::MAX, field;
        topic_configs "topicConfigs" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_request Endpoint<'a> unknown_tags {
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_request TaskOffset<'a> unknown_tags {
        subtopology_id "subtopologyId" 0..=i16::MAX, field;
        partition "partition" 0..=i16::MAX, field;
        offset "offset" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_request TaskIds<'a> unknown_tags {
        subtopology_id "subtopologyId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_response StreamsGroupHeartbeatResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
        member_epoch "memberEpoch" 0..=i16::MAX, field;
        heartbeat_interval_ms "heartbeatIntervalMs" 0..=i16::MAX, field;
        acceptable_recovery_lag "acceptableRecoveryLag" 0..=i16::MAX, field;
        task_offset_interval_ms "taskOffsetIntervalMs" 0..=i16::MAX, field;
        status "status" 0..=i16::MAX, field;
        active_tasks "activeTasks" 0..=i16::MAX, field;
        standby_tasks "standbyTasks" 0..=i16::MAX, field;
        warmup_tasks "warmupTasks" 0..=i16::MAX, field;
        endpoint_information_epoch "endpointInformationEpoch" 0..=i16::MAX, field;
        partitions_by_user_endpoint "partitionsByUserEndpoint" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_response EndpointToPartitions<'a> unknown_tags {
        user_endpoint "userEndpoint" 0..=i16::MAX, field;
        active_partitions "activePartitions" 0..=i16::MAX, field;
        standby_partitions "standbyPartitions" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_response Status<'a> unknown_tags {
        status_code "statusCode" 0..=i16::MAX, field;
        status_detail "statusDetail" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_response TopicPartition<'a> unknown_tags {
        topic "topic" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_response TaskIds<'a> unknown_tags {
        subtopology_id "subtopologyId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    streams_group_heartbeat_response Endpoint<'a> unknown_tags {
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
    }
    streams_group_member_metadata_key StreamsGroupMemberMetadataKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
    }
    streams_group_member_metadata_value StreamsGroupMemberMetadataValue<'a> unknown_tags {
        instance_id "instanceId" 0..=i16::MAX, field;
        rack_id "rackId" 0..=i16::MAX, field;
        client_id "clientId" 0..=i16::MAX, field;
        client_host "clientHost" 0..=i16::MAX, field;
        rebalance_timeout_ms "rebalanceTimeoutMs" 0..=i16::MAX, field;
        topology_epoch "topologyEpoch" 0..=i16::MAX, field;
        process_id "processId" 0..=i16::MAX, field;
        user_endpoint "userEndpoint" 0..=i16::MAX, field;
        client_tags "clientTags" 0..=i16::MAX, field;
    }
    streams_group_member_metadata_value Endpoint<'a> unknown_tags {
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
    }
    streams_group_member_metadata_value KeyValue<'a> unknown_tags {
        key "key" 0..=i16::MAX, field;
        value "value" 0..=i16::MAX, field;
    }
    streams_group_metadata_key StreamsGroupMetadataKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
    }
    streams_group_metadata_value StreamsGroupMetadataValue<'a> unknown_tags {
        epoch "epoch" 0..=i16::MAX, field;
        metadata_hash "metadataHash" 0..=i16::MAX, field;
        validated_topology_epoch "validatedTopologyEpoch" 0..=i16::MAX, tagged;
        last_assignment_configs "lastAssignmentConfigs" 0..=i16::MAX, tagged;
    }
    streams_group_metadata_value LastAssignmentConfig<'a> unknown_tags {
        key "key" 0..=i16::MAX, field;
        value "value" 0..=i16::MAX, field;
    }
    streams_group_target_assignment_member_key StreamsGroupTargetAssignmentMemberKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
    }
    streams_group_target_assignment_member_value StreamsGroupTargetAssignmentMemberValue<'a> unknown_tags {
        active_tasks "activeTasks" 0..=i16::MAX, field;
        standby_tasks "standbyTasks" 0..=i16::MAX, field;
        warmup_tasks "warmupTasks" 0..=i16::MAX, field;
    }
    streams_group_target_assignment_member_value TaskIds<'a> unknown_tags {
        subtopology_id "subtopologyId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    streams_group_target_assignment_metadata_key StreamsGroupTargetAssignmentMetadataKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
    }
    streams_group_target_assignment_metadata_value StreamsGroupTargetAssignmentMetadataValue<'a> unknown_tags {
        assignment_epoch "assignmentEpoch" 0..=i16::MAX, field;
        assignment_timestamp "assignmentTimestamp" 0..=i16::MAX, tagged;
    }
    streams_group_topology_key StreamsGroupTopologyKey<'a> {
        group_id "groupId" 0..=i16::MAX, field;
    }
    streams_group_topology_value StreamsGroupTopologyValue<'a> unknown_tags {
        epoch "epoch" 0..=i16::MAX, field;
        subtopologies "subtopologies" 0..=i16::MAX, field;
    }
    streams_group_topology_value Subtopology<'a> unknown_tags {
        subtopology_id "subtopologyId" 0..=i16::MAX, field;
        source_topics "sourceTopics" 0..=i16::MAX, field;
        source_topic_regex "sourceTopicRegex" 0..=i16::MAX, field;
        state_changelog_topics "stateChangelogTopics" 0..=i16::MAX, field;
        repartition_sink_topics "repartitionSinkTopics" 0..=i16::MAX, field;
        repartition_source_topics "repartitionSourceTopics" 0..=i16::MAX, field;
        copartition_groups "copartitionGroups" 0..=i16::MAX, field;
    }
    streams_group_topology_value CopartitionGroup<'a> unknown_tags {
        source_topics "sourceTopics" 0..=i16::MAX, field;
        source_topic_regex "sourceTopicRegex" 0..=i16::MAX, field;
        repartition_source_topics "repartitionSourceTopics" 0..=i16::MAX, field;
    }
    streams_group_topology_value TopicConfig<'a> unknown_tags {
        key "key" 0..=i16::MAX, field;
        value "value" 0..=i16::MAX, field;
    }
    streams_group_topology_value TopicInfo<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
        replication_factor "replicationFactor" 0..=i16::MAX, field;
        topic_configs "topicConfigs" 0..=i16::MAX, field;
    }
    subscription_info_data SubscriptionInfoData<'a> {
        version "version" 1..=i16::MAX, field;
        latest_supported_version "latestSupportedVersion" 3..=i16::MAX, field;
        process_id "processId" 1..=i16::MAX, field;
        prev_tasks "prevTasks" 1..=6, field;
        standby_tasks "standbyTasks" 1..=6, field;
        user_end_point "userEndPoint" 2..=i16::MAX, field;
        task_offset_sums "taskOffsetSums" 7..=i16::MAX, field;
        unique_field "uniqueField" 8..=i16::MAX, field;
        error_code "errorCode" 9..=i16::MAX, field;
        client_tags "clientTags" 11..=i16::MAX, field;
    }
    subscription_info_data TaskId {
        topic_group_id "topicGroupId" 1..=6, field;
        partition "partition" 1..=6, field;
    }
    subscription_info_data TaskOffsetSum<'a> {
        topic_group_id "topicGroupId" 7..=i16::MAX, field;
        partition "partition" 10..=i16::MAX, field;
        offset_sum "offsetSum" 10..=i16::MAX, field;
        named_topology "namedTopology" 10..=i16::MAX, field;
        partition_to_offset_sum "partitionToOffsetSum" 7..=9, field;
    }
    subscription_info_data PartitionToOffsetSum {
        partition "partition" 7..=9, field;
        offset_sum "offsetSum" 7..=9, field;
    }
    subscription_info_data ClientTag<'a> {
        key "key" 11..=i16::MAX, field;
        value "value" 11..=i16::MAX, field;
    }
    sync_group_request SyncGroupRequest<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        generation_id "generationId" 0..=i16::MAX, field;
        member_id "memberId" 0..=i16::MAX, field;
        group_instance_id "groupInstanceId" 3..=i16::MAX, field;
        protocol_type "protocolType" 5..=i16::MAX, field;
        protocol_name "protocolName" 5..=i16::MAX, field;
        assignments "assignments" 0..=i16::MAX, field;
    }
    sync_group_request SyncGroupRequestAssignment<'a> unknown_tags {
        member_id "memberId" 0..=i16::MAX, field;
        assignment "assignment" 0..=i16::MAX, field;
    }
    sync_group_response SyncGroupResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 1..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        protocol_type "protocolType" 5..=i16::MAX, field;
        protocol_name "protocolName" 5..=i16::MAX, field;
        assignment "assignment" 0..=i16::MAX, field;
    }
    topic_record TopicRecord<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        topic_id "topicId" 0..=i16::MAX, field;
    }
    transaction_log_key TransactionLogKey<'a> {
        transactional_id "transactionalId" 0..=i16::MAX, field;
    }
    transaction_log_value TransactionLogValue<'a> unknown_tags {
        producer_id "producerId" 0..=i16::MAX, field;
        previous_producer_id "previousProducerId" 1..=i16::MAX, tagged;
        next_producer_id "nextProducerId" 1..=i16::MAX, tagged;
        producer_epoch "producerEpoch" 0..=i16::MAX, field;
        next_producer_epoch "nextProducerEpoch" 1..=i16::MAX, tagged;
        transaction_timeout_ms "transactionTimeoutMs" 0..=i16::MAX, field;
        transaction_status "transactionStatus" 0..=i16::MAX, field;
        transaction_partitions "transactionPartitions" 0..=i16::MAX, field;
        transaction_last_update_timestamp_ms "transactionLastUpdateTimestampMs" 0..=i16::MAX, field;
        transaction_start_timestamp_ms "transactionStartTimestampMs" 0..=i16::MAX, field;
        client_transaction_version "clientTransactionVersion" 1..=i16::MAX, tagged;
    }
    transaction_log_value PartitionsSchema<'a> unknown_tags {
        topic "topic" 0..=i16::MAX, field;
        partition_ids "partitionIds" 0..=i16::MAX, field;
    }
    txn_offset_commit_request TxnOffsetCommitRequest<'a> unknown_tags {
        transactional_id "transactionalId" 0..=i16::MAX, field;
        group_id "groupId" 0..=i16::MAX, field;
        producer_id "producerId" 0..=i16::MAX, field;
        producer_epoch "producerEpoch" 0..=i16::MAX, field;
        generation_id "generationId" 3..=i16::MAX, field;
        member_id "memberId" 3..=i16::MAX, field;
        group_instance_id "groupInstanceId" 3..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    txn_offset_commit_request TxnOffsetCommitRequestTopic<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    txn_offset_commit_request TxnOffsetCommitRequestPartition<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        committed_offset "committedOffset" 0..=i16::MAX, field;
        committed_leader_epoch "committedLeaderEpoch" 2..=i16::MAX, field;
        committed_metadata "committedMetadata" 0..=i16::MAX, field;
    }
    txn_offset_commit_response TxnOffsetCommitResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    txn_offset_commit_response TxnOffsetCommitResponseTopic<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    txn_offset_commit_response TxnOffsetCommitResponsePartition<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
    }
    unfence_broker_record UnfenceBrokerRecord<'a> unknown_tags {
        id "id" 0..=i16::MAX, field;
        epoch "epoch" 0..=i16::MAX, field;
    }
    unregister_broker_record UnregisterBrokerRecord<'a> unknown_tags {
        broker_id "brokerId" 0..=i16::MAX, field;
        broker_epoch "brokerEpoch" 0..=i16::MAX, field;
    }
    unregister_broker_request UnregisterBrokerRequest<'a> unknown_tags {
        broker_id "brokerId" 0..=i16::MAX, field;
    }
    unregister_broker_response UnregisterBrokerResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    update_features_request UpdateFeaturesRequest<'a> unknown_tags {
        timeout_ms "timeoutMs" 0..=i16::MAX, field;
        feature_updates "featureUpdates" 0..=i16::MAX, field;
        validate_only "validateOnly" 1..=i16::MAX, field;
    }
    update_features_request FeatureUpdateKey<'a> unknown_tags {
        feature "feature" 0..=i16::MAX, field;
        max_version_level "maxVersionLevel" 0..=i16::MAX, field;
        allow_downgrade "allowDowngrade" 0..=0, field;
        upgrade_type "upgradeType" 1..=i16::MAX, field;
    }
    update_features_response UpdateFeaturesResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
        results "results" 0..=1, field;
    }
    update_features_response UpdatableFeatureResult<'a> unknown_tags {
        feature "feature" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    update_raft_voter_request UpdateRaftVoterRequest<'a> unknown_tags {
        cluster_id "clusterId" 0..=i16::MAX, field;
        current_leader_epoch "currentLeaderEpoch" 0..=i16::MAX, field;
        voter_id "voterId" 0..=i16::MAX, field;
        voter_directory_id "voterDirectoryId" 0..=i16::MAX, field;
        listeners "listeners" 0..=i16::MAX, field;
        k_raft_version_feature "kRaftVersionFeature" 0..=i16::MAX, field;
    }
    update_raft_voter_request Listener<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
    }
    update_raft_voter_request KRaftVersionFeature<'a> unknown_tags {
        min_supported_version "minSupportedVersion" 0..=i16::MAX, field;
        max_supported_version "maxSupportedVersion" 0..=i16::MAX, field;
    }
    update_raft_voter_response UpdateRaftVoterResponse<'a> unknown_tags {
        throttle_time_ms "throttleTimeMs" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        current_leader "currentLeader" 0..=i16::MAX, tagged;
    }
    update_raft_voter_response CurrentLeader<'a> unknown_tags {
        leader_id "leaderId" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
    }
    user_scram_credential_record UserScramCredentialRecord<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        mechanism "mechanism" 0..=i16::MAX, field;
        salt "salt" 0..=i16::MAX, field;
        stored_key "storedKey" 0..=i16::MAX, field;
        server_key "serverKey" 0..=i16::MAX, field;
        iterations "iterations" 0..=i16::MAX, field;
    }
    vote_request VoteRequest<'a> unknown_tags {
        cluster_id "clusterId" 0..=i16::MAX, field;
        voter_id "voterId" 1..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    vote_request TopicData<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    vote_request PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        replica_epoch "replicaEpoch" 0..=i16::MAX, field;
        replica_id "replicaId" 0..=i16::MAX, field;
        replica_directory_id "replicaDirectoryId" 1..=i16::MAX, field;
        voter_directory_id "voterDirectoryId" 1..=i16::MAX, field;
        last_offset_epoch "lastOffsetEpoch" 0..=i16::MAX, field;
        last_offset "lastOffset" 0..=i16::MAX, field;
        pre_vote "preVote" 2..=i16::MAX, field;
    }
    vote_response VoteResponse<'a> unknown_tags {
        error_code "errorCode" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
        node_endpoints "nodeEndpoints" 1..=i16::MAX, tagged;
    }
    vote_response TopicData<'a> unknown_tags {
        topic_name "topicName" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    vote_response PartitionData<'a> unknown_tags {
        partition_index "partitionIndex" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        leader_id "leaderId" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        vote_granted "voteGranted" 0..=i16::MAX, field;
    }
    vote_response NodeEndpoint<'a> unknown_tags {
        node_id "nodeId" 1..=i16::MAX, field;
        host "host" 1..=i16::MAX, field;
        port "port" 1..=i16::MAX, field;
    }
    voters_record VotersRecord<'a> unknown_tags {
        version "version" 0..=i16::MAX, field;
        voters "voters" 0..=i16::MAX, field;
    }
    voters_record Voter<'a> unknown_tags {
        voter_id "voterId" 0..=i16::MAX, field;
        voter_directory_id "voterDirectoryId" 0..=i16::MAX, field;
        endpoints "endpoints" 0..=i16::MAX, field;
        k_raft_version_feature "kRaftVersionFeature" 0..=i16::MAX, field;
    }
    voters_record Endpoint<'a> unknown_tags {
        name "name" 0..=i16::MAX, field;
        host "host" 0..=i16::MAX, field;
        port "port" 0..=i16::MAX, field;
    }
    voters_record KRaftVersionFeature<'a> unknown_tags {
        min_supported_version "minSupportedVersion" 0..=i16::MAX, field;
        max_supported_version "maxSupportedVersion" 0..=i16::MAX, field;
    }
    write_share_group_state_request WriteShareGroupStateRequest<'a> unknown_tags {
        group_id "groupId" 0..=i16::MAX, field;
        topics "topics" 0..=i16::MAX, field;
    }
    write_share_group_state_request WriteStateData<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    write_share_group_state_request PartitionData<'a> unknown_tags {
        partition "partition" 0..=i16::MAX, field;
        state_epoch "stateEpoch" 0..=i16::MAX, field;
        leader_epoch "leaderEpoch" 0..=i16::MAX, field;
        start_offset "startOffset" 0..=i16::MAX, field;
        delivery_complete_count "deliveryCompleteCount" 1..=i16::MAX, field;
        state_batches "stateBatches" 0..=i16::MAX, field;
    }
    write_share_group_state_request StateBatch<'a> unknown_tags {
        first_offset "firstOffset" 0..=i16::MAX, field;
        last_offset "lastOffset" 0..=i16::MAX, field;
        delivery_state "deliveryState" 0..=i16::MAX, field;
        delivery_count "deliveryCount" 0..=i16::MAX, field;
    }
    write_share_group_state_response WriteShareGroupStateResponse<'a> unknown_tags {
        results "results" 0..=i16::MAX, field;
    }
    write_share_group_state_response WriteStateResult<'a> unknown_tags {
        topic_id "topicId" 0..=i16::MAX, field;
        partitions "partitions" 0..=i16::MAX, field;
    }
    write_share_group_state_response PartitionResult<'a> unknown_tags {
        partition "partition" 0..=i16::MAX, field;
        error_code "errorCode" 0..=i16::MAX, field;
        error_message "errorMessage" 0..=i16::MAX, field;
    }
    write_txn_markers_request WriteTxnMarkersRequest<'a> unknown_tags {
        markers "markers" 1..=i16::MAX, field;
    }
    write_txn_markers_request WritableTxnMarker<'a> unknown_tags {
        producer_id "producerId" 1..=i16::MAX, field;
        producer_epoch "producerEpoch" 1..=i16::MAX, field;
        transaction_result "transactionResult" 1..=i16::MAX, field;
        topics "topics" 1..=i16::MAX, field;
        coordinator_epoch "coordinatorEpoch" 1..=i16::MAX, field;
        transaction_version "transactionVersion" 2..=i16::MAX, field;
    }
    write_txn_markers_request WritableTxnMarkerTopic<'a> unknown_tags {
        name "name" 1..=i16::MAX, field;
        partition_indexes "partitionIndexes" 1..=i16::MAX, field;
    }
    write_txn_markers_response WriteTxnMarkersResponse<'a> unknown_tags {
        markers "markers" 1..=i16::MAX, field;
    }
    write_txn_markers_response WritableTxnMarkerResult<'a> unknown_tags {
        producer_id "producerId" 1..=i16::MAX, field;
        topics "topics" 1..=i16::MAX, field;
    }
    write_txn_markers_response WritableTxnMarkerTopicResult<'a> unknown_tags {
        name "name" 1..=i16::MAX, field;
        partitions "partitions" 1..=i16::MAX, field;
    }
    write_txn_markers_response WritableTxnMarkerPartitionResult<'a> unknown_tags {
        partition_index "partitionIndex" 1..=i16::MAX, field;
        error_code "errorCode" 1..=i16::MAX, field;
    }
    zk_migration_state_record ZkMigrationStateRecord<'a> unknown_tags {
        zk_migration_state "zkMigrationState" 0..=i16::MAX, field;
    }
}
