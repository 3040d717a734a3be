#!/usr/bin/env python3
"""How fast Apache Kafka and Ottla compact the same directory, which Apache Kafka filled. In turn, each on a copy of its own."""

import argparse
import os
import re
import shutil
import signal
import statistics
import sys
import tempfile
from pathlib import Path

from lab import process, servers
from lab.apache import Apache

TOPIC = "keyed"
# Nothing is dirtier than all: while it is filled, nothing is cleaned.
FILLING = ["log.cleaner.min.cleanable.ratio=1.0"]
CLEANING = ["log.cleaner.min.cleanable.ratio=0.01", "log.cleaner.threads=1", "log.cleaner.backoff.ms=1000"]
NUMBER = r"([\d.,]+)"
RATE = re.compile(rf"cleaned log {TOPIC}-0 .*?{NUMBER} MB of log processed in {NUMBER} seconds \({NUMBER} MB/sec\)", re.S)
LEFT = {
    "apache": re.compile(rf"cleaned log {TOPIC}-0 .*?End size: {NUMBER} MB \({NUMBER} messages\)", re.S),
    "ottla": re.compile(rf"cleaned log {TOPIC}-0 .*? messages before, (?P<messages>\d+) messages in", re.S),
}


def main():
    options = parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    cache = Path(os.environ.get("OTTLA_INTEROP_CACHE") or Path.home() / ".cache" / "ottla-interop")
    cache.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="ottla-cleaner-", dir=options.dir))
    try:
        compare(Apache(cache), options, work)
    finally:
        process.end_all()
        shutil.rmtree(work)


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ottla", type=Path, required=True, metavar="BINARY", help="of a release build")
    parser.add_argument("--records", type=int, default=1_500_000, metavar="N", help="of 1 KB (default 1,500,000)")
    parser.add_argument("--codec", default="none", help="of the producer (default none)")
    parser.add_argument("--filled", type=Path, metavar="DIR", help="filled if it is not there, and kept")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="each with both servers (default 3)")
    parser.add_argument("--dir", type=Path, help="where three times the data fit (default: for temporary files)")
    return parser.parse_args()


def compare(apache, options, work):
    filler = servers.ApacheNode(apache, options.filled or work / "filled", FILLING)
    if not filler.data.exists():
        with process.lowered_on_exit(filler):
            process.run(apache.program("keyed", filler.bootstrap, TOPIC, str(options.records), options.codec), 1800)
    print(f"load average {Path('/proc/loadavg').read_text().strip()}; {options.records} records, {options.codec}")
    rates = {"apache": [], "ottla": []}
    for turn in range(options.rounds):
        for name in ("apache", "ottla") if turn % 2 == 0 else ("ottla", "apache"):
            home = work / name
            shutil.copytree(filler.data, home / "data-1")
            os.sync()
            node = server(name, apache, options.ottla.resolve(), home)
            rates[name].append(clean(node))
            shutil.rmtree(home)
    both = zip(rates["ottla"], rates["apache"])
    ratio = statistics.median(ours / theirs for ours, theirs in both)
    middle = {name: statistics.median(found) for name, found in rates.items()}
    print(f"ottla {middle['ottla']:.0f} MB/s, apache {middle['apache']:.0f} MB/s, median of the ratios {ratio:.2f}")


def server(name, apache, ottla, home):
    if name == "ottla":
        return servers.OttlaNode(ottla, home, CLEANING)
    return TalkingApacheNode(apache, home, CLEANING)


class TalkingApacheNode(servers.ApacheNode):
    def argv(self):
        java, *rest = super().argv()
        return [java, "-Dinterop.log=INFO", *rest]


def clean(node):
    """Starts the server, waits for its first clean of the topic, and gives the rate that it logs."""
    with process.lowered_on_exit(node):
        found = process.wait_until(lambda: RATE.search(node.log.read_text("utf-8", "replace")), 900, "a clean", 0.5)
        log = process.wait_until(lambda: LEFT[node.name].search(node.log.read_text("utf-8", "replace")), 5, "its end")
        megabytes, seconds, rate = (float(text.replace(",", "")) for text in found.groups())
        messages = log.groups()[-1].replace(",", "")
        cpu = cleaner_cpu(node.pid)
    print(
        f"{node.name}: {megabytes:.0f} MB in {seconds:.1f} s, {rate:.1f} MB/s, "
        f"cleaner thread {cpu:.1f} CPU s; {messages} messages left",
        flush=True,
    )
    return rate


def cleaner_cpu(pid):
    """CPU seconds of the threads that clean; the JVM's other threads are not counted."""
    ticks = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        if "log-clean" in (task / "comm").read_text():
            fields = (task / "stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
