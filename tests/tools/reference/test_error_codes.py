"""The page of error codes is what the table of advice and the classes of errors say."""

import pytest

from tools.reference.error_codes import page


@pytest.mark.parametrize(
    ("code", "kind", "refused"),
    [
        (53, "`AuthError`", "yes"),
        (152, "`UnitsError`", "yes"),
        (1000, "`TemporaryError`", "no"),
        (8800, "`NotFoundError`", "yes"),
    ],
    ids=["53", "152", "1000", "8800"],
)
def test_a_code_has_its_row(code: int, kind: str, refused: str) -> None:
    """A row tells the code's class, both languages, and whether nothing was carried out."""
    (row,) = [line for line in page().splitlines() if line.startswith(f"| {code} |")]
    cells = [cell.strip() for cell in row.strip("|").split(" | ")]
    assert (cells[1], cells[-1]) == (kind, refused)
    assert cells[2].isascii()
    assert not cells[3].isascii()
