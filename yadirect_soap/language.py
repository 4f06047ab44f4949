"""The language of messages: English in the source, translated for the terminal by a catalogue.

A message keeps its template and its values.  Programs and logs get English; the command line requests others.

>>> problem = _("{file}: found no requests", file="ads.xml")
>>> problem
'ads.xml: found no requests'
>>> with speaking("ru"):
...     spoken(problem)
'ads.xml: запросов не найдено'

`make generate` collects the templates into locale/ru/LC_MESSAGES/yadirect_soap.po, where they are translated.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

from .escaping import LONGEST_MESSAGE, in_lines

if TYPE_CHECKING:
    from gettext import NullTranslations

ENGLISH, RUSSIAN = "en", "ru"
DOMAIN = "yadirect_soap"
"""What gettext calls the catalogue."""
LOCALE = Path(__file__).parent / "locale"
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that name a locale; the first that is set counts."""
_NO_LANGUAGE = frozenset({"", "C", "POSIX"})
_LONGEST_SHOWN = 500
"""Characters of a value that is no text."""
_CURRENT: ContextVar[str] = ContextVar("language", default=ENGLISH)


class Message(str):
    """A text in English that can be translated.

    Attributes:
        template: the text before its values were filled in.
        plural: the template for several things; "" where nothing is counted.
        values: what fills the template, by name.
        russian: the whole text in Russian, where it is not in the catalogue.
    """

    template: str = ""
    plural: str = ""
    values: Mapping[str, Any] = MappingProxyType({})
    russian: str = ""

    def mapped(self, function: Callable[[str], str]) -> Self:
        """Returns the same message, whose English text a function has changed."""
        changed = type(self)(function(self))
        changed.__dict__.update(self.__dict__)
        return changed

    def masked(self, mask: Callable[[str], str]) -> Self:
        """Returns the same message without secrets, in every language: its values are masked too.

        Args:
            mask: replaces each secret in a text.
        """
        changed = self.mapped(mask)
        changed.values = {name: _masked(value, mask) for name, value in self.values.items()}
        changed.russian = mask(self.russian)
        return changed


def _(template: str, /, **values: Any) -> Message:
    """Returns a message.

    Args:
        template: its English text, a literal, with the names of values in braces as in str.format.
        values: texts, messages, numbers and exceptions; others are shown as str has them.
    """
    return _message(template, "", values)


def ngettext(singular: str, plural: str, count: int, /, **values: Any) -> Message:
    """Returns a message about a number of things, which is `{count}` in the templates.

    Args:
        singular: its English text for one thing, a literal.
        plural: its English text for any other number.
        count: how many there are.
        values: the other values.
    """
    return _message(singular, plural, {"count": count, **values})


def bilingual(english: str, russian: str) -> Message:
    """Returns a message whose texts are data in both languages."""
    message = Message(english)
    message.russian = russian
    return message


def composed(template: str, /, **values: Any) -> Message:
    """Returns a message out of others; its template has no words, and is not translated."""
    return _message(template, "", values)


def joined(separator: str, texts: Sequence[str]) -> Message:
    """Messages one after another."""
    values = {f"text{number}": text for number, text in enumerate(texts)}
    return _message(separator.join(f"{{{name}}}" for name in values), "", values)


def cleaned(text: str, clean: Callable[[str], str]) -> str:
    """Returns a text after a function that makes it safe to show; a message stays one."""
    return text.mapped(clean) if isinstance(text, Message) else clean(text)


def in_words(error: BaseException) -> str:
    """Returns the text of an exception, as a message if it has one."""
    own: Callable[[], str] | None = getattr(error, "in_words", None)
    if own is not None:
        return own()
    only = error.args[0] if len(error.args) == 1 else None
    return only if isinstance(only, Message) else str(error)


def reason_of(error: Exception) -> str:
    """Returns the reason in an error of the operating system; a message, if the catalogue has the text."""
    text = getattr(error, "strerror", None) or str(error)
    return _message(text, "", {})


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Sets the language of `spoken` inside the `with`: "ru", or "en" for anything else."""
    token = _CURRENT.set(RUSSIAN if language == RUSSIAN else ENGLISH)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def spoken_language() -> str:
    """Returns the current language: "en" or "ru"."""
    return _CURRENT.get()


def spoken(text: str) -> str:
    """Translates a message, or a text of the catalogue, to the current language; other texts stay the same."""
    if _CURRENT.get() == ENGLISH or not text:
        return text
    return in_lines(_translated(text)) if isinstance(text, Message) else _catalogue(_CURRENT.get()).gettext(text)


def of_environment(environ: Mapping[str, str]) -> str:
    """Returns the language of an environment by the rules of gettext: "en" or "ru".

    Args:
        environ: LANGUAGE is a list of languages, and counts where LC_ALL, LC_MESSAGES or LANG names a locale that has
            a language.
    """
    locale = next((environ[name] for name in _LOCALES if environ.get(name)), "")
    if locale.partition(".")[0] in _NO_LANGUAGE:
        return ENGLISH
    names = (environ.get("LANGUAGE") or locale).split(":")
    languages = (name.partition("_")[0].partition(".")[0].partition("@")[0].lower() for name in names)
    return next((language for language in languages if language in (ENGLISH, RUSSIAN)), ENGLISH)


def _message(template: str, plural: str, values: Mapping[str, Any]) -> Message:
    chosen = plural if plural and values["count"] != 1 else template
    message = Message(chosen.format(**values) if values else chosen)
    message.template, message.plural = template, plural
    message.values = {name: _kept(value) for name, value in values.items()}
    return message


class _Shown:
    """The text in a message for a value that is neither a text nor a number."""

    def __init__(self, text: str, representation: str) -> None:
        self._text, self._repr = text[:_LONGEST_SHOWN], representation[:_LONGEST_SHOWN]

    def masked(self, mask: Callable[[str], str]) -> "_Shown":
        """Returns the same text without secrets."""
        return _Shown(mask(self._text), mask(self._repr))

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return self._repr

    def __format__(self, format_spec: str) -> str:
        return format(self._text, format_spec)


def _kept(value: Any) -> Any:
    """Returns the form of a value that a message stores: never a large document, and always one that can be pickled."""
    if isinstance(value, BaseException):
        value = in_words(value)
    if isinstance(value, Message) or hasattr(value, "as_integer_ratio"):
        return value
    return str.__str__(value)[:LONGEST_MESSAGE] if isinstance(value, str) else _Shown(str(value), repr(value))


def _masked(value: Any, mask: Callable[[str], str]) -> Any:
    if isinstance(value, Message | _Shown):
        return value.masked(mask)
    return mask(value) if isinstance(value, str) else value


def _translated(message: Message) -> str:
    if message.russian:
        return message.russian
    catalogue = _catalogue(_CURRENT.get())
    if message.plural:
        template = catalogue.ngettext(message.template, message.plural, message.values["count"])
    else:
        template = catalogue.gettext(message.template) if message.template else message
    if not message.values:
        return template
    values = {
        name: _translated(value) if isinstance(value, Message) else value for name, value in message.values.items()
    }
    return _RussianFormatter().vformat(template, (), values)


class _RussianFormatter(Formatter):
    """Writes numbers as Russian does: a space between thousands, a comma before the fraction."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Formats a value."""
        text = str(super().format_field(value, format_spec))
        if isinstance(value, str) or not format_spec:
            return text
        return text.translate({ord(","): "\N{NO-BREAK SPACE}", ord("."): ","})


@cache
def _catalogue(language: str) -> "NullTranslations":
    from gettext import translation  # noqa: PLC0415  English needs none

    return translation(DOMAIN, LOCALE, [language], fallback=True)


_REASONS = (
    _("No such file or directory"),
    _("Permission denied"),
    _("Is a directory"),
    _("Not a directory"),
    _("File exists"),
    _("No space left on device"),
    _("Read-only file system"),
    _("Address already in use"),
    _("Cannot assign requested address"),
    _("Bad file descriptor"),
)
"""Frequent errors of operating systems, for the catalogue; `reason_of` returns them."""
