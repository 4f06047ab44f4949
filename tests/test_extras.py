"""Extras that are not installed: one error, which says what needs the package and what to install."""

import sys

import pytest

from yadirect_soap import ConfigurationError
from yadirect_soap.extras import needed
from yadirect_soap.language import _, in_words, speaking, spoken


def test_a_package_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the purpose, the package and the command that installs its extra, in both languages."""
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ConfigurationError) as raised, needed(_("reading .xlsx"), "xlsx"):
        import openpyxl.utils  # noqa: F401
    told = 'reading .xlsx: openpyxl is not installed; install it: pip install "yadirect-soap[xlsx]"'
    assert str(raised.value) == told
    with speaking("ru"):
        told = 'чтение .xlsx: пакет openpyxl не установлен; установите его: pip install "yadirect-soap[xlsx]"'
        assert spoken(in_words(raised.value)) == told


def test_a_package_that_is_broken() -> None:
    """What the import said is told, where the package is there and cannot be imported."""
    with (
        pytest.raises(ConfigurationError, match=r"lxml cannot be imported \(cannot import name 'no_such_name'"),
        needed("x", "arrow"),
    ):
        from lxml import no_such_name  # type: ignore[attr-defined] # noqa: F401
