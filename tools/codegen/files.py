"""Which files are generated, and their texts."""

from collections.abc import Mapping
from pathlib import Path

from yadirect_soap.protocol import facts as known_facts
from yadirect_soap.protocol.contract import Contract, bundled_directory
from yadirect_soap.protocol.facts import Facts
from yadirect_soap.protocol.reports import facts as report_facts

from . import report_types, services, typed_dicts
from .type_usage import uses_of

TYPES = "yadirect_soap/types"
REPORTS = f"{TYPES}/reports.py"
SERVICES = "yadirect_soap/client/typed.pyi"
WRITTEN_BY_HAND = frozenset({"__init__.py"})


def texts(contract: Contract, facts: Facts) -> dict[str, str]:
    """The text of each generated file, by its path in the checkout."""
    modules = {
        f"{TYPES}/{name}.py": typed_dicts.module(name, uses, contract, facts)
        for name, uses in uses_of(contract).items()
    }
    reports = report_types.module(report_facts.bundled())
    return modules | {REPORTS: reports, SERVICES: services.module(contract, facts)}


def bundled_texts() -> dict[str, str]:
    """The text of each generated file, by the bundled contract and facts."""
    return texts(Contract(bundled_directory()), known_facts.bundled())


def write(files: Mapping[str, str], root: Path) -> None:
    """Writes the files below a checkout's root, and removes the modules of types that are no longer made."""
    for path, text in files.items():
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    for module in (root / TYPES).glob("*.py"):
        if module.name not in WRITTEN_BY_HAND and f"{TYPES}/{module.name}" not in files:
            module.unlink()
