"""Every request at every version, sent to Apache Kafka and to the server under test: the answers must be the same.

What differs from broker to broker (ports, folders, ids, documentation texts) is taken out before the comparison. One row for each API,
one line for each field that differs, with the versions at which it does.
"""

import json
import re
from collections import defaultdict

from . import process
from .process import Failure

VOLATILE = {"port", "host", "clientHost", "clusterId", "logDir", "totalBytes", "usableBytes", "throttleTimeMs", "producerId",
            "memberId", "leader", "finalizedFeaturesEpoch", "documentation"}
MEMBER = re.compile(r"interop-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ZERO_ID = "A" * 22
# Lists whose order means nothing, by the field that names an element.
KEYED = ("apiKey", "name", "groupId", "topic", "topicId", "partitionIndex", "partition", "key", "errorCode")


def run(apache, reference, server, work, table):
    """`reference` is a fresh Apache Kafka, `server` the one under test."""
    answers = []
    with table.row("versions", "ask both") as shown:
        apache.fetch()
        work.mkdir(parents=True, exist_ok=True)
        answers = [_answers(apache, node, work / node.home.parent.name) for node in (reference, server)]
        shown.append(f"{sum(len(of_api) for of_api in answers[0].values())} requests")
    if len(answers) < 2:
        return
    for api, expected in answers[0].items():
        with table.row("versions", api) as shown:
            _compare(expected, answers[1].get(api, {}), server.name)
            shown.append(f"{len(expected)} answers alike")


def _answers(apache, node, path):
    """The answers by API and by version; a further request at the same version is marked by +."""
    program = apache.program("versions", node.bootstrap, path)
    with process.lowered_on_exit(node):
        process.run(program, 200)
    answers = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        name, answer = line.split("\t", 1)
        api, version = name.rsplit(" ", 1)
        while version in answers[api]:
            version += "+"
        answers[api][version] = _steady(json.loads(answer)) if answer.startswith("{") else answer
    return answers


def _steady(value, name=""):
    """The value without what differs from broker to broker."""
    if isinstance(value, dict):
        return {name: _steady(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        inner = [_steady(inner) for inner in value]
        key = next((key for key in KEYED if inner and isinstance(inner[0], dict) and key in inner[0]), None)
        return sorted(inner, key=lambda element: (element[key] is None, element[key])) if key else inner
    if name == "topicId" and value != ZERO_ID or name in VOLATILE and value:
        return "..."
    return MEMBER.sub("MEMBER", value) if isinstance(value, str) else value


def _compare(expected, given, who):
    versions = defaultdict(list)
    for version, wanted in expected.items():
        for path, apache, ours in _differences(wanted, given.get(version, "nothing"), ""):
            versions[path, _short(apache), _short(ours)].append(version)
    if versions:
        lines = [f"{','.join(at)} {path or 'answer'}: apache {apache}, {who} {ours}"
                 for (path, apache, ours), at in versions.items()]
        raise Failure(f"{len(lines)} differences\n      " + "\n      ".join(lines))


def _differences(wanted, got, path):
    if isinstance(wanted, dict) and isinstance(got, dict):
        for name in list(wanted) + [name for name in got if name not in wanted]:
            yield from _differences(wanted.get(name, "absent"), got.get(name, "absent"), f"{path}.{name}" if path else name)
    elif isinstance(wanted, list) and isinstance(got, list) and path == "apiKeys":
        # a server may lack an API, but what it has must reach as far
        ours = {entry["apiKey"]: entry for entry in got}
        for entry in wanted:
            if entry["apiKey"] in ours:
                yield from _differences(entry, ours[entry["apiKey"]], f"apiKeys[{entry['apiKey']}]")
    elif isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        for number, (inner, other) in enumerate(zip(wanted, got)):
            yield from _differences(inner, other, f"{path}[{number}]")
    elif wanted != got:
        yield path, wanted, got


def _short(value):
    text = json.dumps(value)
    return text if len(text) < 300 else text[:297] + "..."
