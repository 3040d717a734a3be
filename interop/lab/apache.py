"""Apache Kafka from its package registry: jars, tools, and this suite's Java programs compiled against them."""

import hashlib
import os
import shutil
import tempfile
import xml.etree.ElementTree
from pathlib import Path

from . import process
from .process import Failure, Skipped

HERE = Path(__file__).resolve().parent.parent

TOOLS = {
    "kafka-broker-api-versions": "org.apache.kafka.tools.BrokerApiVersionsCommand",
    "kafka-console-consumer": "org.apache.kafka.tools.consumer.ConsoleConsumer",
    "kafka-console-producer": "org.apache.kafka.tools.ConsoleProducer",
    "kafka-consumer-groups": "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
    "kafka-dump-log": "org.apache.kafka.tools.DumpLogSegments",
    "kafka-server-start": "kafka.Kafka",
    "kafka-storage": "kafka.tools.StorageTool",
    "kafka-topics": "org.apache.kafka.tools.TopicCommand",
}


class Apache:
    """One fetched Apache Kafka. Fetched at first use; Skipped when there is no JDK or no Maven."""

    def __init__(self, cache):
        self.cache = cache
        self._classes = None

    def tool(self, name, *args):
        """The command line of one of Apache's tools."""
        return self._java("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m") + [TOOLS[name], *args]

    def server(self, properties):
        return self._java("-Xms256m", "-Xmx1g") + [TOOLS["kafka-server-start"], properties]

    def program(self, *args):
        """The command line of a program in interop/java."""
        return self._java("-Xmx1g", classes=self._compiled()) + ["Interop", *args]

    def fetch(self):
        """The folder with everything that belongs on the class path."""
        for tool in ("java", "javac", "mvn"):
            if shutil.which(tool) is None:
                raise Skipped(f"no {tool} on the PATH")
        pom = HERE / "kafka" / "pom.xml"
        version = xml.etree.ElementTree.parse(pom).findtext(".//{*}kafka.version")
        home = self.cache / f"apache-kafka-{version}"
        if not (home / "complete").exists():
            libs = home / "libs"
            libs.mkdir(parents=True, exist_ok=True)
            argv = ["mvn", "-B", "-q", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={libs}"]
            try:
                process.run(argv, timeout_s=600)
            except Failure as failure:
                raise Skipped(f"Apache Kafka {version} could not be fetched: {failure}") from None
            (home / "complete").touch()
        return home / "libs"

    def _java(self, *options, classes=None):
        libs = f"{self.fetch()}/*"
        path = libs if classes is None else f"{classes}{os.pathsep}{libs}"
        log = f"-Dlog4j2.configurationFile={HERE / 'kafka' / 'log4j2.yaml'}"
        return ["java", *options, log, "-cp", path]

    def _compiled(self):
        """The folder of the compiled programs, one for each state of their sources."""
        if self._classes is None:
            sources = sorted((HERE / "java").glob("*.java"))
            state = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
            classes = self.cache / f"java-{state}"
            if not classes.exists():
                making = Path(tempfile.mkdtemp(dir=self.cache))
                process.run(["javac", "-cp", f"{self.fetch()}/*", "-d", making, *sources], timeout_s=120)
                making.rename(classes)
            self._classes = classes
        return self._classes
