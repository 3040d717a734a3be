"""Real text through the console tools byte for byte, and a broker that is killed while records are acknowledged."""

import itertools
import os
import random
from pathlib import Path

from . import process
from .process import Failure

# Where text is found on a machine, best first: package lists, dictionaries, documentation, sources.
SOURCES = ["/var/lib/apt/lists", "/usr/share/dict", "/var/lib/dpkg/info", "/usr/share/doc", "/usr/include", "/usr/share/perl",
           str(Path(os.__file__).parent)]
KILLS = 3


def write(path, count):
    """A file of that many lines of UTF-8 from the machine's own text files, carriage returns left out."""
    written = 0
    with path.open("wb") as out:
        for line in itertools.chain.from_iterable(_lines(source) for source in SOURCES):
            out.write(line)
            written += 1
            if written == count:
                return
    if not written:
        raise process.Skipped("no text files were found")
    _repeat(path, written, count)


def _lines(source):
    for folder, _, names in os.walk(source):
        for name in sorted(names):
            yield from _text_lines(Path(folder) / name)


def _text_lines(path):
    try:
        content = path.read_bytes()
        content.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return
    if b"\0" not in content and b"\r" not in content:
        yield from (line for line in content.splitlines(keepends=True) if line.endswith(b"\n"))


def _repeat(path, written, count):
    """Starts over with the first lines when the machine has too few."""
    lines = path.read_bytes().splitlines(keepends=True)
    with path.open("ab") as out:
        out.writelines(itertools.islice(itertools.cycle(lines), count - written))


def run(apache, ottla, server, work, count, table):
    """Each console producer with each console consumer."""
    tools = {"apache": lambda name, *args: apache.tool(f"kafka-{name}", *args)}
    if ottla is not None:
        tools["ottla"] = lambda name, *args: [ottla, name, *args]
    work.mkdir(parents=True, exist_ok=True)
    source = work / "text"
    write(source, count)
    with process.lowered_on_exit(server):
        for producer, produce in tools.items():
            topic = f"text-{producer}"
            with table.row("text", f"{producer} writes") as shown:
                where = ["--bootstrap-server", server.bootstrap, "--topic", topic]
                process.run(produce("topics", "--create", "--partitions", "1", *where), 60)
                with source.open("rb") as lines:
                    process.run(produce("console-producer", *where), 300, stdin=lines)
                shown.append(f"{count} lines, {source.stat().st_size} bytes")
            readers = tools.items() if shown else ()
            for consumer, consume in readers:
                with table.row("text", f"{producer} to {consumer}") as shown:
                    received = work / f"{producer}-{consumer}"
                    limits = ["--from-beginning", "--max-messages", str(count), "--timeout-ms", "30000"]
                    with received.open("wb") as out:
                        process.run(consume("console-consumer", *where, *limits), 300, stdout=out)
                    _check_same(source, received)
                    shown.append("byte for byte")


def _check_same(source, received):
    expected, given = source.read_bytes(), received.read_bytes()
    if expected == given:
        return
    pairs = itertools.zip_longest(expected.splitlines(), given.splitlines())
    for number, (wanted, got) in enumerate(pairs):
        if wanted != got:
            raise Failure(f"line {number} came back as {str(got)[:200]} instead of {str(wanted)[:200]}")
    raise Failure("the last line differs in how it ends")


def run_kill(apache, server, work, count, table):
    """kill -9 again and again while the official client sends with acks=all: all of it arrives, in order and once."""
    work.mkdir(parents=True, exist_ok=True)
    with table.row("text", "kill -9 under acks=all") as shown:
        sender = apache.program("acked", server.bootstrap, "killed", work / "text")
        write(work / "text", count)
        server.start()
        try:
            where = ["--bootstrap-server", server.bootstrap, "--topic", "killed"]
            process.run(apache.tool("kafka-topics", "--create", "--partitions", "1", *where), 60)
            killed_at = _send_and_kill(sender, server, work, count)
            received = work / "received"
            limits = ["--from-beginning", "--timeout-ms", "15000", "--formatter-property", "print.offset=true"]
            with received.open("wb") as out:
                process.run(apache.tool("kafka-console-consumer", *where, *limits), 300, stdout=out)
            _check_acknowledged(work, received)
            shown.append(f"killed after {killed_at} acknowledged records; all {count} arrived once and in order")
        finally:
            server.stop()


def _send_and_kill(sender, server, work, count):
    acked = work / "acked"
    chance = random.Random(count)
    killed_at = []
    with acked.open("wb") as out, (work / "acked.err").open("wb") as err:
        sending = process.start(sender, stdin=process.subprocess.DEVNULL, stdout=out, stderr=err)

    def ended_or(acknowledged):
        return sending.poll() is not None or acked.read_bytes().count(b"\n") >= acknowledged

    try:
        for kill in range(KILLS):
            wanted = count * (2 * kill + 1) // (2 * KILLS) + chance.randrange(count // (4 * KILLS))
            process.wait_until(lambda: ended_or(wanted), 120, f"{wanted} acknowledged records", every_s=0.02)
            if sending.poll() is not None:
                raise Failure(f"the sender ended early{process.last_lines((work / 'acked.err').read_bytes())}")
            server.kill()
            killed_at.append(acked.read_bytes().count(b"\n"))
            server.start()
        process.wait_until(lambda: sending.poll() is not None, 200, "the sender ends")
    finally:
        process.end(sending, wait_s=5)
    if sending.returncode != 0:
        raise Failure(f"the sender failed{process.last_lines((work / 'acked.err').read_bytes())}")
    return killed_at


def _check_acknowledged(work, received):
    sent = (work / "text").read_bytes().split(b"\n")[:-1]
    stored = {}
    for line in received.read_bytes().split(b"\n")[:-1]:
        offset, value = line.split(b"\t", 1)
        stored[int(offset.removeprefix(b"Offset:"))] = value
    acked = [line.split() for line in (work / "acked").read_bytes().splitlines()]
    lost = [index for index, offset in acked if stored.get(int(offset)) != sent[int(index)]]
    if lost:
        raise Failure(f"{len(lost)} of {len(acked)} acknowledged records are not there, the first is line {int(lost[0])}")
    values = [value for _, value in sorted(stored.items())]
    if values != sent:
        raise Failure(f"{len(values)} records are stored instead of {len(sent)}, or in another order")
