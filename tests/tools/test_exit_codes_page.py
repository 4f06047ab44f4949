"""The page of exit codes is what the command line and the exceptions say."""

from pathlib import Path

from tools.exit_codes_page import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "exit-codes.md"


def test_the_page_is_what_the_table_says() -> None:
    """docs/exit-codes.md is what `make generate` writes."""
    assert PAGE.read_text("utf-8") == page()


def test_a_code_has_its_exceptions() -> None:
    """A row tells the code, its meaning and the exceptions that have it."""
    rows = {line.split(" | ")[0].strip("| "): line for line in page().splitlines() if line.startswith("| ")}
    assert rows["1"] == "| 1 | carried out, but some items failed; xml validate: a file is not valid | `ItemsError` |"
    assert "`NotSentError`, `ResponseLostError`" in rows["4"]
    assert rows["130"].endswith("|  |")
