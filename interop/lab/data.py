"""What the scenarios about data have in common: a broker filled by the official client, and what a client reads of it."""

from collections import defaultdict

from . import process
from .process import Failure


def fill(apache, server, count):
    """Topics of every sort, see java/Fill.java."""
    return process.run(apache.program("fill", server.bootstrap, str(count)), 300)


def read(apache, server, path):
    """All that a client can see, see java/Read.java."""
    process.run(apache.program("read", server.bootstrap, path), 300)
    return View(path)


class View:
    """Records, offsets and commits that a client saw."""

    def __init__(self, path):
        self.lines = []
        self.compacted = defaultdict(dict)
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            fields = line.split("\t")
            if "fill-compact" in line.split("\t", 2)[1]:
                self._add_compacted(fields)
            elif not fields[1].startswith("__"):
                self.lines.append(line)

    def _add_compacted(self, fields):
        """Compaction may go on at any time: only the last record of each key is fixed."""
        if fields[0] == "record":
            self.compacted[fields[7]] = fields[3:]

    def records(self):
        return sum(line.startswith("record") for line in self.lines) + len(self.compacted)

    def check_same(self, other, who):
        """Failure with the first difference unless the other view is the same."""
        for number, (ours, theirs) in enumerate(zip(self.lines, other.lines)):
            if ours != theirs:
                raise Failure(f"{who} gives at line {number}\n      {theirs[:300]}\n      instead of\n      {ours[:300]}")
        if len(self.lines) != len(other.lines):
            longer = max(self.lines, other.lines, key=len)
            extra = longer[min(len(self.lines), len(other.lines))]
            raise Failure(f"{who} gives {len(other.lines)} lines instead of {len(self.lines)}, the next is {extra[:300]}")
        for key in sorted(self.compacted.keys() | other.compacted.keys()):
            ours, theirs = self.compacted.get(key), other.compacted.get(key)
            if ours != theirs:
                raise Failure(f"{who} gives for compacted key {key}\n      {theirs}\n      instead of\n      {ours}")
