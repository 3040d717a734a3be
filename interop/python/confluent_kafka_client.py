"""The round trip of the interop suite through confluent-kafka, librdkafka's Python package."""

import round_trip
from confluent_kafka import Consumer, KafkaException, Producer
from confluent_kafka.admin import AdminClient, NewTopic


def create_topic(bootstrap, topic, partitions):
    admin = AdminClient({"bootstrap.servers": bootstrap})
    admin.create_topics([NewTopic(topic, partitions, 1)])[topic].result(30)


def produce(bootstrap, topic, codec, records):
    producer = Producer({
        "bootstrap.servers": bootstrap,
        "compression.type": codec,
        "enable.idempotence": True,
        "queue.buffering.max.messages": 1_000_000,
    })
    errors = []

    def delivered(error, _message):
        if error is not None:
            errors.append(error)

    for key, headers, value in records:
        producer.produce(topic, key=key, value=value, headers=headers, on_delivery=delivered)
        producer.poll(0)
    unsent = producer.flush(120)
    if unsent or errors:
        raise SystemExit(f"{unsent} records were not sent, {len(errors)} refused: {errors[:1]}")


class Member:
    def __init__(self, bootstrap, topic):
        self.consumer = Consumer({
            "bootstrap.servers": bootstrap,
            "group.id": topic,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "heartbeat.interval.ms": 300,
        })
        self.consumer.subscribe([topic])

    def assigned(self):
        return self.consumer.assignment()

    def poll(self, limit):
        messages = self.consumer.consume(limit, 0.1)
        for message in messages:
            if message.error():
                raise KafkaException(message.error())
        return [(m.partition(), m.offset(), m.key(), m.headers(), m.value()) for m in messages]

    def commit(self):
        self.consumer.commit(asynchronous=False)

    def close(self):
        self.consumer.close()


round_trip.run(create_topic, produce, lambda *where: [Member(*where), Member(*where)])
