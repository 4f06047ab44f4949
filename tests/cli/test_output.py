"""Results as text: numbers and bytes are what they were."""

import json
from decimal import Decimal
from importlib.metadata import version

import pytest

from yadirect_soap.cli import main
from yadirect_soap.cli.output import as_json, table


@pytest.mark.parametrize(
    ("value", "text"),
    [(b"abc", '"YWJj"'), (b"\xff\xd8", '"/9g="'), (Decimal("2.50"), "2.50"), (2**62, "4611686018427387904")],
    ids=["bytes that are a text", "bytes that are none", "decimal", "long"],
)
def test_json_keeps_what_a_value_is(value: object, text: str) -> None:
    """Bytes are base64 whatever they hold, and numbers keep all of their digits."""
    assert as_json(value) == text


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """--version tells the installed version and nothing else."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"yadirect-soap {version('yadirect-soap')}\n"


FORGERY = "a\x1b[2J\x9b\u202e\u2028\r\nforged\ud800"


@pytest.mark.parametrize("indent", [None, 2], ids=["one line", "indented"])
def test_json_controls_no_terminal(indent: int | None) -> None:
    """A name with control characters is printed as JSON's escapes, and read back as it was."""
    text = as_json({"Name": FORGERY}, indent=indent)
    assert text.replace("\n", "").isprintable()
    assert json.loads(text) == {"Name": FORGERY}


def test_a_table_controls_no_terminal() -> None:
    """A cell is one line without control characters."""
    assert table(["Name"], [[FORGERY]]).replace("\n", "").isprintable()
    assert len(table(["Name"], [[FORGERY]]).splitlines()) == 3


def test_a_wrong_argument_controls_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """An argument that the parser does not know is told without its control characters."""
    with pytest.raises(SystemExit):
        main(["call", "campaigns", "get", "--\x1b[2J\u202e"])
    assert r"--\x1b[2J\u202e" in capsys.readouterr().err
