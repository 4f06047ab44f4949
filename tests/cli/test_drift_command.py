"""`yadirect-soap contract diff` and `refresh`: what they tell, what they write, and what they exit with."""

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
import zeep
from lxml import etree

import yadirect_soap
from tests.cli.terminal import environment, run, started
from tests.client.servers import HTML, ScriptedServer, answer, hang
from tests.client.wsdl_server import Edit, copied, describing, instead, replaced
from yadirect_soap import Direct
from yadirect_soap.cli import main
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.wsdl import folder

GENUINE = "https://soap.direct.yandex.ru/v5/"
HREF = '<xsd:element name="PreviewHref" type="xsd:string" minOccurs="0"/>'
ADDED = "The contract adds 1 member or value that is live and in no WSDL: see `contract changes`.\n"
IDS = '<xsd:element name="Ids" type="xsd:long" minOccurs="0" maxOccurs="unbounded"/>'


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder of two services and what they need."""
    return copied(tmp_path / "mine")


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """Another folder of the same, which a test alters."""
    return copied(tmp_path / "theirs")


def _alter(directory: Path, old: str, new: str, file: str = "turbopages.wsdl") -> None:
    text = (directory / file).read_text("utf-8")
    assert old in text
    (directory / file).write_text(text.replace(old, new), "utf-8")


# --- diff -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<wsdl:types>", "<!-- the same --><wsdl:types>", 0),
        (HREF, HREF + HREF.replace("PreviewHref", "Colour"), 10),
        (GENUINE, "https://elsewhere.example/", 10),
        ('value="Href"', 'value="Link"', 11),
        (IDS, IDS.replace(' minOccurs="0"', ""), 11),
        (HREF, "", 11),
        ('soapAction="http', 'soapAction="https', 11),
    ],
    ids=["the same", "a field more", "address", "a value less", "a member required", "a field less", "soapAction"],
)
def test_the_exit_code_tells_the_worst(old: str, new: str, code: int, mine: Path, theirs: Path) -> None:
    """No change exits with 0, changes that break nothing with 10, those that break something with 11."""
    _alter(theirs, old, new)
    assert main(["contract", "diff", "--wsdl", str(mine), "--from", str(theirs)]) == code


def test_a_diff_in_words(mine: Path, theirs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Changes are told by document and place, with what they mean and whom they reach."""
    _alter(theirs, IDS, IDS.replace(' minOccurs="0"', ""))
    _alter(theirs, '"LimitOffset">', '"LimitOffset"><!-- -->', "general.xsd")
    assert main(["contract", "diff", "--wsdl", str(mine), "--from", str(theirs)]) == 11
    assert capsys.readouterr() == (
        "turbopages.wsdl\n"
        "  turbopages:TurboPagesSelectionCriteria.Ids: occurrence changed: was optional, is required\n"
        "      breaking for requests: an object without it, or with too few, is refused\n"
        "      in turbopages.get\n"
        "\n"
        f"1 change from {mine} to {theirs}, 1 of them breaking.\n{ADDED}",
        "",
    )


def test_no_difference_in_words(mine: Path, theirs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same is told in one line."""
    assert main(["contract", "diff", "--wsdl", str(mine), "--from", str(theirs)]) == 0
    assert capsys.readouterr() == (f"No changes from {mine} to {theirs}.\n{ADDED}", "")


def test_a_diff_as_json(mine: Path, theirs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --format json the changes are objects that a program can read."""
    _alter(theirs, HREF, "")
    assert main(["contract", "diff", "--wsdl", str(mine), "--from", str(theirs), "--format", "json"]) == 11
    assert json.loads(capsys.readouterr().out) == {
        "at_hand": str(mine),
        "from": str(theirs),
        "effect": "breaking",
        "changes": [
            {
                "document": "turbopages.wsdl",
                "place": "turbopages:TurboPageGetItem.PreviewHref",
                "kind": "field removed",
                "text": "xsd:string, optional",
                "effect": "breaking",
                "requests": {"effect": "none", "meaning": ""},
                "answers": {"effect": "breaking", "meaning": "it no longer comes"},
                "operations": ["turbopages.get"],
            }
        ],
        "beyond_wsdl": {"carried": ["general:AdGroupTypesEnum.SMART_AD_GROUP"], "dropped": []},
    }


@pytest.mark.slow
def test_the_bundled_descriptions_are_compared_with_a_server(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --wsdl the bundled descriptions are compared; that a server names itself is no change."""
    with Emulator(seed=False).serve() as address:
        assert main(["contract", "diff", "--from", address, "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["changes"] == []
    assert "campaigns:CampaignGetItem.CreateTime" in report["beyond_wsdl"]["carried"]


def test_another_path_at_the_server_is_a_change(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The host of a server that names itself is left out of the comparison; the path of a service is not."""
    with ScriptedServer(describing(leads=replaced('/v5/leads"/>', '/v5/contacts"/>'))) as server:
        assert main(["contract", "diff", "--wsdl", str(mine), "--from", server.url, "--format", "json"]) == 10
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert change["text"] == f"was {GENUINE}leads, is {GENUINE}contacts"


@pytest.mark.parametrize("end", ["", "/", "/v5", "/v5/", "/v501"])
def test_an_address_may_end_with_the_version(end: str, mine: Path) -> None:
    """--from takes the root as --endpoint does, and the root of a version."""
    with ScriptedServer(describing()) as server:
        assert main(["contract", "diff", "--wsdl", str(mine), "--from", server.url + end]) == 10 * ("501" in end)
    assert server.received[0].path == f"/{'v501' if '501' in end else 'v5'}/leads?wsdl"


def test_the_version_of_the_wsdls_at_hand_is_asked(mine: Path) -> None:
    """WSDLs at hand that have the addresses of v501 are compared with those of v501, not of v5."""
    for file in mine.glob("*.wsdl"):
        text = file.read_text("utf-8")
        file.write_text(text.replace(f'location="{GENUINE}', f'location="{GENUINE.replace("v5", "v501")}'), "utf-8")
    with ScriptedServer(describing()) as server:
        main(["contract", "diff", "--wsdl", str(mine), "--from", server.url])
    assert server.received[0].path == "/v501/leads?wsdl"


def test_the_environment_sets_what_is_compared(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """YADIRECT_WSDL names the folder and YADIRECT_ENDPOINT the API; no token is needed."""
    with ScriptedServer(describing()) as server:
        monkeypatch.setenv("YADIRECT_WSDL", str(mine))
        monkeypatch.setenv("YADIRECT_ENDPOINT", server.url)
        assert main(["contract", "diff"]) == 0
    assert len(server.received) == 3


# --- refresh --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_refreshed_folder_is_good_for_others(tmp_path: Path) -> None:
    """A refresh writes all descriptions, which plain zeep and libxml2 read, and a Direct calls by them."""
    target = tmp_path / "fresh"
    with Emulator().serve() as address:
        assert main(["contract", "refresh", "--wsdl", str(target), "--from", address]) == 0
        with Direct("demo-token", endpoint=address, wsdl=target) as direct:
            assert direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id"])
    assert len(folder.contents(target)) == 32
    operations = 0
    for path in sorted(target.glob("*.wsdl")):
        (service,) = zeep.Client(str(path)).wsdl.services.values()
        operations += sum(len(port.binding._operations) for port in service.ports.values())
        schema = etree.parse(path).find(".//{http://www.w3.org/2001/XMLSchema}schema")
        assert schema is not None
        etree.XMLSchema(etree.fromstring(etree.tostring(schema), base_url=path.as_uri()))
    assert operations == 112


def test_a_refresh_tells_and_writes(mine: Path, theirs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A refresh tells the changes as diff does, writes them, and finds nothing the next time."""
    _alter(theirs, HREF, "")
    command = ["contract", "--wsdl", str(mine), "--from", str(theirs)]
    assert main([*command, "diff"]) == 11
    told = capsys.readouterr().out
    assert main([*command, "refresh"]) == 11
    assert capsys.readouterr() == (told, f"yadirect-soap: wrote 3 files to {mine}\n")
    assert folder.read(mine) == folder.read(theirs)
    assert main([*command, "refresh"]) == 0
    assert capsys.readouterr() == (f"No changes from {mine} to {theirs}.\n{ADDED}", "")


def test_a_refresh_drops_what_the_wsdls_now_have(mine: Path, theirs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A value that was added because no WSDL had it is told of once a WSDL has it, and comes from there."""
    own = '<xsd:enumeration value="UNIFIED_AD_GROUP"/>'
    _alter(theirs, own, own + own.replace("UNIFIED", "SMART"), "general.xsd")
    command = ["contract", "refresh", "--wsdl", str(mine), "--from", str(theirs)]
    assert main(command) == 10
    assert capsys.readouterr().out.endswith(
        "\nThese WSDLs now have general:AdGroupTypesEnum.SMART_AD_GROUP, which the contract added before.\n"
    )
    assert main(command) == 0
    assert capsys.readouterr().out == f"No changes from {mine} to {theirs}.\n"


def test_a_refresh_writes_the_canonical_form(mine: Path, theirs: Path) -> None:
    """Descriptions that say the same in another spelling are no change, and are written in the one form."""
    _alter(mine, "<wsdl:types>", "<!-- by hand -->\n\n<wsdl:types>")
    assert main(["contract", "refresh", "--wsdl", str(mine), "--from", str(theirs)]) == 0
    assert folder.contents(mine) == folder.contents(theirs)


def test_a_service_is_removed_only_when_told(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A service that is gone is told as breaking, and its description goes with --prune only."""
    before = folder.contents(mine)
    with ScriptedServer(describing(leads=instead(answer(status=404)))) as server:
        command = ["contract", "refresh", "--wsdl", str(mine), "--from", server.url]
        assert main(command) == 2
        out, err = capsys.readouterr()
        assert "leads: document removed: a service\n      breaking for requests: calls of it are refused" in out
        assert err == "yadirect-soap: nothing was written: it would remove leads.wsdl; --prune lets it\n"
        assert folder.contents(mine) == before
        assert main([*command, "--prune"]) == 11
    assert set(folder.contents(mine)) == {"turbopages.wsdl", "general.xsd"}


REFUSED: dict[str, tuple[Edit, int, str]] = {
    "captcha": (instead(answer(b"<html>Are you a robot?</html>", content_type=HTML)), 5, "HTTP 200 with text/html"),
    "truncated": (lambda text: answer(text[:2000]), 5, "not XML"),
    "another service": (replaced("v5/turbopages", "v5/leads"), 5, "the service leads, not the service turbopages"),
    "a type that no codec has": (replaced("xsd:long", "xsd:boolean"), 2, "xsd:boolean, which this version does not"),
    "forbidden": (instead(answer(status=403)), 5, "HTTP 403"),
}


@pytest.mark.parametrize(("edit", "code", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_not_written(
    edit: Edit, code: int, words: str, mine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page, a broken file, another service and what cannot be carried are refused, and the folder stays as it was."""
    before = folder.contents(mine)
    with ScriptedServer(describing(turbopages=edit)) as server:
        assert main(["contract", "refresh", "--wsdl", str(mine), "--from", server.url]) == code
    assert words in capsys.readouterr().err
    assert folder.contents(mine) == before


def test_an_interrupted_refresh_writes_nothing(mine: Path) -> None:
    """Ctrl-C while descriptions are fetched exits with 130, and the folder stays as it was."""
    before = folder.contents(mine)
    with ScriptedServer(describing(turbopages=instead(hang))) as server:
        with started("contract", "refresh", "--wsdl", str(mine), "--from", server.url) as process:
            for _ in range(500):
                if len(server.received) == 2:
                    break
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            assert process.communicate(timeout=30) == ("", "")
        assert process.returncode == 130
    assert folder.contents(mine) == before
    assert [path.name for path in mine.parent.iterdir()] == ["mine"]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The package alone, which finds its descriptions where a test puts them: inside it, or beside it."""
    package = tmp_path / "yadirect_soap"
    shutil.copytree(Path(yadirect_soap.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    return package


def _refresh(package: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "yadirect_soap", "contract", "refresh", *arguments],
        env=environment({"PYTHONPATH": str(package.parent)}),
        cwd=package.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
def test_an_installed_package_is_not_written_into(package: Path, theirs: Path) -> None:
    """Where the descriptions are inside the package, refresh wants to be told another folder."""
    copied(package / "wsdl")
    refused = _refresh(package, "--from", str(theirs))
    assert refused.returncode == 2
    assert "belongs to the installed package: name another folder by --wsdl DIR" in refused.stderr
    assert _refresh(package, "--from", str(theirs), "--wsdl", "mine").returncode == 0
    assert folder.contents(package.parent / "mine") == folder.contents(theirs)


@pytest.mark.slow
def test_a_checkout_is_written_into(package: Path, theirs: Path) -> None:
    """Where the descriptions are beside the package, refresh writes them there, and tells what comes next."""
    _alter(theirs, HREF, "")
    beside = copied(package.parent / "wsdl")
    refreshed = _refresh(package, "--from", str(theirs))
    assert refreshed.returncode == 11
    assert "next: make generate" in refreshed.stderr
    assert folder.read(beside) == folder.read(theirs)


# --- progress, options ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_progress_shows_on_a_terminal_only(mine: Path) -> None:
    """A terminal sees how far the fetching is, on a line that goes again; a pipe sees nothing of it."""
    with ScriptedServer(describing()) as server:
        command = ("contract", "diff", "--wsdl", str(mine), "--from", server.url)
        assert run(*command).stderr == ""
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "yadirect_soap", *command], env=environment(), stdout=subprocess.PIPE, stderr=theirs
        ) as process:
            os.close(theirs)
            process.communicate(timeout=60)
        seen = os.read(ours, 10_000).decode()
        os.close(ours)
    assert "WSDLs" in seen
    assert "general.xsd" in seen
    assert seen.endswith("\x1b[?25h\r\x1b[1A\x1b[2K")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["diff", "--wsdl", "missing"], "no .wsdl files in missing"),
        (["diff", "--from", "missing"], "no .wsdl files in missing"),
        (["diff", "--from", "http://"], "endpoint is a root address"),
        (["--wsdl", "missing"], "no .wsdl files in missing"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_makes_no_sense_is_refused(
    arguments: Sequence[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Addresses that are none and folders without descriptions exit with 2."""
    assert main(["contract", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--prune"], "Usage: yadirect-soap contract show"),
        (["ads", "--from", "mine"], "Usage: yadirect-soap contract show"),
        (["diff", "--prune"], "Usage: yadirect-soap contract diff"),
        (["diff", "ads"], "unexpected extra argument (ads)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_options_out_of_place_are_refused(
    arguments: Sequence[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Options and names that a comparison does not have, or has alone, exit with 2."""
    with pytest.raises(SystemExit) as exited:
        main(["contract", *arguments])
    assert exited.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err


def test_a_folder_is_shown_and_called_by(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --wsdl, contract shows a folder's services, newer operations too, and call takes its names."""
    _alter(mine, 'name="get"', 'name="list"')
    assert main(["contract", "--wsdl", str(mine)]) == 0
    assert capsys.readouterr().out == "leads: get\nturbopages: list\n"
    assert main(["contract", "turbopages", "list", "--wsdl", str(mine)]) == 0
    assert "units" not in capsys.readouterr().out
    params = '{"FieldNames": ["Id"]}'
    assert main(["call", "turbopages", "list", params, "--wsdl", str(mine), "--show-request"]) == 0
    assert "<FieldNames>Id</FieldNames>" in capsys.readouterr().out
