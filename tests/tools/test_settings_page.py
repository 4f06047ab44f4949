"""The page of settings is what their fields say."""

from pathlib import Path

from tools.settings_page import page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def test_the_page_is_what_the_fields_say() -> None:
    """docs/settings.md is what `make generate` writes."""
    assert PAGE.read_text("utf-8") == page()


def test_a_setting_has_its_variable_and_option() -> None:
    """A row tells default, variable and option; what has none of these leaves the cell empty."""
    rows = {line.split(" | ")[0].strip("| `"): line for line in page().splitlines() if line.startswith("| `")}
    assert "| `YADIRECT_CLIENT_LOGIN` | `--client-login` |" in rows["client_login"]
    assert rows["middleware"].endswith("|  |  |")
    assert "| required |" in rows["token"]
