"""The Russian catalogue: whole, true to the values and commands of the source, and compiled."""

from pathlib import Path

import pytest
from polib import POEntry, POFile, mofile, pofile

from tools.translations import CATALOGUE, CLICK, Template, commands, marked, merged, placeholders, templates

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / CATALOGUE
ENTRIES = list(pofile(str(PO)))


def _texts(entry: POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_the_catalogue_has_every_text() -> None:
    """The catalogue is what `make generate` writes: no text of the source is missing, and none is left over."""
    assert PO.read_text("utf-8") == str(merged(templates(ROOT), pofile(str(PO))))


def test_every_text_is_translated() -> None:
    """No translation is missing or in doubt."""
    assert [entry.msgid for entry in ENTRIES if not all(_texts(entry)) or entry.fuzzy] == []


def test_the_compiled_catalogue_is_new() -> None:
    """The .mo, which the terminal reads, is compiled from this .po, byte for byte."""
    assert PO.with_suffix(".mo").read_bytes() == pofile(str(PO)).to_binary()
    assert len(mofile(str(PO.with_suffix(".mo")))) == len(ENTRIES)


def test_translations_have_the_values_of_their_texts() -> None:
    """Each translation names the values that its text names; one of click may leave out the name of an English type."""
    for entry in ENTRIES:
        expected = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
        for text in _texts(entry):
            found = placeholders(text)
            assert found <= expected, entry.msgid
            assert (CLICK, "") in entry.occurrences or found | {"count"} == expected | {"count"}, entry.msgid


def test_translations_have_the_commands_of_their_examples() -> None:
    """Examples are the same commands, in the same order."""
    for entry in ENTRIES:
        assert commands(entry.msgstr) == commands(entry.msgid)


def test_translations_are_russian() -> None:
    """No translation is its own English text, but for one that has no word of a language."""
    same = [entry.msgid for entry in ENTRIES if entry.msgid in _texts(entry)]
    assert same == ["files:DIR, duckdb:FILE, postgresql://..., ..."]


def test_a_text_must_be_a_literal() -> None:
    """A text that is put together in the source could not be translated, so it is refused with its place."""
    with pytest.raises(ValueError, match="line 2: found an expression, expected a literal text"):
        list(marked("one = _('a')\ntwo = _(f'{one}')", "x.py"))


def test_a_text_that_is_gone_leaves_the_catalogue() -> None:
    """A catalogue keeps the translations of texts that are still there, once for all their places."""
    earlier = POFile()
    earlier.extend([POEntry(msgid="kept", msgstr="остался"), POEntry(msgid="gone", msgstr="ушёл")])
    collected = [
        Template("kept", "", "a.py"),
        Template("kept", "", "b.py"),
        Template("{count} row", "{count} rows", "b.py"),
    ]
    catalogue = merged(iter(collected), earlier)
    assert [(entry.msgid, entry.msgstr) for entry in catalogue] == [("kept", "остался"), ("{count} row", "")]
    assert catalogue[0].occurrences == [("a.py", ""), ("b.py", "")]
    assert catalogue[1].msgstr_plural == {0: "", 1: "", 2: ""}
