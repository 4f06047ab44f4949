"""The names of the package: what a user imports from `yadirect_soap`."""

import subprocess
import sys

import pytest

import yadirect_soap


@pytest.mark.parametrize("name", yadirect_soap.__all__)
def test_each_public_name_can_be_imported(name: str) -> None:
    """Each name of __all__ is there, whichever module it comes from."""
    vars(yadirect_soap).pop(name, None)
    assert getattr(yadirect_soap, name).__name__ == name


_HEAVY = "requests urllib3 zeep pyarrow duckdb dlt click rich html.entities"
"""What takes long to load, and is loaded by what needs it."""


def test_an_import_of_direct_loads_no_heavy_library() -> None:
    """`from yadirect_soap import Direct` waits for no HTTP library: a Direct loads it when it is made."""
    program = f"import sys; from yadirect_soap import Direct; print(*set({_HEAVY!r}.split()) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
