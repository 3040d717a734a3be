"""The broker under test: Ottla, Apache Kafka, or one that somebody else started."""

import base64
import signal
import socket
import struct
import uuid

from . import process
from .process import Failure

PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller_port}
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs={data}
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
"""


class Node:
    """One combined node on loopback whose files lie in one folder; both servers read the same node-1.properties."""

    coordinates_transactions = False

    def __init__(self, home, settings=()):
        self.home = home
        self.data = home / "data-1"
        self.properties = home / "node-1.properties"
        self.log = home / "node-1.log"
        self._process = None
        home.mkdir(parents=True, exist_ok=True)
        if not self.properties.exists():
            text = PROPERTIES.format(port=process.free_port(), controller_port=process.free_port(), data=self.data)
            self.properties.write_text(text + "".join(f"{line}\n" for line in settings))

    @property
    def bootstrap(self):
        for line in self.properties.read_text().splitlines():
            if line.startswith("advertised.listeners="):
                return line.split("://", 1)[1]
        raise Failure(f"{self.properties} has no advertised.listeners")

    @property
    def pid(self):
        return self._process.pid

    def start(self):
        if not (self.data / "meta.properties").exists():
            self.format()
        with self.log.open("ab") as log:
            self._process = process.start(self.argv(), stdin=process.subprocess.DEVNULL, stdout=log, stderr=log)
        process.wait_until(self._answers, 60, f"{self.name} answers on {self.bootstrap}")

    def stop(self):
        """SIGTERM, which must end it with code 0 (143 for a JVM) in time."""
        ended, self._process = self._process, None
        if ended is None:
            return
        if process.end(ended, wait_s=60):
            raise Failure(f"{self.name} did not end within 60 s of SIGTERM{self._complaint()}")
        if ended.returncode not in (0, 143):
            raise Failure(f"{self.name} ended with code {ended.returncode} after SIGTERM{self._complaint()}")

    def kill(self):
        ended, self._process = self._process, None
        process.end(ended, signal.SIGKILL)

    def _answers(self):
        if self._process.poll() is not None:
            raise Failure(f"{self.name} ended with code {self._process.returncode}{self._complaint()}")
        return answers(self.bootstrap)

    def _complaint(self):
        return process.last_lines(self.log.read_bytes())


class ApacheNode(Node):
    name = "apache"
    coordinates_transactions = True

    def __init__(self, apache, home, settings=()):
        super().__init__(home, settings)
        self._apache = apache

    def format(self):
        cluster = base64.urlsafe_b64encode(b"\x01" + uuid.uuid4().bytes[1:]).decode().rstrip("=")
        process.run(self._apache.tool("kafka-storage", "format", "-t", cluster, "-c", self.properties), 60)

    def argv(self):
        return self._apache.server(self.properties)


class OttlaNode(Node):
    name = "ottla"

    def __init__(self, binary, home, settings=()):
        super().__init__(home, settings)
        self._binary = binary

    def format(self):
        """Nothing: a node that is its own only voter formats an empty directory itself."""

    def argv(self):
        return [self._binary, "server-start", self.properties]


class Elsewhere:
    """A broker that was there before and stays: it is not restarted."""

    name = "elsewhere"

    def __init__(self, bootstrap):
        self.bootstrap = bootstrap

    def start(self):
        if not answers(self.bootstrap):
            raise Failure(f"nobody answers on {self.bootstrap}")

    def stop(self):
        """Not ours to stop."""


def answers(bootstrap):
    """Whether a broker answers ApiVersions (key 18, version 0) at HOST:PORT."""
    host, port = bootstrap.split(",")[0].rsplit(":", 1)
    request = struct.pack(">hhih", 18, 0, 1, -1)
    try:
        with socket.create_connection((host, int(port)), timeout=2) as connection:
            connection.sendall(struct.pack(">i", len(request)) + request)
            return len(connection.recv(4)) == 4
    except OSError:
        return False
