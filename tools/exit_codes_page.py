"""The page docs/exit-codes.md: what the command line exits with, from the table that its --help prints."""

from collections.abc import Iterator
from pathlib import Path

from yadirect_soap import DirectError, errors
from yadirect_soap.cli.exit_codes import EXIT_CODES

_OPENING = """\
# Exit codes

The exit code of `yadirect-soap` says what happened. stdout has only the result; an error is one message on stderr. In
Python, the code of an exception is its attribute `exit_code`. `make generate` writes this page, and a test compares it.

| code | meaning | exceptions |
| --- | --- | --- |
"""


def page() -> str:
    """The whole page, in Markdown."""
    return _OPENING + "".join(f"{row}\n" for row in _rows())


def write(root: Path) -> None:
    """Writes the page below the root of a checkout."""
    (root / "docs" / "exit-codes.md").write_text(page(), encoding="utf-8", newline="\n")


def _rows() -> Iterator[str]:
    for code, meaning in EXIT_CODES.items():
        names = ", ".join(f"`{kind.__name__}`" for kind in _kinds() if kind.exit_code == code)
        yield f"| {code} | {meaning} | {names} |"


def _kinds() -> Iterator[type[DirectError]]:
    """The public exceptions, in the order of their module."""
    public = (value for name, value in vars(errors).items() if not name.startswith("_"))
    yield from (value for value in public if isinstance(value, type) and issubclass(value, DirectError))
