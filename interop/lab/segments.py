"""Segments that the server wrote, read by Apache's kafka-dump-log.sh and by `ottla dump-log`."""

import itertools
import re

from . import data, process
from .process import Failure

COMPLAINTS = re.compile(rb"isvalid: false|[Mm]ismatch|not found in|Non-consecutive|ound timestamp|xception|out of order")
# Which files are dumped with which options; a pattern is relative to the log directory.
DUMPS = [
    ("fill-*/*.log", ["--deep-iteration", "--print-data-log"]),
    ("fill-*/*.log", ["--deep-iteration", "--skip-record-metadata"]),
    ("fill-*/*.index", ["--index-sanity-check"]),
    ("fill-*/*.index", ["--verify-index-only"]),
    ("fill-*/*.timeindex", []),
    ("fill-*/*.txnindex", []),
    ("fill-*/*.snapshot", []),
    ("__consumer_offsets-*/*.log", ["--offsets-decoder", "--deep-iteration"]),
    ("__cluster_metadata-0/*.log", ["--cluster-metadata-decoder", "--deep-iteration"]),
    ("__cluster_metadata-0/*.checkpoint", ["--cluster-metadata-decoder"]),
]


def run(apache, ottla, server, work, count, table):
    files = {}
    work.mkdir(parents=True, exist_ok=True)
    with table.row("segments", "fill") as shown:
        apache.fetch()
        with process.lowered_on_exit(server):
            data.fill(apache, server, count, work / "ledger")
        for pattern, _ in DUMPS:
            files[pattern] = sorted(path for path in server.data.glob(pattern) if path.stat().st_size > 0)
        shown.append(f"{len(files['fill-*/*.log'])} segments with data")
    if not any(files.values()):
        return
    for number, (pattern, options) in enumerate(DUMPS):
        name = " ".join([pattern.split("*")[0].rstrip("-/") + pattern[pattern.rindex("."):], *options])
        with table.row("segments", name) as shown:
            dump(apache, ottla, files[pattern], options, work / f"dump-{number}", shown)


def dump(apache, ottla, files, options, folder, shown):
    """Failure if one of the two tools complains of these files, or they do not print the same."""
    if not files:
        shown.append("no such file was written")
        return
    folder.mkdir(parents=True)
    args = [*options, "--files", ",".join(str(path) for path in files)]
    theirs, ours = folder / "apache", folder / "ottla"
    with theirs.open("wb") as out:
        process.run(apache.tool("kafka-dump-log", *args), 300, stdout=out)
    expected = theirs.read_bytes().split(b"\n")
    complaints = [line for line in expected if COMPLAINTS.search(line.split(b" payload: ")[0])]
    if complaints:
        raise Failure(f"kafka-dump-log.sh complains, {len(complaints)} lines, the first: {_shown(complaints[0])}")
    shown.append(f"{len(files)} files, {len(expected) - 1} lines without complaint")
    if ottla is None:
        return
    try:
        with ours.open("wb") as out:
            process.run([ottla, "dump-log", *args], 300, stdout=out)
    except Failure as failure:
        raise Failure(f"kafka-dump-log.sh has no complaint, but {failure}") from None
    given = ours.read_bytes().split(b"\n")
    for number, (wanted, got) in enumerate(itertools.zip_longest(expected, given), 1):
        if wanted != got:
            raise Failure(f"ottla dump-log differs in line {number}\n      apache {_shown(wanted)}\n      ottla  {_shown(got)}")
    shown.append("ottla dump-log prints the same")


def _shown(line):
    return "nothing" if line is None else repr(line[:300])[1:]
