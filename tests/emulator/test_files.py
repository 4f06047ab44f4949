"""Files that users write: what YAML means here, which is the place where mistakes hide."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from yadirect_soap.emulator.user_files.data_files import read
from yadirect_soap.errors import ConfigurationError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("~", None),
        ("null", None),
        ("2026-06-01", "2026-06-01"),
        ("12:30", "12:30"),
        ("0b1", "0b1"),
        ("1_000", "1_000"),
        ("007", 7),
        ("-5", -5),
        ("2.50", Decimal("2.50")),
        (".5e3", Decimal("500")),
        ("1e3", Decimal("1000")),
        ("'5'", "5"),
        (".inf", ".inf"),
    ],
    ids=str,
)
def test_yaml_is_read_by_its_version_1_2(tmp_path: Path, text: str, value: Any) -> None:
    """NO is not false, a date is a text, and a number is exact."""
    (tmp_path / "f.yaml").write_text(f"value: {text}\n", "utf-8")
    value_read = read(tmp_path / "f.yaml")["value"]
    assert (value_read, type(value_read)) == (value, type(value))


@pytest.mark.parametrize(("name", "text"), [("f.json", '{"a": 2.50}'), ("f.toml", "a = 2.50"), ("f.yml", "a: 2.50")])
def test_a_number_is_exact_in_all_of_them(tmp_path: Path, name: str, text: str) -> None:
    """No float comes of any file."""
    (tmp_path / name).write_text(text, "utf-8")
    assert str(read(tmp_path / name)["a"]) == "2.50"


def test_a_name_that_stands_twice_in_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    """Of two members of one name in a mapping the second is pointed at."""
    (tmp_path / "f.yaml").write_text("list:\n  - Name: a\n    Id: 1\n    Name: b\n", "utf-8")
    with pytest.raises(ConfigurationError, match=r"'Name' stands twice in one object\n.*line 4, column 5"):
        read(tmp_path / "f.yaml")


def test_yaml_makes_no_objects_of_python(tmp_path: Path) -> None:
    """A tag that would run code is refused."""
    (tmp_path / "f.yaml").write_text("a: !!python/object/apply:os.getcwd []\n", "utf-8")
    with pytest.raises(Exception, match="could not determine a constructor"):
        read(tmp_path / "f.yaml")
