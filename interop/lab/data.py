"""What the scenarios about data have in common: a broker filled by the official client, and what a client reads of it."""

from collections import defaultdict
from sys import intern

from . import process
from .process import Failure


def fill(apache, server, count, ledger):
    """Topics of every sort, see java/Fill.java; transactions only if the server coordinates them."""
    _write(apache, server, count, ledger, "fill")


def append(apache, server, count, ledger):
    """More to the same topics."""
    _write(apache, server, count, ledger, "append")


def sequence(apache, server, first, ledger):
    """Batches of a producer that outlives the server, see java/Sequence.java."""
    process.run(apache.program("sequence", server.bootstrap, str(first), ledger), 60)


def _write(apache, server, count, ledger, what):
    coordinates = str(server.coordinates_transactions).lower()
    process.run(apache.program(what, server.bootstrap, str(count), ledger, coordinates), 300)


def read(apache, server, path):
    """All that a client can see, see java/Read.java."""
    process.run(apache.program("read", server.bootstrap, path), 300)
    return View(path)


class View:
    """Records, offsets and commits that a client saw, by topic."""

    def __init__(self, path):
        # Of each topic: rows, and what the client was told of them beside: timestamp type, timestamp, leader epoch.
        self.records = defaultdict(list)
        self.told = defaultdict(list)
        self.committed = defaultdict(list)
        self.ranges = {}
        self.times = defaultdict(list)
        self.commits = []
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            self._add(*line.split("\t", 2))

    def _add(self, what, name, rest):
        if what in ("record", "committed"):
            fields = rest.split("\t", 3)
            kept = self.records if what == "record" else self.committed
            kept[name].append(intern(fields[3]))
            if what == "record":
                self.told[name].append(tuple(fields[:3]))
        elif what == "range":
            partition, which, start, end = rest.split("\t")
            self.ranges[name, int(partition), which] = (int(start), int(end))
        elif what == "time":
            self.times[name].append(rest)
        else:
            self.commits.append(f"{name} {rest}")

    def count(self):
        return sum(len(records) for topic, records in self.records.items() if not topic.startswith("__"))

    def check_same(self, other, topic, compacted):
        """Failure with the first difference in a topic; compaction may go on, but what it leaves stays as it is."""
        if compacted:
            told = dict(zip(self.records[topic], self.told[topic]))
            for row, given in zip(other.records[topic], other.told[topic]):
                if told.get(row, given) != given:
                    raise Failure(f"{topic} has {given} instead of {told[row]} for {row[:200]}")
            return
        check_equal(f"{topic}", zip(self.records[topic], self.told[topic]), zip(other.records[topic], other.told[topic]))
        check_equal(f"{topic} as committed", self.committed[topic], other.committed[topic])
        check_equal(f"{topic} by time", self.times[topic], other.times[topic])


def check_equal(what, expected, given):
    """Failure with the first difference between two sequences."""
    expected, given = list(expected), list(given)
    for number, (wanted, got) in enumerate(zip(expected, given)):
        if wanted != got:
            raise Failure(f"{what} differs at {number}\n      {str(got)[:300]}\n      instead of\n      {str(wanted)[:300]}")
    if len(expected) != len(given):
        longer = max(expected, given, key=len)
        extra = longer[min(len(expected), len(given))]
        raise Failure(f"{what} has {len(given)} entries instead of {len(expected)}, the next is {str(extra)[:300]}")
