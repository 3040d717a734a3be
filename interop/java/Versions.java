import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.*;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** Sends every request at every version and writes down each answer, so that two brokers can be compared. */
final class Versions {
    private static final String TOPIC = "versions";
    private static final long LATEST = -1;
    private static final long EARLIEST = -2;
    private static final long MAX_TIMESTAMP = -3;

    /** What to send at a version. */
    private interface Body {
        ApiMessage at(int version) throws Exception;
    }

    private final Wire wire;
    private final PrintWriter lines;
    private final Uuid topicId;

    private Versions(Wire wire, PrintWriter lines, Uuid topicId) {
        this.wire = wire;
        this.lines = lines;
        this.topicId = topicId;
    }

    static void run(String bootstrap, Path out) throws Exception {
        try (Admin admin = Clients.admin(bootstrap);
            Wire wire = new Wire(bootstrap);
            PrintWriter lines = new PrintWriter(Files.newBufferedWriter(out))) {
            // the records are from 1970
            Clients.createTopic(admin, TOPIC, 2, Map.of("retention.ms", "-1"));
            Uuid id = admin.describeTopics(List.of(TOPIC)).allTopicNames().get().get(TOPIC).topicId();
            Versions versions = new Versions(wire, lines, id);
            versions.topics();
            versions.configs();
            versions.records();
            versions.groups();
            versions.offsets();
        }
    }

    private void topics() throws Exception {
        each(ApiKeys.API_VERSIONS, v -> v < 3 ? new ApiVersionsRequestData()
            : new ApiVersionsRequestData().setClientSoftwareName("interop").setClientSoftwareVersion("1"));
        each(ApiKeys.METADATA, v -> new MetadataRequestData().setAllowAutoTopicCreation(v < 4).setTopics(List.of(
            new MetadataRequestData.MetadataRequestTopic().setName(TOPIC),
            new MetadataRequestData.MetadataRequestTopic().setName("in valid"))));
        each(ApiKeys.DESCRIBE_CLUSTER, v -> new DescribeClusterRequestData().setIncludeClusterAuthorizedOperations(true));
        each(ApiKeys.DESCRIBE_TOPIC_PARTITIONS, v -> new DescribeTopicPartitionsRequestData().setTopics(List.of(
            new DescribeTopicPartitionsRequestData.TopicRequest().setName(TOPIC),
            new DescribeTopicPartitionsRequestData.TopicRequest().setName("missing"))));
        each(ApiKeys.CREATE_TOPICS, v -> {
            CreateTopicsRequestData.CreatableTopicCollection topics = new CreateTopicsRequestData.CreatableTopicCollection();
            topics.add(new CreateTopicsRequestData.CreatableTopic().setName("made-" + v).setNumPartitions(2)
                .setReplicationFactor((short) 1));
            topics.add(new CreateTopicsRequestData.CreatableTopic().setName(TOPIC).setNumPartitions(2)
                .setReplicationFactor((short) 1));
            topics.add(new CreateTopicsRequestData.CreatableTopic().setName("many").setNumPartitions(2)
                .setReplicationFactor((short) 3));
            return new CreateTopicsRequestData().setTimeoutMs(5000).setTopics(topics);
        });
        each(ApiKeys.CREATE_PARTITIONS, v -> {
            var topics = new CreatePartitionsRequestData.CreatePartitionsTopicCollection();
            topics.add(new CreatePartitionsRequestData.CreatePartitionsTopic().setName("made-2").setCount(3 + v)
                .setAssignments(null));
            topics.add(new CreatePartitionsRequestData.CreatePartitionsTopic().setName(TOPIC).setCount(1)
                .setAssignments(null));
            return new CreatePartitionsRequestData().setTimeoutMs(5000).setTopics(topics);
        });
        each(ApiKeys.DELETE_TOPICS, v -> {
            DeleteTopicsRequestData data = new DeleteTopicsRequestData().setTimeoutMs(5000);
            return v < 6 ? data.setTopicNames(List.of("made-" + v, "missing")) : data.setTopics(List.of(
                new DeleteTopicsRequestData.DeleteTopicState().setName("made-" + v),
                new DeleteTopicsRequestData.DeleteTopicState().setTopicId(new Uuid(1, 2)).setName(null)));
        });
    }

    private void configs() throws Exception {
        each(ApiKeys.DESCRIBE_CONFIGS, v -> new DescribeConfigsRequestData().setIncludeSynonyms(true)
            .setIncludeDocumentation(v >= 3).setResources(List.of(
            new DescribeConfigsRequestData.DescribeConfigsResource().setResourceType((byte) 2).setResourceName(TOPIC)
                .setConfigurationKeys(List.of("retention.ms", "cleanup.policy", "no.such")),
            new DescribeConfigsRequestData.DescribeConfigsResource().setResourceType((byte) 4).setResourceName("1")
                .setConfigurationKeys(List.of("num.io.threads", "log.retention.hours")),
            new DescribeConfigsRequestData.DescribeConfigsResource().setResourceType((byte) 2).setResourceName("missing")
                .setConfigurationKeys(null))));
        each(ApiKeys.ALTER_CONFIGS, v -> {
            var configs = new AlterConfigsRequestData.AlterableConfigCollection();
            configs.add(new AlterConfigsRequestData.AlterableConfig().setName("retention.ms").setValue("-1"));
            var resources = new AlterConfigsRequestData.AlterConfigsResourceCollection();
            resources.add(new AlterConfigsRequestData.AlterConfigsResource().setResourceType((byte) 2)
                .setResourceName(TOPIC).setConfigs(configs));
            resources.add(new AlterConfigsRequestData.AlterConfigsResource().setResourceType((byte) 2)
                .setResourceName("missing"));
            return new AlterConfigsRequestData().setResources(resources);
        });
        each(ApiKeys.INCREMENTAL_ALTER_CONFIGS, v -> {
            var configs = new IncrementalAlterConfigsRequestData.AlterableConfigCollection();
            configs.add(new IncrementalAlterConfigsRequestData.AlterableConfig().setName("cleanup.policy")
                .setConfigOperation((byte) 2).setValue("compact"));
            var bad = new IncrementalAlterConfigsRequestData.AlterableConfigCollection();
            bad.add(new IncrementalAlterConfigsRequestData.AlterableConfig().setName("retention.ms")
                .setConfigOperation((byte) 0).setValue("soon"));
            var resources = new IncrementalAlterConfigsRequestData.AlterConfigsResourceCollection();
            resources.add(new IncrementalAlterConfigsRequestData.AlterConfigsResource().setResourceType((byte) 2)
                .setResourceName(TOPIC).setConfigs(configs));
            resources.add(new IncrementalAlterConfigsRequestData.AlterConfigsResource().setResourceType((byte) 2)
                .setResourceName("made-3").setConfigs(bad));
            return new IncrementalAlterConfigsRequestData().setResources(resources);
        });
        each(ApiKeys.DESCRIBE_LOG_DIRS, v -> {
            var topics = new DescribeLogDirsRequestData.DescribableLogDirTopicCollection();
            topics.add(new DescribeLogDirsRequestData.DescribableLogDirTopic().setTopic(TOPIC).setPartitions(List.of(0)));
            return new DescribeLogDirsRequestData().setTopics(topics);
        });
    }

    private void records() throws Exception {
        each(ApiKeys.INIT_PRODUCER_ID, v -> new InitProducerIdRequestData().setTransactionalId(null)
            .setTransactionTimeoutMs(60_000));
        each(ApiKeys.PRODUCE, v -> {
            var topic = new ProduceRequestData.TopicProduceData().setPartitionData(List.of(
                new ProduceRequestData.PartitionProduceData().setIndex(0).setRecords(MemoryRecords.withRecords(
                    Compression.NONE, new SimpleRecord(1000L + v, Rows.utf8("k"), Rows.utf8("v" + v)))),
                new ProduceRequestData.PartitionProduceData().setIndex(9).setRecords(MemoryRecords.withRecords(
                    Compression.NONE, new SimpleRecord(1000L, Rows.utf8("k"), Rows.utf8("lost"))))));
            if (v < 13) {
                topic.setName(TOPIC);
            } else {
                topic.setTopicId(topicId);
            }
            var topics = new ProduceRequestData.TopicProduceDataCollection();
            topics.add(topic);
            return new ProduceRequestData().setAcks((short) -1).setTimeoutMs(5000).setTopicData(topics);
        });
        each(ApiKeys.LIST_OFFSETS, v -> listOffsets(at(0, LATEST), at(1, EARLIEST), at(8, LATEST)));
        each(ApiKeys.LIST_OFFSETS, v -> listOffsets(at(0, 1004), at(1, 1004)));
        each(ApiKeys.LIST_OFFSETS, v -> listOffsets(at(0, MAX_TIMESTAMP)));
        each(ApiKeys.LIST_OFFSETS, v -> listOffsets(at(0, LATEST), at(0, EARLIEST)));
        each(ApiKeys.FETCH, v -> new FetchRequestData().setMaxWaitMs(0).setMinBytes(0).setMaxBytes(1 << 20)
            .setSessionEpoch(-1).setTopics(List.of(fetchTopic(v).setPartitions(List.of(
                new FetchRequestData.FetchPartition().setPartition(0).setFetchOffset(0).setPartitionMaxBytes(1 << 20),
                new FetchRequestData.FetchPartition().setPartition(1).setFetchOffset(999).setPartitionMaxBytes(1 << 20),
                new FetchRequestData.FetchPartition().setPartition(7).setPartitionMaxBytes(1 << 20))))));
        each(ApiKeys.OFFSET_FOR_LEADER_EPOCH, v -> {
            var topics = new OffsetForLeaderEpochRequestData.OffsetForLeaderTopicCollection();
            topics.add(new OffsetForLeaderEpochRequestData.OffsetForLeaderTopic().setTopic(TOPIC).setPartitions(List.of(
                new OffsetForLeaderEpochRequestData.OffsetForLeaderPartition().setPartition(0).setLeaderEpoch(0),
                new OffsetForLeaderEpochRequestData.OffsetForLeaderPartition().setPartition(0).setLeaderEpoch(5),
                new OffsetForLeaderEpochRequestData.OffsetForLeaderPartition().setPartition(7).setLeaderEpoch(0))));
            return new OffsetForLeaderEpochRequestData().setTopics(topics);
        });
        each(ApiKeys.DELETE_RECORDS, v -> new DeleteRecordsRequestData().setTimeoutMs(5000).setTopics(List.of(
            new DeleteRecordsRequestData.DeleteRecordsTopic().setName("made-3").setPartitions(List.of(
                new DeleteRecordsRequestData.DeleteRecordsPartition().setPartitionIndex(0).setOffset(0),
                new DeleteRecordsRequestData.DeleteRecordsPartition().setPartitionIndex(1).setOffset(5),
                new DeleteRecordsRequestData.DeleteRecordsPartition().setPartitionIndex(6).setOffset(0))))));
    }

    private static ListOffsetsRequestData listOffsets(ListOffsetsRequestData.ListOffsetsPartition... partitions) {
        return new ListOffsetsRequestData().setReplicaId(-1).setTopics(List.of(
            new ListOffsetsRequestData.ListOffsetsTopic().setName(TOPIC).setPartitions(List.of(partitions))));
    }

    private static ListOffsetsRequestData.ListOffsetsPartition at(int partition, long timestamp) {
        return new ListOffsetsRequestData.ListOffsetsPartition().setPartitionIndex(partition).setTimestamp(timestamp);
    }

    private FetchRequestData.FetchTopic fetchTopic(int version) {
        FetchRequestData.FetchTopic topic = new FetchRequestData.FetchTopic();
        return version < 13 ? topic.setTopic(TOPIC) : topic.setTopicId(topicId);
    }

    private void groups() throws Exception {
        each(ApiKeys.FIND_COORDINATOR, v -> v < 4 ? new FindCoordinatorRequestData().setKey("grouped")
            : new FindCoordinatorRequestData().setCoordinatorKeys(List.of("grouped", "other")));
        awaitCoordinator();
        each(ApiKeys.JOIN_GROUP, v -> join("join-" + v, v, ""));
        each(ApiKeys.JOIN_GROUP, v -> join("", v, ""));
        each(ApiKeys.JOIN_GROUP, v -> join("unknown-member-" + v, v, "stranger"));
        each(ApiKeys.SYNC_GROUP, v -> {
            String member = member("sync-" + v);
            return new SyncGroupRequestData().setGroupId("sync-" + v).setGenerationId(1).setMemberId(member)
                .setAssignments(List.of(new SyncGroupRequestData.SyncGroupRequestAssignment().setMemberId(member)
                    .setAssignment(new byte[] {0, 1, 0, 0, 0, 0, 0, 0, 0, 0})));
        });
        each(ApiKeys.HEARTBEAT, v -> new HeartbeatRequestData().setGroupId("sync-" + v).setGenerationId(7)
            .setMemberId("stranger"));
        each(ApiKeys.DESCRIBE_GROUPS, v -> new DescribeGroupsRequestData().setGroups(List.of("sync-1", "missing")));
        each(ApiKeys.LIST_GROUPS, v -> new ListGroupsRequestData());
        each(ApiKeys.LEAVE_GROUP, v -> v < 3
            ? new LeaveGroupRequestData().setGroupId("sync-" + v).setMemberId("stranger")
            : new LeaveGroupRequestData().setGroupId("sync-" + v).setMembers(List.of(
                new LeaveGroupRequestData.MemberIdentity().setMemberId("stranger"))));
    }

    private void awaitCoordinator() throws Exception {
        for (int tries = 0; tries < 200; tries++) {
            HeartbeatResponseData answer = (HeartbeatResponseData) wire.send(ApiKeys.HEARTBEAT, 4,
                new HeartbeatRequestData().setGroupId("grouped").setMemberId("nobody").setGenerationId(1));
            if (answer != null && answer.errorCode() == 25) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("no coordinator");
    }

    private static JoinGroupRequestData join(String group, int version, String member) {
        var protocols = new JoinGroupRequestData.JoinGroupRequestProtocolCollection();
        protocols.add(new JoinGroupRequestData.JoinGroupRequestProtocol().setName("range").setMetadata(
            new byte[] {0, 1, 0, 0, 0, 0, 0, 0, 0, 0}));
        JoinGroupRequestData data = new JoinGroupRequestData().setGroupId(group).setSessionTimeoutMs(30_000)
            .setMemberId(member).setProtocolType("consumer").setProtocols(protocols);
        return version == 0 ? data : data.setRebalanceTimeoutMs(30_000);
    }

    /** A member of a group of its own in generation 1. */
    private String member(String group) throws Exception {
        JoinGroupResponseData answer = (JoinGroupResponseData) wire.send(ApiKeys.JOIN_GROUP, 2, join(group, 2, ""));
        return answer.memberId();
    }

    private void offsets() throws Exception {
        each(ApiKeys.OFFSET_COMMIT, v -> {
            var topic = new OffsetCommitRequestData.OffsetCommitRequestTopic().setPartitions(List.of(
                new OffsetCommitRequestData.OffsetCommitRequestPartition().setPartitionIndex(0).setCommittedOffset(3)
                    .setCommittedMetadata("note"),
                new OffsetCommitRequestData.OffsetCommitRequestPartition().setPartitionIndex(7).setCommittedOffset(3)
                    .setCommittedMetadata(null)));
            if (v < 10) {
                topic.setName(TOPIC);
            } else {
                topic.setTopicId(topicId);
            }
            return new OffsetCommitRequestData().setGroupId("grouped").setTopics(List.of(topic));
        });
        each(ApiKeys.OFFSET_FETCH, v -> {
            if (v < 8) {
                return new OffsetFetchRequestData().setGroupId("grouped").setTopics(List.of(
                    new OffsetFetchRequestData.OffsetFetchRequestTopic().setName(TOPIC).setPartitionIndexes(List.of(0, 1))));
            }
            var topic = new OffsetFetchRequestData.OffsetFetchRequestTopics().setPartitionIndexes(List.of(0, 1));
            if (v < 10) {
                topic.setName(TOPIC);
            } else {
                topic.setTopicId(topicId);
            }
            return new OffsetFetchRequestData().setGroups(List.of(
                new OffsetFetchRequestData.OffsetFetchRequestGroup().setGroupId("grouped").setTopics(List.of(topic)),
                new OffsetFetchRequestData.OffsetFetchRequestGroup().setGroupId("missing").setTopics(null)));
        });
        each(ApiKeys.OFFSET_DELETE, v -> {
            var topics = new OffsetDeleteRequestData.OffsetDeleteRequestTopicCollection();
            topics.add(new OffsetDeleteRequestData.OffsetDeleteRequestTopic().setName(TOPIC).setPartitions(List.of(
                new OffsetDeleteRequestData.OffsetDeleteRequestPartition().setPartitionIndex(0),
                new OffsetDeleteRequestData.OffsetDeleteRequestPartition().setPartitionIndex(7))));
            return new OffsetDeleteRequestData().setGroupId("grouped").setTopics(topics);
        });
        each(ApiKeys.DELETE_GROUPS, v -> new DeleteGroupsRequestData().setGroupsNames(List.of("missing-" + v, "sync-1")));
    }

    /** One line for each version: what came back, or that the connection was closed. */
    private void each(ApiKeys api, Body body) throws Exception {
        for (int version = api.oldestVersion(); version <= api.latestVersion(); version++) {
            String answer;
            try {
                answer = settled(api, version, body);
            } catch (java.net.SocketTimeoutException | RuntimeException failed) {
                answer = failed.toString();
                wire.close();
            }
            lines.println(api.name + " v" + version + "\t" + answer);
        }
    }

    /** The answer once the broker is ready to give it: coordinators and producer ids take a moment at first. */
    private String settled(ApiKeys api, int version, Body body) throws Exception {
        for (int tries = 0; ; tries++) {
            ApiMessage message = wire.send(api, version, body.at(version));
            String answer = message == null ? "closed" : Wire.json(message, version).toString();
            if (tries == 100 || !answer.contains("\"errorCode\":14") && !answer.contains("\"errorCode\":15")) {
                return answer;
            }
            Thread.sleep(50);
        }
    }
}
