"""`python -m tools`, which is `make generate`: writes every generated file of the checkout again."""

from pathlib import Path

from tools import (
    api_changes_page,
    benchmark_charts,
    emulator_coverage,
    exit_codes_page,
    interoperability,
    report_fields_page,
    settings_page,
    translations,
)
from tools.codegen import contract_cache, files

_ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Writes what is made from wsdl/, the facts, the emulator's code, the messages, and the tables of the tests."""
    contract_cache.write()
    files.write(files.bundled_texts(), _ROOT)
    api_changes_page.write(_ROOT)
    benchmark_charts.write(_ROOT)
    emulator_coverage.write(_ROOT)
    exit_codes_page.write(_ROOT)
    interoperability.write(_ROOT)
    report_fields_page.write(_ROOT)
    settings_page.write(_ROOT)
    translations.write(_ROOT)


main()
