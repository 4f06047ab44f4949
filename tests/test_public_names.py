"""The names of the package: what a user imports from `yadirect_soap`."""

import pytest

import yadirect_soap


@pytest.mark.parametrize("name", yadirect_soap.__all__)
def test_each_public_name_can_be_imported(name: str) -> None:
    """Each name of __all__ is there, whichever module it comes from."""
    vars(yadirect_soap).pop(name, None)
    assert getattr(yadirect_soap, name).__name__ == name
