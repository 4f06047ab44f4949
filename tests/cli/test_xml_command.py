"""`yadirect-soap xml` and `contract xsd`: messages from files and pipes, with exit codes."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.cli.terminal import peak_memory, run
from yadirect_soap.emulator import Emulator

GET = (
    '<ns:GetRequest xmlns:ns="http://api.direct.yandex.com/v5/campaigns">\n'
    "<SelectionCriteria/>\n<FieldNames>Id</FieldNames></ns:GetRequest>"
)
UPDATE = (
    '<ns:UpdateRequest xmlns:ns="http://api.direct.yandex.com/v5/campaigns">'
    "<Campaigns><Id>404</Id><Name>New</Name></Campaigns></ns:UpdateRequest>"
)

GET_RESPONSE = '<ns:GetResponse xmlns:ns="http://api.direct.yandex.com/v5/campaigns">{}</ns:GetResponse>'


@pytest.fixture(scope="module")
def settings() -> Iterator[dict[str, str]]:
    """The environment of commands that call an emulator."""
    with Emulator() as emulator, emulator.serve() as address:
        yield {"YADIRECT_TOKEN": "demo-token", "YADIRECT_ENDPOINT": address}


def test_send_writes_the_response(settings: dict[str, str], tmp_path: Path) -> None:
    """A request from a file is sent, and its response is in --out, whole and valid XML."""
    (tmp_path / "request.xml").write_text(GET, encoding="utf-8")
    out = tmp_path / "response.xml"
    done = run("xml", "send", str(tmp_path / "request.xml"), "--out", str(out), settings=settings)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "campaigns.get: request " in done.stderr
    assert etree.parse(str(out)).findall(".//Campaigns/Id")


def test_send_reads_a_pipe(settings: dict[str, str]) -> None:
    """- is stdin, and the response is on stdout as it came."""
    done = run("--quiet", "xml", "send", "-", stdin=GET, settings=settings)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("<?xml")


def test_a_failed_item_exits_with_1(settings: dict[str, str]) -> None:
    """A response with failed items is written, and the exit code says so."""
    done = run("xml", "send", "-", stdin=UPDATE, settings=settings)
    assert done.returncode == 1
    assert "UpdateResults" in done.stdout
    assert "1 of 1 items failed" in done.stderr


def test_a_wrong_request_exits_with_2(settings: dict[str, str]) -> None:
    """What does not fit the contract is not sent."""
    done = run("xml", "send", "-", stdin=GET.replace(">Id<", ">Ids<"), settings=settings)
    assert (done.returncode, done.stdout) == (2, "")
    assert "$.FieldNames[0]" in done.stderr


def test_validate_tells_each_place(tmp_path: Path) -> None:
    """Each violation is a line with file, line and XPath; the exit code is 1 if one file is not valid."""
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_text(GET, encoding="utf-8")
    bad.write_text(GET.replace(">Id<", ">Ids<").replace("<SelectionCriteria/>", "<Criteria/>"), encoding="utf-8")
    done = run("xml", "validate", str(good), str(bad))
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"{bad}:2: /ns:GetRequest/Criteria: ")
    assert "1 of 2 files are valid" in done.stderr


def test_a_file_has_the_encoding_that_it_declares(tmp_path: Path) -> None:
    """A request in windows-1251, as 1C writes it, is valid like one in UTF-8."""
    text = f'<?xml version="1.0" encoding="windows-1251"?>{UPDATE.replace("New", "Диваны")}'
    (tmp_path / "request.xml").write_bytes(text.encode("cp1251"))
    done = run("xml", "validate", str(tmp_path / "request.xml"))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.parametrize(("files", "code"), [(["-"], 0), (["/no/such.xml"], 2)], ids=["valid", "missing"])
def test_exit_codes_of_validate(files: list[str], code: int) -> None:
    """Valid files exit with 0, a file that cannot be read with 2."""
    assert run("xml", "validate", *files, stdin=GET).returncode == code


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")
def test_validate_holds_no_file_in_memory(tmp_path: Path) -> None:
    """A file of 20 MB takes no more memory than one of 200 kB."""
    campaign = "<Campaigns><Id>1</Id><Name>A name of some length, so that it is not all about tags</Name></Campaigns>\n"
    peaks = []
    for count in (2_000, 200_000):
        file = tmp_path / f"{count}.xml"
        file.write_text(GET_RESPONSE.format(campaign * count), encoding="utf-8")
        peaks.append(peak_memory("xml", "validate", str(file)))
    assert peaks[1] < peaks[0] + 5_000


@pytest.mark.slow
def test_to_json_and_from_json_are_inverse(tmp_path: Path) -> None:
    """A request becomes JSON, and from it the same request, which is valid."""
    converted = run("xml", "to-json", "-", stdin=GET)
    assert json.loads(converted.stdout) == {"method": "get", "params": {"SelectionCriteria": {}, "FieldNames": ["Id"]}}
    back = run("xml", "from-json", "campaigns", "get", "-", stdin=converted.stdout)
    assert run("xml", "validate", "-", stdin=back.stdout).returncode == 0
    assert run("xml", "to-json", "-", stdin=back.stdout).stdout == converted.stdout


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (("to-json", "-"), "<a/>", "found the element 'a'"),
        (("from-json", "campaigns", "get", "-"), '{"FieldNames": ["No"]}', "$.FieldNames[0]"),
        (("from-json", "campaigns", "get", "-"), "<a/>", "not JSON"),
    ],
    ids=["no message", "does not fit", "no JSON"],
)
def test_what_cannot_be_converted_exits_with_2(arguments: tuple[str, ...], stdin: str, message: str) -> None:
    """A document that is no message is told with its place."""
    done = run("xml", *arguments, stdin=stdin)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_contract_xsd_writes_schemas(tmp_path: Path) -> None:
    """The schemas of a service are written, and envelope.xsd validates a request."""
    done = run("contract", "xsd", "Campaigns", "--out", str(tmp_path / "xsd"))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert sorted(path.name for path in (tmp_path / "xsd").iterdir()) == [
        "campaigns.xsd",
        "envelope.xsd",
        "general.xsd",
    ]
    schema = etree.XMLSchema(etree.parse(str(tmp_path / "xsd" / "envelope.xsd")))
    request = run("xml", "from-json", "campaigns", "get", "-", stdin='{"SelectionCriteria": {}, "FieldNames": ["Id"]}')
    schema.assertValid(etree.fromstring(request.stdout.encode()))
