"""The table at the end: what was tried, how it went, how long it took."""

import time
from contextlib import contextmanager

from .process import Failure, Skipped


class Table:
    def __init__(self):
        self.rows = []

    def add(self, scenario, name, seconds, skipped=None, failed=None, passed=""):
        """A reason in `skipped` or `failed` decides; `passed` says what the success consists of."""
        if skipped is not None:
            result, note = "skipped", skipped
        elif failed is not None:
            result, note = "FAILED", failed
        else:
            result, note = "passed", passed
        self.rows.append((scenario, name, result, seconds, note))
        print(f"interop: {scenario} {name}: {result} in {seconds:.0f} s: {note}", flush=True)

    @contextmanager
    def row(self, scenario, name):
        """One row for the block; the block may append words on what it showed to the list it is given."""
        started = time.monotonic()
        shown, skipped, failed = [], None, None
        try:
            yield shown
        except Skipped as reason:
            skipped = str(reason)
        except Failure as failure:
            failed = str(failure)
        self.add(scenario, name, time.monotonic() - started, skipped, failed, "; ".join(shown))

    def show(self):
        print()
        width = max((len(name) for _, name, *_ in self.rows), default=0)
        for scenario, name, result, seconds, note in self.rows:
            line = note.splitlines()[0] if note else ""
            print(f"{scenario:<12} {name:<{width}} {result:<8} {seconds:>5.0f} s  {line}")
        counts = [sum(row[2] == result for row in self.rows) for result in ("passed", "FAILED", "skipped")]
        print("\n{} passed, {} failed, {} skipped".format(*counts), flush=True)
        # A run that ran nothing shows nothing.
        return counts[1] == 0 and bool(self.rows)
