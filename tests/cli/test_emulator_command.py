"""`yadirect-soap emulator`: it says where it answers, answers there, and ends when it is told to."""

import re
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.terminal import run, started
from yadirect_soap import AuthError, Direct
from yadirect_soap.cli import main


def _address(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Where a started emulator answers, and all that it said."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            break
    found = re.search(r"answers at (http://\S+)", said)
    assert found, said
    return found[1], said


def test_an_emulator_answers_where_it_says() -> None:
    """The command prints address, descriptions and tokens, and answers there until it is terminated."""
    with started("emulator", "--port", "0") as process:
        address, said = _address(process)
        with Direct("demo-token", endpoint=address) as direct:
            assert len(direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id"])) > 0
        assert "demo-token" in said
        assert "demo-agency-token" in said
        assert f"{address}/v5/campaigns?wsdl" in said
        process.terminate()
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, "")


def test_an_emulator_is_interrupted() -> None:
    """Ctrl-C ends the command with 130, without a traceback."""
    with started("emulator", "--port", "0") as process:
        _address(process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "")


def test_an_emulator_keeps_its_data_in_a_file(tmp_path: Path) -> None:
    """With --db what one emulator was told the next one knows."""
    file = str(tmp_path / "emulator.db")
    names: list[str] = []
    for change in (True, False):
        with started("emulator", "--port", "0", "--db", file) as process:
            address, _ = _address(process)
            with Direct("demo-token", endpoint=address) as direct:
                campaign = direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id", "Name"])[0]
                names.append(campaign["Name"])
                if change:
                    renamed = direct.campaigns.update(Campaigns=[{"Id": campaign["Id"], "Name": "Renamed"}])
                    renamed.raise_for_errors()
            process.terminate()
            process.wait(30)
    assert names[0] != "Renamed"
    assert names[1] == "Renamed"


def test_an_emulator_may_start_empty() -> None:
    """With --no-seed there are no accounts, and none are named."""
    with started("emulator", "--port", "0", "--no-seed") as process:
        address, said = _address(process)
        assert "demo-token" not in said
        with Direct("demo-token", endpoint=address) as direct, pytest.raises(AuthError):
            direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id"])


def test_a_port_in_use_is_told() -> None:
    """A port that somebody listens on exits with 2 and a message."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("emulator", "--port", str(taken.getsockname()[1]))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("yadirect-soap: ")
    assert "in use" in done.stderr


@pytest.mark.parametrize("content", [None, "no database at all"], ids=["no folder", "another file"])
def test_a_file_that_cannot_hold_the_data_is_told(content: str | None, tmp_path: Path) -> None:
    """A file that is no database, or cannot be made, exits with 2 and a message."""
    file = tmp_path / ("kept.db" if content else "missing/kept.db")
    if content:
        file.write_text(content)
    done = run("emulator", "--port", "0", "--db", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("yadirect-soap: the emulator cannot start: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("--port", "65536"), ("--port", "-1"), ("--port", "http")])
def test_a_port_that_is_none_is_refused(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A port that no machine has exits with 2 as a wrong command line does."""
    with pytest.raises(SystemExit) as exited:
        main(["emulator", *arguments])
    assert exited.value.code == 2
    assert "--port" in capsys.readouterr().err
