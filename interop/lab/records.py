"""The records of a round trip: made from a seed, written one a line, and compared with what came back.

A line is KEY, HEADERS and VALUE, separated by tabs; HEADERS are NAME=VALUE, separated by commas.
Bytes stand in hexadecimal with "-" for null, or as they are for clients that only carry text.
What a member received is the same line after its number, the partition and the offset.
"""

import random
from collections import defaultdict

from .process import Failure

WORDS = "stream log offset batch leader epoch segment Größe журнал 記録 topic".split()


def binary(count, null_headers):
    """Records with every sort of key, value and header; not every client can send a header whose value is null."""
    source = random.Random(count)
    lines = []
    for index in range(count):
        key = None if index % 89 == 5 else _key(source, index)
        # kafka-python refuses a record with neither
        value = None if index % 97 == 3 and key is not None else _payload(source, index)
        head = (None if null_headers else b"") if value is None else value[:9]
        headers = [("n", b"%d" % index), ("head", head), ("empty", b"")][: 1 + index % 3]
        shown = ",".join(f"{name}={_hex(data)}" for name, data in headers)
        lines.append(f"{_hex(key)}\t{shown}\t{_hex(value)}")
    return lines


def text(count, headers=None):
    """Records that a console can carry; `headers` if each is to have the same ones."""
    source = random.Random(count)
    lines = []
    for index in range(count):
        words = " ".join(source.choices(WORDS, k=source.randrange(1, 30)))
        shown = headers or f"n={index},word={source.choice(WORDS)}"
        lines.append(f"key{source.randrange(500)}\t{shown}\t{index}: {words}")
    return lines


def _key(source, index):
    return b"k%d" % (index % 500) if index % 7 == 0 else source.randbytes(source.randrange(1, 24))


def _payload(source, index):
    size = source.randrange(8000) if index % 100 == 1 else source.randrange(300)
    if index % 2:
        return source.randbytes(size)
    return (b"record %d; " % index * (size // 8 + 1))[:size]


def _hex(data):
    return "-" if data is None else data.hex()


class Received:
    """What the two members of a group wrote down in one phase."""

    def __init__(self, path):
        self.rows = []
        if path.exists():
            for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
                member, partition, offset, record = line.split("\t", 3)
                self.rows.append((member, int(partition), int(offset), record))

    def __len__(self):
        return len(self.rows)

    def members(self):
        return {row[0] for row in self.rows}


def check_round_trip(sent, before, after):
    """Failure unless both members took part, none was received twice, and all came back as it was sent, in order."""
    if len(before.members()) != 2:
        raise Failure(f"before the restart {len(before.members())} of 2 members received records")
    if not before.rows or not after.rows:
        raise Failure(f"{len(before)} records before the restart and {len(after)} after it: nothing was resumed")
    by_partition = defaultdict(dict)
    for _, partition, offset, record in before.rows + after.rows:
        if offset in by_partition[partition]:
            raise Failure(f"offset {offset} of partition {partition} was received twice")
        by_partition[partition][offset] = record
    index_of = {line: index for index, line in enumerate(sent)}
    if len(index_of) != len(sent):
        raise Failure("the records to send are not unique")
    missing = set(index_of)
    for partition, offsets in by_partition.items():
        _check_partition(partition, offsets, index_of, missing)
    if missing:
        raise Failure(f"{len(missing)} records did not come back, one of them {next(iter(missing))[:120]!r}")


def _check_partition(partition, offsets, index_of, missing):
    if sorted(offsets) != list(range(len(offsets))):
        raise Failure(f"partition {partition} has gaps: {len(offsets)} records up to offset {max(offsets)}")
    last = -1
    for offset in range(len(offsets)):
        index = index_of.get(offsets[offset])
        if index is None:
            raise Failure(f"partition {partition} offset {offset} was never sent like that: {offsets[offset][:200]!r}")
        if index <= last:
            raise Failure(f"partition {partition} offset {offset} is record {index}, after record {last}")
        last = index
        missing.discard(offsets[offset])
