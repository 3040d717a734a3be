"""What the Python clients of the interop suite share: the course of a round trip (see interop/README.md) and its files."""

import sys
from concurrent.futures import ThreadPoolExecutor

# Empty polls in a row after which nothing more is expected.
PATIENCE_POLLS = 300


def run(create_topic, produce, members_of):
    """PHASE BOOTSTRAP DIR PREFIX PARTITIONS CODEC=TARGET... from the command line."""
    phase, bootstrap, folder, prefix, partitions, *targets = sys.argv[1:]
    for target in targets:
        codec, count = target.split("=")
        topic = f"{prefix}-{codec}"
        if phase == "before":
            create_topic(bootstrap, topic, int(partitions))
        with open(f"{folder}/{codec}.{phase}", "w", encoding="ascii") as out:
            members = members_of(bootstrap, topic)
            group = Group(members, out, int(count))
            if phase == "before":
                group.await_assignments()
                produce(bootstrap, topic, codec, read(f"{folder}/{codec}.input"))
            group.consume()
            for member in members:
                member.close()


class Group:
    """Two members that are polled side by side. A member has `assigned`, `poll(limit)`, `commit` and `close`."""

    def __init__(self, members, out, target):
        self.members = members
        self.out = out
        self.target = target
        self.threads = ThreadPoolExecutor(len(members))
        self.limit = min(1000, target // 8 + 1)
        self.received = 0

    def await_assignments(self):
        for _ in range(PATIENCE_POLLS):
            if self.all_assigned():
                return
            self.poll_each()
        raise SystemExit("the two members got no partitions")

    def consume(self):
        idle = 0
        while self.received < self.target or not self.all_assigned():
            idle = 0 if self.poll_each() else idle + 1
            if idle > PATIENCE_POLLS:
                raise SystemExit(f"{self.received} of {self.target} records arrived")

    def all_assigned(self):
        return all(member.assigned() for member in self.members)

    def poll_each(self):
        count = 0
        # a rebalance in the middle of a batch would give the start of the batch to the other member again
        limit = self.limit if self.all_assigned() else 1
        polled = list(self.threads.map(lambda member: member.poll(limit), self.members))
        for number, (member, records) in enumerate(zip(self.members, polled)):
            for partition, offset, key, headers, value in records:
                shown = ",".join(f"{name}={_hex(data)}" for name, data in headers or [])
                self.out.write(f"{number}\t{partition}\t{offset}\t{_hex(key)}\t{shown}\t{_hex(value)}\n")
            if records:
                member.commit()
            count += len(records)
        self.received += count
        return count


def read(path):
    """Key, headers and value of each record to send."""
    with open(path, encoding="ascii") as lines:
        for line in lines:
            key, headers, value = line.rstrip("\n").split("\t")
            pairs = [header.split("=") for header in headers.split(",") if header]
            yield _bytes(key), [(name, _bytes(data)) for name, data in pairs], _bytes(value)


def _hex(data):
    return "-" if data is None else bytes(data).hex()


def _bytes(text):
    return None if text == "-" else bytes.fromhex(text)
