"""Chooses the language of the terminal: from --language, else from YADIRECT_LANGUAGE, else from the locale."""

import gettext
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

from yadirect_soap import language

_OPTION = "--language"
_VARIABLE = "YADIRECT_LANGUAGE"


def choose(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """Returns the language for a command line, before click parses it, since errors and help need it.

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
    """Sets the language of messages inside the block: our own, and those of click, which come from gettext.

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
    """Returns the value of --language; "" if it is not given."""
    value = ""
    for index, word in enumerate(arguments):
        if word == "--":
            break
        name, equals, rest = word.partition("=")
        if name == _OPTION:
            value = rest if equals else "".join(arguments[index + 1 : index + 2])
    return value


def _set_languages(value: str | None) -> None:
    """Sets the variable from which gettext chooses a catalogue."""
    if value is None:
        os.environ.pop("LANGUAGE", None)
    else:
        os.environ["LANGUAGE"] = value
