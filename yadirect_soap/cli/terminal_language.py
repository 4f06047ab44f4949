"""The language of the terminal: of --language, else of YADIRECT_LANGUAGE, else of the locale."""

import gettext
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

from yadirect_soap import language

_OPTION = "--language"
_VARIABLE = "YADIRECT_LANGUAGE"


def chosen(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """The language that a command line asks for; it is known before the command line is read, for errors and help.

    Args:
        arguments: the words of the command line.
        environ: the environment.

    Returns:
        "ru" or "en".
    """
    named = _option(arguments) or environ.get(_VARIABLE, "")
    if named:
        return language.RUSSIAN if named == language.RUSSIAN else language.ENGLISH
    return language.of_environment(environ)


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Sets the language of our messages for a with, and that of click's, which asks gettext for its texts.

    Args:
        name: "ru" or "en".
    """
    with ExitStack() as restoring, language.speaking(name):
        if name != language.ENGLISH:
            restoring.callback(gettext.textdomain, gettext.textdomain())
            restoring.callback(_set_languages, os.environ.get("LANGUAGE"))
            gettext.bindtextdomain(language.DOMAIN, str(language.LOCALE))
            gettext.textdomain(language.DOMAIN)
            _set_languages(name)
        yield


def _option(arguments: Sequence[str]) -> str:
    """The value of --language, "" where it is not given."""
    value = ""
    for index, word in enumerate(arguments):
        if word == "--":
            break
        name, equals, rest = word.partition("=")
        if name == _OPTION:
            value = rest if equals else "".join(arguments[index + 1 : index + 2])
    return value


def _set_languages(value: str | None) -> None:
    """Sets the variable by which gettext chooses a catalogue."""
    if value is None:
        os.environ.pop("LANGUAGE", None)
    else:
        os.environ["LANGUAGE"] = value
