"""The round trip: every client writes, reads in a group of two, commits; the broker restarts; the group goes on.

A client is a program with two phases, called as `PHASE BOOTSTRAP DIR PREFIX PARTITIONS CODEC=TARGET...`:
`before` creates the topic PREFIX-CODEC, lets two members join the group of that name, sends the records of
DIR/CODEC.input and receives at least TARGET of them into DIR/CODEC.before; `after` lets two members join again and
receives the TARGET records that are left into DIR/CODEC.after. Both phases commit what they received.
"""

import os
import shutil
import sys
import time

from . import process, records
from .apache import HERE
from .console import CODECS, JavaTools, Kcat
from .process import Failure, Skipped

PARTITIONS = 4


class Program:
    """A client that is a program of this suite."""

    units = CODECS

    def __init__(self, name, fetch, null_headers=True):
        self.name = name
        self.fetch = fetch
        self.null_headers = null_headers
        self._argv = None

    def prepare(self):
        self._argv = self.fetch()

    def lines(self, count):
        return records.binary(count, self.null_headers)

    def run(self, phase, place):
        wanted = [f"{codec}={place.target(phase, codec)}" for codec in self.units]
        # one process for all codecs when there is little to send, so that a quick run starts few of them
        for targets in [wanted] if place.count <= 1000 else [[one] for one in wanted]:
            argv = [*self._argv, phase, place.bootstrap, place.folder, self.name, str(place.partitions), *targets]
            process.run(argv, 300)


def all_clients(apache, cache):
    """Every client that the suite knows, in the order of the table."""
    python = HERE / "python"
    return [
        JavaTools(apache),
        Program("java", lambda: apache.program()),
        Program("confluent-kafka", lambda: _pip(cache, ["confluent-kafka==2.16.1"]) + [python / "confluent_kafka_client.py"]),
        Kcat(cache),
        Program("kafka-python", lambda: _pip(cache, ["kafka-python[crc32c,lz4,snappy,zstd]==3.0.12"])
                + [python / "kafka_python_client.py"], null_headers=False),
        Program("rdkafka", lambda: _cargo(cache)),
    ]


def _pip(cache, wanted):
    home = cache / ("python-" + wanted[0].split("[")[0].split("=")[0])
    stamp = home / "complete"
    if not stamp.exists() or stamp.read_text() != " ".join(wanted):
        shutil.rmtree(home, ignore_errors=True)
        try:
            process.run([sys.executable, "-m", "venv", home], 120)
            pip = [home / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            process.run([*pip, *wanted], 300)
        except Failure as failure:
            raise Skipped(f"{wanted[0]} could not be installed: {failure}") from None
        stamp.write_text(" ".join(wanted))
    return [home / "bin" / "python"]


def _cargo(cache):
    if shutil.which("cargo") is None:
        raise Skipped("no cargo on the PATH")
    target = cache / "rdkafka"
    manifest = HERE / "rdkafka" / "Cargo.toml"
    # the flags of the caller's own build are not for somebody else's code
    env = {name: value for name, value in os.environ.items() if name not in ("RUSTFLAGS", "CARGO_TARGET_DIR")}
    argv = ["cargo", "build", "--quiet", "--release", "--locked", "--manifest-path", manifest, "--target-dir", target]
    try:
        process.run(argv, 590, env=env)
    except Failure as failure:
        raise Skipped(f"the rdkafka crate could not be built: {failure}") from None
    return [target / "release" / "ottla-interop-rdkafka"]


class Place:
    """Where one client's trip takes place: the broker, the folder of its files, how many records of each codec."""

    partitions = PARTITIONS

    def __init__(self, bootstrap, folder, count):
        self.bootstrap = bootstrap
        self.folder = folder
        self.count = count
        folder.mkdir(parents=True)

    def sent(self, unit):
        return (self.folder / f"{unit}.input").read_text(encoding="utf-8").split("\n")[:-1]

    def received(self, unit, phase):
        return records.Received(self.folder / f"{unit}.{phase}")

    def target(self, phase, unit):
        return self.count // 2 if phase == "before" else self.count - len(self.received(unit, "before"))


class Trip:
    """One client's round trip and how it ended."""

    def __init__(self, client, place):
        self.client = client
        self.place = place
        self.seconds = 0.0
        self.skipped = None
        self.failed = None

    def attempt(self, step, *args):
        """One step, unless an earlier one went wrong."""
        if self.skipped or self.failed:
            return
        started = time.monotonic()
        try:
            step(*args)
        except Skipped as reason:
            self.skipped = str(reason)
        except Failure as failure:
            self.failed = str(failure)
        self.seconds += time.monotonic() - started

    def write_input(self):
        lines = self.client.lines(self.place.count)
        for unit in self.client.units:
            path = self.place.folder / f"{unit}.input"
            path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")

    def check(self):
        for unit in self.client.units:
            try:
                before, after = self.place.received(unit, "before"), self.place.received(unit, "after")
                records.check_round_trip(self.place.sent(unit), before, after)
            except Failure as failure:
                raise Failure(f"{unit}: {failure}") from None


def round_trips(clients, server, work, count, table):
    """Takes every client through, with one restart of the server for all; a row of the table for each."""
    trips = [Trip(client, Place(server.bootstrap, work / client.name, count)) for client in clients]
    try:
        for trip in trips:
            trip.attempt(trip.client.prepare)
            trip.attempt(trip.write_input)
        if any(trip.skipped is None for trip in trips):
            with process.lowered_on_exit(server):
                for trip in trips:
                    trip.attempt(trip.client.run, "before", trip.place)
                server.stop()
                server.start()
                for trip in trips:
                    trip.attempt(trip.client.run, "after", trip.place)
            for trip in trips:
                trip.attempt(trip.check)
    except Failure as failure:
        for trip in trips:
            trip.failed = trip.failed or f"the server: {failure}"
    for trip in trips:
        passed = f"{count} records of each codec"
        table.add("clients", trip.client.name, trip.seconds, skipped=trip.skipped, failed=trip.failed, passed=passed)
