"""Messages: English for programs, another language for whoever asks, and which language an environment asks for."""

import pickle
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal

import pytest

from yadirect_soap import ConfigurationError, InvalidParamsError, Violation
from yadirect_soap.language import Message, _, composed, in_words, joined, of_environment, speaking, spoken

ENVIRONMENTS: Mapping[str, tuple[dict[str, str], str]] = {
    "nothing": ({}, "en"),
    "LANG": ({"LANG": "ru_RU.UTF-8"}, "ru"),
    "LANG without a country": ({"LANG": "ru"}, "ru"),
    "LC_ALL before LANG": ({"LANG": "ru_RU.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
    "LC_MESSAGES before LANG": ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ru_RU.KOI8-R"}, "ru"),
    "LC_ALL=C": ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"),
    "C.UTF-8 has no language": ({"LANG": "C.UTF-8", "LANGUAGE": "ru"}, "en"),
    "LANGUAGE before the locale": ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:ru:en"}, "ru"),
    "a language without a catalogue": ({"LANG": "de_DE.UTF-8"}, "en"),
    "empty variables": ({"LANG": "ru_RU.UTF-8", "LC_ALL": "", "LANGUAGE": ""}, "ru"),
    "no locale at all": ({"LANG": "nonsense;rm -rf"}, "en"),
}


@pytest.mark.parametrize(("environ", "language"), ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_the_language_of_an_environment(environ: dict[str, str], language: str) -> None:
    """The variables of gettext choose Russian or English; whatever else they name is English."""
    assert of_environment(environ) == language


def test_a_message_is_its_english_text() -> None:
    """For a program a message is a str; with `speaking`, it is said in the language that is asked for."""
    message = _("error {code}: {message}", code=53, message="x")
    assert message == "error 53: x"
    assert spoken(message) == "error 53: x"
    with speaking("ru"):
        assert spoken(message) == "ошибка 53: x"
        assert str(message) == "error 53: x"
    assert spoken(message) == "error 53: x"


def test_parts_are_translated() -> None:
    """A message that is the value of another one is translated with it, and so is what an exception says."""
    inner = ConfigurationError(joined("; ", [_("nothing was sent"), "Ads"]))
    with speaking("ru"):
        assert spoken(composed("{place}: {error}", place="x.json", error=inner)) == "x.json: ничего не отправлено; Ads"


def test_numbers_are_written_as_in_russian() -> None:
    """Thousands have a no-break space between them, a fraction follows a comma; a text stays as it is."""
    with speaking("ru"):
        assert spoken(composed("{rows:,} {text:>5}", rows=1234567, text="1,2")) == "1\xa0234\xa0567   1,2"
        assert spoken(composed("{seconds:.1f}", seconds=Decimal("2.50"))) == "2,5"


@pytest.mark.parametrize("language", ["en", "tr", "", "RU"])
def test_other_languages_are_english(language: str) -> None:
    """Only "ru" has a catalogue."""
    with speaking(language):
        assert spoken(_("nothing was sent")) == "nothing was sent"


def test_an_error_stays_english_for_programs() -> None:
    """What a caller, a log and a traceback see of an exception does not depend on the language of the terminal."""
    error = InvalidParamsError([Violation("$.Ids", _("nothing was sent"), "a list")], operation="ads.get")
    with speaking("ru"):
        assert (
            str(error) == "ads.get: invalid params; nothing was sent\n  $.Ids: found nothing was sent, expected a list"
        )
        assert "неверные параметры; ничего не отправлено\n  $.Ids: " in spoken(in_words(error))


def test_an_error_keeps_its_message_when_it_is_pickled() -> None:
    """An error of a worker process can still be said in Russian."""
    pickled = pickle.dumps(ConfigurationError(_("error {code}: {message}", code=1, message="m")))
    error = pickle.loads(pickled)  # noqa: S301  our own
    assert isinstance(error.args[0], Message)
    with speaking("ru"):
        assert spoken(in_words(error)) == "ошибка 1: m"


def test_control_characters_are_visible_in_every_language() -> None:
    """A value cannot move the cursor of a Russian terminal either."""
    error = ConfigurationError(_("error {code}: {message}", code=1, message="\x1b[2J"))
    assert "\x1b" not in str(error)
    with speaking("ru"):
        assert spoken(in_words(error)) == "ошибка 1: \\x1b[2J"


def test_a_secret_is_masked_in_every_language() -> None:
    """Masking a message masks what it keeps for other languages: texts, messages inside it, and other values."""
    inner = _("error {code}: {message}", code=1, message="token t0ken")
    message = composed("{inner} {shown!r} {count:,}", inner=inner, shown=["t0ken"], count=1000)
    masked = message.masked(lambda text: text.replace("t0ken", "***"))
    assert masked == "error 1: token *** ['***'] 1,000"
    with speaking("ru"):
        assert spoken(masked) == "ошибка 1: token *** ['***'] 1\xa0000"


def test_values_look_in_english_as_they_are() -> None:
    """A value that is no text is shown by its own repr or str, and a long one is not kept whole."""
    message = composed("{value!r} {value} {none!r}", value=["a"], none=None)
    assert message == "['a'] ['a'] None"
    with speaking("ru"):
        assert spoken(message) == "['a'] ['a'] None"
    assert len(composed("{text:.5}", text="x" * 10**6).values["text"]) < 10**5


def test_english_imports_no_gettext() -> None:
    """An import of the package loads neither gettext nor a catalogue."""
    code = "import sys, yadirect_soap.errors; print('gettext' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
