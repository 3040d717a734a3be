"""A log directory that one of the two servers filled is opened by the other with the same properties file."""

from . import data, process
from .servers import ApacheNode, OttlaNode

CLEANER = ["log.cleaner.backoff.ms=500", "log.cleaner.dedupe.buffer.size=33554432"]


def run(apache, ottla, work, count, table):
    """Both directions, and back again. With no Ottla binary Apache's own restart stands in, to judge the suite."""
    kinds = {"apache": lambda *where: ApacheNode(apache, *where), "ottla": lambda *where: OttlaNode(ottla, *where)}
    for first, second in [("apache", "apache")] if ottla is None else [("apache", "ottla"), ("ottla", "apache")]:
        home = work / f"by-{first}"
        with table.row("directories", f"{first} to {second}") as shown:
            apache.fetch()
            _hand_over(apache, kinds[first](home, CLEANER), kinds[second](home), home, count, shown)


def _hand_over(apache, first, second, home, count, shown):
    with process.lowered_on_exit(first):
        data.fill(apache, first, count)
        if first.name == "apache":
            _await_compaction(first)
        filled = data.read(apache, first, home / "filled")
    with process.lowered_on_exit(second):
        filled.check_same(data.read(apache, second, home / "opened"), f"{second.name} on the directory of {first.name}")
        process.run(apache.program("append", second.bootstrap, str(count)), 120)
        appended = data.read(apache, second, home / "appended")
    with process.lowered_on_exit(first):
        appended.check_same(data.read(apache, first, home / "returned"), f"{first.name} after {second.name} wrote")
    shown.append(f"{filled.records()} records opened, {appended.records()} after the other wrote, read back by the first")


def _await_compaction(server):
    def compacted():
        path = server.data / "cleaner-offset-checkpoint"
        return path.exists() and "fill-compact 0 " in path.read_text()

    process.wait_until(compacted, 60, "Apache Kafka compacts fill-compact")
