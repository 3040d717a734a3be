#!/usr/bin/env python3
"""Real Kafka clients, tools and data directories against a live broker. See README.md beside this file."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from lab import clients, directories, process, segments, servers, text, versions
from lab.apache import Apache
from lab.table import Table

QUICK = ("tools", "java", "confluent-kafka")
# Records of each topic in the scenarios about data: a few megabytes, so several segments.
FILL = 4000


def main():
    options = parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    work = Path(tempfile.mkdtemp(prefix="ottla-interop-"))
    table = Table()
    kept = options.keep
    try:
        Run(options, work, table).all()
        passed = table.show()
        kept = kept or not passed
    finally:
        process.end_all()
        if kept:
            print(f"interop: everything is in {work}")
        else:
            shutil.rmtree(work)
    return 0 if passed else 1


def parse():
    parser = argparse.ArgumentParser(prog="cargo xtask interop", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"1,000 records through {', '.join(QUICK)}, nothing else")
    parser.add_argument("--server-kind", choices=("ottla", "apache"), default="ottla", help="the broker to start")
    parser.add_argument("--ottla", type=Path, metavar="BINARY", help="the ottla binary (cargo xtask gives the one it built)")
    parser.add_argument("--server", metavar="HOST:PORT", help="a broker that runs already; it is not restarted")
    parser.add_argument("--only", metavar="NAMES", help="clients and scenarios to run, separated by commas")
    parser.add_argument("--records", type=int, metavar="N", help="records of each codec (default 100,000; quick 1,000)")
    parser.add_argument("--lines", type=int, metavar="N", default=1_000_000, help="lines of text (default 1,000,000)")
    parser.add_argument("--keep", action="store_true", help="keep the folder with data and logs after success")
    options = parser.parse_args()
    if options.server is None and options.server_kind == "ottla" and options.ottla is None:
        parser.error("--ottla BINARY is needed to start ottla")
    return options


class Run:
    """One run: which scenarios, against which broker."""

    def __init__(self, options, work, table):
        self.options = options
        self.work = work
        self.table = table
        self.cache = Path(os.environ.get("OTTLA_INTEROP_CACHE") or Path.home() / ".cache" / "ottla-interop")
        self.cache.mkdir(parents=True, exist_ok=True)
        self.apache = Apache(self.cache)

    def all(self):
        self.clients()
        if self.options.server is None and not self.options.quick:
            self.data()

    def data(self):
        """The scenarios that need a server of their own, each with files that Apache's tools judge."""
        ottla = self.options.ottla.resolve() if self.options.ottla else None
        if self.wanted("versions"):
            reference = servers.ApacheNode(self.apache, self.work / "reference")
            versions.run(self.apache, reference, self.server("versions"), self.work / "versions", self.table)
        if self.wanted("segments"):
            work = self.work / "segments"
            segments.run(self.apache, ottla, self.server("segments"), work, FILL, self.table)
        if self.wanted("directories"):
            directories.run(self.apache, ottla, self.work / "directories", FILL, self.table)
        if self.wanted("text"):
            work = self.work / "text"
            text.run(self.apache, ottla, self.server("text"), work, self.options.lines, self.table)
        if self.wanted("kill"):
            work = self.work / "kill"
            text.run_kill(self.apache, self.server("kill"), work, min(self.options.lines, 200_000), self.table)

    def clients(self):
        count = self.options.records or (1000 if self.options.quick else 100_000)
        chosen = [client for client in clients.all_clients(self.apache, self.cache) if self.wanted(client.name)]
        if chosen:
            server = self.server("clients", [f"num.partitions={clients.PARTITIONS}"])
            clients.round_trips(chosen, server, self.work / "clients", count, self.table)

    def wanted(self, name):
        if self.options.only is not None:
            return name in self.options.only.split(",")
        return name in QUICK or not self.options.quick

    def server(self, name, settings=()):
        """The broker under test, fresh, with its files in a folder of that name."""
        if self.options.server is not None:
            return servers.Elsewhere(self.options.server)
        home = self.work / name / "server"
        if self.options.server_kind == "apache":
            return servers.ApacheNode(self.apache, home, settings)
        return servers.OttlaNode(self.options.ottla.resolve(), home, settings)


if __name__ == "__main__":
    sys.exit(main())
