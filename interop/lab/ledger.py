"""What was sent, and what of it must be there: the model that the directories are judged by."""

from collections import defaultdict
from sys import intern

from .data import check_equal
from .process import Failure

# Keys of records that only fill up a segment, see java/Fill.java.
PUSH = "push".encode().hex()


class Sent:
    """One record: the row as clients give it, and what became of its transaction."""

    def __init__(self, row, outcome):
        self.row = intern(row)
        self.outcome = outcome
        partition, offset, self.key, _ = row.split("\t", 3)
        self.partition, self.offset = int(partition), int(offset)


class Ledger:
    """Everything that was sent to each topic so far, in the order of partitions and offsets."""

    def __init__(self):
        self.topics = defaultdict(list)

    def add(self, path):
        """What a program wrote down, see java/Ledger.java."""
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            what, topic, *rest = line.split("\t", 3)
            if what == "sent":
                self.topics[topic].append(Sent(rest[1], rest[0]))
            else:
                for sent in self.topics[topic]:
                    sent.outcome = what if sent.outcome == "open" else sent.outcome
        for sent in self.topics.values():
            sent.sort(key=lambda one: (one.partition, one.offset))

    def last_update(self, topic):
        """The last offset that may supersede another record."""
        return max((sent.offset for sent in self.topics[topic] if not sent.key.startswith(PUSH)), default=-1)

    def count(self, topic, outcome):
        return sum(sent.outcome == outcome for sent in self.topics[topic])

    def check(self, view, topic, cleaned=0):
        """Failure unless a client saw what it must, when the log was compacted up to the offset `cleaned`."""
        sent = self.topics[topic]
        check_equal(topic, (one.row for one in _left(sent, cleaned)), view.records[topic])
        if "transactional" not in topic:
            return
        start, end = view.ranges[topic, 0, "record"]
        stable = min((one.offset for one in sent if one.outcome == "open"), default=end)
        if view.ranges[topic, 0, "committed"] != (start, stable):
            raise Failure(f"{topic} is stable in {view.ranges[topic, 0, 'committed']} instead of {(start, stable)}")
        committed = [one for one in _left(sent, cleaned) if one.outcome in ("plain", "committed") and one.offset < stable]
        check_equal(f"{topic} as committed", (one.row for one in committed), view.committed[topic])


def _left(sent, cleaned):
    """Of each key the last record before `cleaned`, tombstones too, none that was aborted; everything after."""
    last = {}
    for one in sent:
        if one.offset < cleaned and one.outcome != "aborted":
            last[one.partition, one.key] = one.offset
    return [one for one in sent if one.offset >= cleaned or last.get((one.partition, one.key)) == one.offset]
