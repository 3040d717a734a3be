"""The round trip of the interop suite through kafka-python, a client in pure Python."""

import round_trip
from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient, NewTopic


def create_topic(bootstrap, topic, partitions):
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    admin.create_topics([NewTopic(topic, partitions, 1)])
    admin.close()


def produce(bootstrap, topic, codec, records):
    producer = KafkaProducer(
        bootstrap_servers=bootstrap,
        acks="all",
        linger_ms=5,
        compression_type=None if codec == "none" else codec,
    )
    sent = [producer.send(topic, key=key, value=value, headers=headers) for key, headers, value in records]
    producer.flush(120)
    for one in sent:
        one.get(timeout=1)
    producer.close()


class Member:
    def __init__(self, bootstrap, topic):
        self.consumer = KafkaConsumer(
            topic,
            bootstrap_servers=bootstrap,
            group_id=topic,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            heartbeat_interval_ms=300,
        )

    def assigned(self):
        return self.consumer.assignment()

    def poll(self, limit):
        fetched = self.consumer.poll(timeout_ms=500, max_records=limit).values()
        return [(r.partition, r.offset, r.key, r.headers, r.value) for records in fetched for r in records]

    def commit(self):
        self.consumer.commit()

    def close(self):
        self.consumer.close()


round_trip.run(create_topic, produce, lambda *where: [Member(*where), Member(*where)])
