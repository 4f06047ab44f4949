"""Results as text: numbers and bytes are what they were."""

from decimal import Decimal
from importlib.metadata import version

import pytest

from yadirect_soap.cli import main
from yadirect_soap.cli.output import as_json


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
