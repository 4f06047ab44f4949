"""A header of requests is a line of headers.py and a field of Settings: with the two, all that takes settings knows it.

A copy of the package gets a header in this way; a program uses the copy.
"""

from typing import Any

import pytest

from tests.package_copy import copy_package, insert, run_program

HEADER = 'TRACE_ID = "X-Trace-Id"\n'

FIELD = """
    trace_id: str | None = setting(
        None,
        "names the calls of a job in the logs of the API",
        read=setting_values.read_text,
        option="--trace-id",
        metavar="ID",
        header=Header(headers.TRACE_ID, str),
    )
"""

PROGRAM = """
import contextlib, inspect, io, json
from tools.settings_page import page
from yadirect_soap import Direct, ConfigurationError
from yadirect_soap.cli.main import main
from yadirect_soap.emulator import Emulator

def header(direct):
    return direct.build_request("campaigns", "get", {"FieldNames": ["Id"]}).headers.get("X-Trace-Id")

def refusal():
    try:
        Direct("made-up", trace_ids="7")
    except ConfigurationError as error:
        return str(error)

def usage():
    with contextlib.redirect_stdout(io.StringIO()) as text, contextlib.suppress(SystemExit):
        main(["call", "--help"])
    return text.getvalue()

direct = Direct("made-up", trace_id="7")
with Emulator().serve() as address:
    called = Direct("demo-token", endpoint=address, trace_id="7").campaigns.get(SelectionCriteria={}, FieldNames=["Id"])
print(json.dumps({
    "sent": header(direct),
    "sent over JSON": header(Direct("made-up", trace_id="7", transport="json")),
    "absent by default": header(Direct("made-up")),
    "read from the environment": header(Direct.from_env({"YADIRECT_TOKEN": "x", "YADIRECT_TRACE_ID": "8"})),
    "kept for another client": header(direct.with_client_login("client-1")),
    "changed by with_settings": header(direct.with_settings(trace_id="9")),
    "known to signatures": "trace_id" in inspect.signature(Direct).parameters,
    "suggested for a wrong name": "trace_id" in refusal(),
    "taken by the emulator": len(called) > 0,
    "an option of the terminal": "--trace-id" in usage(),
    "a row of the page of settings": "YADIRECT_TRACE_ID" in page() and "names the calls of a job" in page(),
}))
"""

FACTS: dict[str, Any] = {
    "sent": "7",
    "sent over JSON": "7",
    "absent by default": None,
    "read from the environment": "8",
    "kept for another client": "7",
    "changed by with_settings": "9",
    "known to signatures": True,
    "suggested for a wrong name": True,
    "taken by the emulator": True,
    "an option of the terminal": True,
    "a row of the page of settings": True,
}


@pytest.fixture(scope="module")
def observed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the program says of the copy."""
    copy = tmp_path_factory.mktemp("copy")
    copy_package(copy, ["yadirect_soap", "wsdl", "tools"])
    insert(copy / "yadirect_soap" / "protocol" / "headers.py", 'CONTENT_TYPE = "Content-Type"', HEADER)
    insert(copy / "yadirect_soap" / "client" / "settings.py", "    transport: WireName = choice(", FIELD)
    return run_program(copy, PROGRAM)


@pytest.mark.slow
@pytest.mark.parametrize("fact", FACTS)
def test_a_header_is_a_line_and_a_field(observed: Any, fact: str) -> None:
    """A header that was added so is sent, set, offered and documented as any other."""
    assert observed[fact] == FACTS[fact]
