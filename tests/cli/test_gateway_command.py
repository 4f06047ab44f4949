"""`yadirect-soap gateway`: it serves callers without a token, and refuses to start where that is not safe."""

import re
import subprocess
from pathlib import Path

import pytest
import requests

from tests.cli.terminal import run, started
from yadirect_soap.emulator import Emulator

TOKEN = {"YADIRECT_TOKEN": "demo-token"}
CALL = (
    b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    b'<q:GetRequest xmlns:q="http://api.direct.yandex.com/v5/campaigns"><SelectionCriteria/><FieldNames>Id</FieldNames>'
    b"</q:GetRequest></s:Body></s:Envelope>"
)


def address_of(process: subprocess.Popen[str]) -> str:
    """Where a started gateway answers."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            break
    address = re.search(r"answers at (http://\S+)", "".join(lines))
    assert address, lines
    return address[1]


@pytest.mark.slow
def test_a_gateway_answers_where_it_says(tmp_path: Path) -> None:
    """The command takes the token from a file, answers at the printed address, and ends when it is terminated."""
    (tmp_path / "token.txt").write_text("demo-token\n")
    with Emulator() as emulator, emulator.serve() as api:
        arguments = ("--port", "0", "--endpoint", api, "--token-file", str(tmp_path / "token.txt"))
        with started("gateway", *arguments) as process:
            address = address_of(process)
            reply = requests.post(f"{address}/v501/campaigns", CALL, timeout=60)
            process.terminate()
            _, err = process.communicate(timeout=60)
    assert b"<Id>700000001</Id>" in reply.content
    assert (process.returncode, err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "files", "says"),
    [
        (["--host", "0.0.0.0"], {}, "without a caller's secret"),  # noqa: S104  it is refused
        (["--secret-file", "secret"], {"secret": "short"}, "found 5 characters, expected a secret of 16 or more"),
        (["--secret-file", "secret"], {"secret": ""}, "found 0 characters"),
        (["--tokens", "tokens"], {"tokens": "a = 5"}, "tokens: a: found no token"),
        (["--tokens", "tokens"], {"tokens": "token-of-someone"}, "not TOML"),
        (["--public-url", "example"], {}, "public_url: found 'example', expected https://HOST"),
        (["--port", "70000"], {}, "found 70000"),
    ],
    ids=["host", "short", "empty", "number", "no-toml", "url", "port"],
)
def test_a_gateway_does_not_start(arguments: list[str], files: dict[str, str], says: str, tmp_path: Path) -> None:
    """What is wrong with an option is one line, which shows no secret, and nothing is served."""
    for name, text in files.items():
        (tmp_path / name).write_text(text)
        arguments = [str(tmp_path / name) if argument == name else argument for argument in arguments]
    result = run("gateway", "--port", "0", *arguments, settings=TOKEN)
    assert (result.returncode, says in result.stderr) == (2, True), result.stderr
    assert "token-of-someone" not in result.stderr
