"""Child processes: each bounded in time, each ended by its own id, none left behind."""

import os
import signal
import socket
import subprocess
import time
from contextlib import contextmanager


class Failure(Exception):
    """Something that had to hold did not."""


class Skipped(Exception):
    """Something that the machine lacks, in words for the table."""


_live = set()


def start(argv, **options):
    """Starts a process in a session of its own, known to `end_all`."""
    process = subprocess.Popen([str(arg) for arg in argv], start_new_session=True, **options)
    _live.add(process)
    return process


def end(process, how=signal.SIGTERM, wait_s=30):
    """Signals a process, waits, and kills it (with what it started) when it does not end."""
    if process.poll() is None:
        process.send_signal(how)
    try:
        process.wait(wait_s)
        late = False
    except subprocess.TimeoutExpired:
        _kill_session(process)
        late = True
    _live.discard(process)
    return late


def end_all():
    for process in list(_live):
        if process.poll() is None:
            _kill_session(process)
        _live.discard(process)


def _kill_session(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait(10)


def run(argv, timeout_s, stdin=subprocess.DEVNULL, stdout=None, env=None, cwd=None, codes=(0,)):
    """Runs to the end and gives stdout as text (or fills the file `stdout`); Failure unless the code is expected."""
    process = start(argv, stdin=stdin, stdout=stdout or subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=cwd)
    try:
        out, err = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired:
        _kill_session(process)
        out, err = process.communicate()
        raise Failure(f"{describe(argv)} did not end within {timeout_s} s{last_lines(err)}") from None
    finally:
        _live.discard(process)
    if process.returncode not in codes:
        raise Failure(f"{describe(argv)} ended with code {process.returncode}{last_lines(err or out)}")
    return (out or b"").decode("utf-8", "replace")


def describe(argv):
    """The command in one short line."""
    words = [os.path.basename(str(argv[0]))] + [str(word) for word in argv[1:]]
    line = " ".join(words)
    return line if len(line) < 160 else line[:157] + "..."


def last_lines(text, count=6):
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    lines = [line for line in (text or "").splitlines() if line.strip()]
    return "".join("\n      " + line[:300] for line in lines[-count:])


def wait_until(condition, timeout_s, what, every_s=0.1):
    """Asks until the condition gives something true, and gives that."""
    deadline = time.monotonic() + timeout_s
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise Failure(f"{what}: not within {timeout_s} s")
        time.sleep(every_s)


def free_port():
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def lowered_on_exit(server):
    """Starts a server for the block and stops it after, whatever happened."""
    server.start()
    try:
        yield server
    finally:
        server.stop()
