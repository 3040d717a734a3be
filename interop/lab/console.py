"""The round trip through clients that work from the command line: Apache's tools and kcat.

Both write all codecs to one topic, one after the other; the group stops after the first three and goes on with the rest.
"""

import re
import shutil
import signal
import time

from . import process, records
from .process import Failure, Skipped

CODECS = ("none", "gzip", "snappy", "lz4", "zstd")
FIRST = 3
# How long nothing may arrive before nothing more is expected.
PATIENCE_S = 40


class Console:
    """The course of the trip; a client adds how its commands are called and how its output reads."""

    units = ("all",)
    headers = None

    def lines(self, count):
        return records.text(count * len(CODECS), self.headers)

    def run(self, phase, place):
        if phase == "before":
            self.create_topic(place)
            with self._members(place, phase) as members:
                self.await_assignments(place, members)
                self._produce(place, CODECS[:FIRST])
                self._receive(members, place.count * FIRST)
            self._produce(place, CODECS[FIRST:])
        else:
            with self._members(place, phase) as members:
                self._receive(members, place.count * (len(CODECS) - FIRST))

    def _produce(self, place, codecs):
        sent = place.sent("all")
        for codec in codecs:
            at = CODECS.index(codec) * place.count
            path = place.folder / f"{codec}.lines"
            path.write_text("".join(self.typed(line) + "\n" for line in sent[at : at + place.count]), encoding="utf-8")
            self.produce(place, codec, path)

    def _members(self, place, phase):
        return Members(self, place, place.folder / f"all.{phase}")

    def _receive(self, members, count):
        last, since = 0, time.monotonic()
        while (received := members.received()) < count and not members.ended() and time.monotonic() < since + PATIENCE_S:
            if received > last:
                last, since = received, time.monotonic()
            time.sleep(0.3)
        if members.received() != count:
            raise Failure(f"{members.received()} of {count} records arrived{members.complaint()}")


class Members:
    """Two consumers in one group, each writing to a file; what they wrote is joined when they end."""

    def __init__(self, client, place, joined):
        self.client = client
        self.joined = joined
        self.processes = []
        self.outs = [place.folder / f"{joined.name}.{number}" for number in range(2)]
        self.errs = [out.with_name(out.name + ".err") for out in self.outs]
        for out, err in zip(self.outs, self.errs):
            with out.open("wb") as stdout, err.open("wb") as stderr:
                self.processes.append(process.start(client.consumer(place), stdout=stdout, stderr=stderr,
                                                    stdin=process.subprocess.DEVNULL))

    def __enter__(self):
        return self

    def __exit__(self, *failed):
        late = [process.end(member, signal.SIGTERM, 30) for member in self.processes]
        with self.joined.open("w", encoding="utf-8") as joined:
            for number, out in enumerate(self.outs):
                for line in out.read_text(encoding="utf-8").split("\n")[:-1]:
                    joined.write(f"{number}\t{self.client.row(line)}\n")
        if any(late) and failed == (None, None, None):
            raise Failure("a consumer did not end within 30 s of SIGTERM")

    def received(self):
        return sum(out.read_bytes().count(b"\n") for out in self.outs)

    def ended(self):
        return any(member.poll() is not None for member in self.processes)

    def complaint(self):
        return "".join(process.last_lines(err.read_bytes()) for err in self.errs)


class JavaTools(Console):
    """kafka-topics, kafka-console-producer, kafka-console-consumer and kafka-consumer-groups of Apache Kafka."""

    name = "tools"

    def __init__(self, apache):
        self.apache = apache

    def prepare(self):
        self.apache.fetch()

    def create_topic(self, place):
        self._tool(place, "kafka-topics", "--create", "--topic", self.name, "--partitions", str(place.partitions),
                   "--replication-factor", "1")
        listed = self._tool(place, "kafka-topics", "--list").split()
        if self.name not in listed:
            raise Failure(f"kafka-topics --list does not show {self.name}: {listed}")

    def await_assignments(self, place, members):
        def assigned():
            if members.ended():
                raise Failure(f"a consumer ended{members.complaint()}")
            shown = self._tool(place, "kafka-consumer-groups", "--describe", "--members", "--group", self.name)
            rows = [line.split() for line in shown.splitlines()]
            return sum(row[:1] == [self.name] and int(row[-1]) > 0 for row in rows) == 2

        process.wait_until(assigned, 60, "two members with partitions in kafka-consumer-groups")

    def produce(self, place, codec, path):
        argv = self.apache.tool("kafka-console-producer", "--bootstrap-server", place.bootstrap, "--topic", self.name,
                                "--compression-codec", codec, "--reader-property", "parse.key=true",
                                "--reader-property", "parse.headers=true")
        with path.open("rb") as lines:
            process.run(argv, 300, stdin=lines)

    def consumer(self, place):
        shown = ("print.partition", "print.offset", "print.headers", "print.key")
        properties = [word for name in shown for word in ("--formatter-property", f"{name}=true")]
        return self.apache.tool("kafka-console-consumer", "--bootstrap-server", place.bootstrap, "--topic", self.name,
                                "--group", self.name, "--from-beginning", *properties)

    def typed(self, line):
        key, headers, value = line.split("\t")
        return f"{headers.replace('=', ':')}\t{key}\t{value}"

    def row(self, line):
        partition, offset, headers, key, value = line.split("\t")
        return "\t".join([partition.removeprefix("Partition:"), offset.removeprefix("Offset:"), key,
                          headers.replace(":", "="), value])

    def _tool(self, place, name, *args):
        return process.run(self.apache.tool(name, "--bootstrap-server", place.bootstrap, *args), 60)


class Kcat(Console):
    """kcat; the topic is made by the broker when kcat first asks for it, and all records carry the same headers."""

    name = "kcat"
    headers = "from=kcat,line=text"

    def __init__(self, cache):
        self.cache = cache
        self.argv = None

    def prepare(self):
        found = shutil.which("kcat")
        self.argv = [found] if found else self._fetch()

    def _fetch(self):
        """Debian's package and what it needs, unpacked into the cache: nothing is installed."""
        home = self.cache / "kcat"
        if not (home / "complete").exists():
            for tool in ("apt-get", "dpkg"):
                if shutil.which(tool) is None:
                    raise Skipped(f"no kcat and no {tool} on the PATH")
            home.mkdir(parents=True, exist_ok=True)
            try:
                planned = process.run(["apt-get", "--simulate", "install", "--no-install-recommends", "kcat"], 120)
                process.run(["apt-get", "download", *re.findall(r"^Inst (\S+)", planned, re.MULTILINE)], 300, cwd=home)
                for package in home.glob("*.deb"):
                    process.run(["dpkg", "-x", package, home], 60)
            except Failure as failure:
                raise Skipped(f"kcat could not be fetched: {failure}") from None
            (home / "complete").touch()
        libraries = ":".join(str(folder) for folder in (home / "usr" / "lib").iterdir())
        return ["env", f"LD_LIBRARY_PATH={libraries}", home / "usr" / "bin" / "kcat"]

    def create_topic(self, place):
        def made():
            shown = process.run([*self.argv, "-L", "-b", place.bootstrap, "-t", self.name], 60)
            return f'topic "{self.name}" with {place.partitions} partitions' in shown

        process.wait_until(made, 30, f"kcat -L shows {self.name} with {place.partitions} partitions", every_s=0.3)

    def await_assignments(self, place, members):
        def assigned():
            if members.ended():
                raise Failure(f"a consumer ended{members.complaint()}")
            last = [re.findall(r"assigned: (.*)", err.read_text(encoding="utf-8")) for err in members.errs]
            return all(lines and lines[-1].count("[") == place.partitions // 2 for lines in last)

        process.wait_until(assigned, 60, "two members with partitions in kcat's messages")

    def produce(self, place, codec, path):
        headers = [word for header in self.headers.split(",") for word in ("-H", header)]
        process.run([*self.argv, "-P", "-b", place.bootstrap, "-t", self.name, "-z", codec, "-K", r"\t", *headers,
                     "-X", "acks=all", "-l", path], 300)

    def consumer(self, place):
        return [*self.argv, "-b", place.bootstrap, "-u", "-f", r"%p\t%o\t%k\t%h\t%s\n", "-X",
                "auto.offset.reset=earliest", "-G", self.name, self.name]

    def typed(self, line):
        key, _, value = line.split("\t")
        return f"{key}\t{value}"

    def row(self, line):
        return line
