"""A log directory goes from one of the two servers to the other and back, with the same properties file.

The first fills it; the second opens it, writes and compacts; the first opens it again, writes, compacts and is killed;
the second opens what is left. Whatever a client reads in between is compared with a ledger of what was sent, and every
file is given to kafka-dump-log.sh while no server runs. Ottla coordinates no transactions yet: in a directory that it
fills they are written by an example of its storage crate while it is stopped.
"""

import time
from collections import defaultdict

from . import data, process, segments
from .ledger import Ledger
from .process import Failure
from .servers import ApacheNode, OttlaNode

CLEANER = ["log.cleaner.backoff.ms=500", "log.cleaner.dedupe.buffer.size=33554432"]
# What each row of the table looks at.
SORTS = {
    "not idempotent": "fill-plain-producer",
    "none": "fill-none",
    "gzip": "fill-gzip",
    "snappy": "fill-snappy",
    "lz4": "fill-lz4",
    "zstd": "fill-zstd",
    "append time": "fill-append-time",
    "recompressed": "fill-recompressed",
    "sequence": "fill-sequence",
    "compacted": "fill-compact",
    "transactional": "fill-transactional",
    "compacted and transactional": "fill-compact-transactional",
}
COMPACTED = [topic for topic in SORTS.values() if "compact" in topic]
OFFLINE = [topic for topic in SORTS.values() if "transactional" in topic]
FILES = ("log", "index", "timeindex", "txnindex", "snapshot")
DUMPS = [(FILES, ["--deep-iteration"]), (("index", "timeindex"), ["--index-sanity-check"])]


def run(apache, ottla, work, count, table):
    """Both directions. With no Ottla binary Apache's own restarts stand in, to judge the suite."""
    kinds = {"apache": lambda *where: ApacheNode(apache, *where), "ottla": lambda *where: OttlaNode(ottla, *where)}
    for first, second in [("apache", "apache")] if ottla is None else [("apache", "ottla"), ("ottla", "apache")]:
        home = work / f"by-{first}"
        name = f"{first}, {second}, {first}"
        with table.row("directories", name) as shown:
            apache.fetch()
            handed = HandedOver(apache, ottla, kinds[first](home, CLEANER), kinds[second](home), home)
            handed.all(count)
            shown.append(f"{handed.reads[0]} records opened, {handed.reads[-1]} at the end")
        if not handed.is_complete:
            continue
        for sort, topic in SORTS.items():
            with table.row("directories", f"{name}: {sort}") as shown:
                handed.check(topic, shown)
        for rest in ("offsets of groups", "kafka-dump-log"):
            with table.row("directories", f"{name}: {rest}") as shown:
                handed.check(rest, shown)


class HandedOver:
    """One directory on its way; what was wrong with each topic on it."""

    def __init__(self, apache, ottla, first, second, home):
        self.apache = apache
        self.ottla = ottla
        self.first = first
        self.second = second
        self.home = home
        self.ledger = Ledger()
        self.view = None
        self.sequence = 0
        self.reads = []
        self.failures = defaultdict(list)
        self.shown = defaultdict(list)
        self.compacted = defaultdict(list)
        self.is_complete = False

    def all(self, count):
        with process.lowered_on_exit(self.first):
            self._write("filled", self.first, data.fill, count)
            if self.first.coordinates_transactions:
                self._read("filled", self.first)
        if not self.first.coordinates_transactions:
            self._write_offline(count)
            with process.lowered_on_exit(self.first):
                self._read("filled", self.first)
        self._dump("filled")
        with process.lowered_on_exit(self.second):
            self._read("opened", self.second, is_same=True)
            self._write("appended", self.second, data.append, count)
            self._read("appended", self.second)
        self._dump("appended")
        self.first.start()
        try:
            self._read("returned", self.first, is_same=True)
            self._write("grown", self.first, data.append, count)
            self._read("grown", self.first)
        finally:
            self.first.kill()
        with process.lowered_on_exit(self.second):
            self._read("recovered", self.second, is_same=True)
        self._dump("recovered")
        self.is_complete = True

    def check(self, what, shown):
        if self.failures[what]:
            raise Failure("\n      ".join(self.failures[what]))
        shown.extend(self.shown[what])
        if what in SORTS.values():
            sent = f"{len(self.ledger.topics[what])} records sent, {len(self.view.records[what])} there"
            aborted = self.ledger.count(what, "aborted")
            shown.insert(0, f"{sent}, {aborted} aborted" if aborted else sent)
        if what in COMPACTED:
            shown.append(f"compacted up to {', '.join(dict.fromkeys(self.compacted[what]))}")

    def _write(self, step, server, write, count):
        path = self.home / f"{step}.ledger"
        write(self.apache, server, count, path)
        self.ledger.add(path)
        path = self.home / f"{step}.sequence"
        data.sequence(self.apache, server, self.sequence, path)
        self.ledger.add(path)
        self.sequence = len(self.ledger.topics["fill-sequence"])

    def _write_offline(self, count):
        """Transactions of a server that coordinates none."""
        writer = self.ottla.parent / "examples" / "transactions"
        if not writer.exists():
            raise Failure(f"there is no {writer}: cargo build --package ottla-storage --example transactions")
        for topic in OFFLINE:
            path = self.home / f"{topic}.ledger"
            with path.open("wb") as out:
                now_ms = str(int(time.time() * 1000))
                process.run([writer, self.first.data / f"{topic}-0", str(count), now_ms], 120, stdout=out)
            self.ledger.add(path)
            self.shown[topic].append("the first transactions written by examples/transactions, without a server")

    def _read(self, step, server, is_same=False):
        cleaned = self._await_compaction(server)
        before, self.view = self.view, data.read(self.apache, server, self.home / step)
        self.reads.append(self.view.count())
        for topic in SORTS.values():
            with self._noted(topic, step, server):
                self.ledger.check(self.view, topic, cleaned.get(topic, 0))
                if is_same:
                    before.check_same(self.view, topic, topic in COMPACTED)
        if is_same:
            with self._noted("offsets of groups", step, server):
                data.check_equal("what groups committed", before.commits, self.view.commits)

    def _await_compaction(self, server):
        """Waits until all is compacted that can be: everything before the last segment."""

        def compacted():
            cleaned = _cleaned(server)
            return all(cleaned.get(topic) == _last_segment(server, topic) for topic in COMPACTED) and cleaned

        cleaned = process.wait_until(compacted, 90, f"{server.name} compacts {', '.join(COMPACTED)}")
        for topic in COMPACTED:
            last = self.ledger.last_update(topic)
            self.compacted[topic].append(f"{cleaned[topic]} by {server.name}")
            if cleaned[topic] <= last:
                raise Failure(f"{topic} is compacted up to {cleaned[topic]} only, records are superseded up to {last}")
        return cleaned

    def _dump(self, step):
        for number, (kinds, options) in enumerate(DUMPS):
            files = [path for kind in kinds for path in self.first.data.glob(f"*-*/*.{kind}")]
            files = sorted(path for path in files if path.stat().st_size > 0 and "metadata" not in path.parent.name)
            with self._noted("kafka-dump-log", step, self.first):
                shown = self.shown["kafka-dump-log"]
                segments.dump(self.apache, self.ottla, files, options, self.home / f"dump-{step}-{number}", shown)

    def _noted(self, what, step, server):
        return Noted(self.failures[what], f"{step} by {server.name}")


class Noted:
    """Keeps a failure for the row it belongs to."""

    def __init__(self, failures, when):
        self.failures = failures
        self.when = when

    def __enter__(self):
        return self

    def __exit__(self, kind, failure, _):
        if kind is not None and issubclass(kind, Failure):
            self.failures.append(f"{self.when}: {failure}")
            return True
        return False


def _cleaned(server):
    """The offsets up to which topics with one partition are compacted."""
    path = server.data / "cleaner-offset-checkpoint"
    lines = path.read_text().splitlines()[2:] if path.exists() else []
    return {topic: int(offset) for topic, partition, offset in map(str.split, lines) if partition == "0"}


def _last_segment(server, topic):
    return max(int(path.stem) for path in (server.data / f"{topic}-0").glob("*.log"))
