"""Measures the start of a process: imports, the contract of a service, the first envelope."""

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from yadirect_soap.protocol.contract import bundled_directory

from .table import Goal, ResultsDiffer, Row, slower

_ROOT = Path(__file__).resolve().parents[1]
_IMPORT = 1.1
_CONTRACT = 0.1


class _Script(NamedTuple):
    """Python code for a new process: the timed code, the code before it, and an expression of its result."""

    timed: str
    before: str = ""
    result: str = "None"

    def run(self) -> dict[str, Any]:
        """Runs it; returns the processor seconds, whether zeep was imported, and the result."""
        source = (
            f"import json, sys, time\n{self.before}\nbegan = time.process_time()\n{self.timed}\n"
            "taken = time.process_time() - began\n"
            f"print(json.dumps({{'seconds': taken, 'zeep': 'zeep' in sys.modules, 'result': {self.result}}}))"
        )
        output: dict[str, Any] = json.loads(run_python("-c", source))
        return output


_SCRIPTS: Mapping[str, _Script] = MappingProxyType(
    {
        "import": _Script("from yadirect_soap import Direct"),
        "direct": _Script("from yadirect_soap import Direct\ndirect = Direct('made-up')"),
        "import theirs": _Script("import requests, lxml.etree"),
        "contract": _Script(
            "service = bundled().service('campaigns')",
            before="import requests, lxml.etree\nfrom yadirect_soap.protocol.contract import bundled",
            result="sorted(service.operations)",
        ),
        "first call": _Script(
            "direct.build_request('campaigns', 'get', {'FieldNames': ['Id', 'Name', 'TimeTargeting']})",
            before="from yadirect_soap import Direct\ndirect = Direct('made-up')",
        ),
        "zeep": _Script(
            f"client = zeep.Client({str(bundled_directory() / 'campaigns.wsdl')!r})",
            before="import zeep",
            result="sorted(client.wsdl.services['Campaigns'].ports['CampaignsSOAP'].binding.all())",
        ),
    }
)


def measure(rounds: int) -> list[Row]:
    """Measures new processes."""
    seconds, last = _in_turns(rounds)
    if last["contract"]["result"] != last["zeep"]["result"]:
        raise ResultsDiffer("our contract of campaigns has other operations than zeep's")
    client, first = "zeep.Client on the same WSDL", "first call of campaigns, as far as its envelope"
    return [
        slower(
            "from yadirect_soap import Direct",
            "import requests, lxml.etree",
            _pair(seconds, "import", "import theirs"),
            _IMPORT,
        ),
        slower(
            "from yadirect_soap import Direct, and a Direct",
            "import requests, lxml.etree",
            _pair(seconds, "direct", "import theirs"),
        ),
        slower("contract of campaigns", client, _pair(seconds, "contract", "zeep"), _CONTRACT),
        slower(first, client, _pair(seconds, "first call", "zeep")),
        Row(first, "", float(last["first call"]["zeep"]), "imports of zeep", Goal(0)),
    ]


def _in_turns(rounds: int) -> tuple[dict[str, float], dict[str, dict[str, Any]]]:
    """Runs all scripts in turns; returns their median seconds, and their last outputs."""
    results = [{name: script.run() for name, script in _SCRIPTS.items()} for _ in range(rounds)]
    return {name: statistics.median(result[name]["seconds"] for result in results) for name in _SCRIPTS}, results[-1]


def _pair(seconds: Mapping[str, float], ours: str, theirs: str) -> tuple[float, float]:
    return seconds[ours], seconds[theirs]


def run_python(*arguments: str) -> str:
    """Runs Python, and returns its output."""
    return subprocess.run([sys.executable, *arguments], cwd=_ROOT, check=True, capture_output=True, text=True).stdout
