"""Rules of single texts: lengths, words, links; what they are texts of is for the services' rules to know."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from ..crud.item_results import Refused

LONGEST_LINK = 1024
NARROW = frozenset('!,.;:"')
"""Characters that the length of a title or a text does not count, up to MOST_NARROW of them."""
MOST_NARROW = 15

_TEMPLATE = re.compile(r"#[^#]*#")
_UNUSUAL = re.compile(r"[^\w\s!-~«»“”„–—’‘№€₽₸₴£¥™®©°…±×²³§]")
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_SCHEMES = frozenset({"http", "https"})


def check_length(name: str, text: str, most: int, *, narrow: bool = False, word: int | None = None) -> None:
    """Raises 5000 for a blank text, 5001 for one that is too long, 5002 for a character that no text has.

    `word` is how long a word of an ad may be, else 5006; two templates in such a text are 5100.  With `narrow`,
    punctuation does not count.  The marks of a template, #phrase#, never do.
    """
    if not text.strip():
        raise Refused(5000, f"{name} is empty", f"Поле {name} пустое")
    check_symbols(name, text)
    if word is not None:
        _check_template(name, text)
    counted = _TEMPLATE.sub(lambda found: found[0][1:-1], text)
    thin = sum(character in NARROW for character in counted) if narrow else 0
    if len(counted) - thin > most or thin > MOST_NARROW:
        raise Refused(5001, f"{name} is longer than {most} characters", f"Длина {name} больше {most} символов")
    longest = max((len(piece) for piece in re.findall(r"\w+", counted)), default=0)
    if word is not None and longest > word:
        raise Refused(5006, f"A word in {name} is longer than {word}", f"Слово в {name} длиннее {word} символов")


def check_symbols(name: str, text: str) -> None:
    """Raises 5002 for a character that is neither a letter, a digit nor a usual sign: `·`, say, or a picture."""
    if found := _UNUSUAL.search(text):
        raise Refused(5002, f"{name} has the character {found[0]!r}", f"Недопустимый символ в {name}: {found[0]!r}")


def _check_template(name: str, text: str) -> None:
    """A text has one template at most, with something in it to show where no keyword fits."""
    templates = _TEMPLATE.findall(text)
    if len(templates) > 1 or "##" in templates:
        raise Refused(5100, f"{name}: one template with a text", f"{name}: допустим один непустой шаблон")


def check_link(name: str, link: str | None) -> None:
    """Raises 5003 for an empty link, 5001 for one that is too long, 5005 for one without protocol and domain."""
    if link is None:
        return
    if not link:
        raise Refused(5003, f"{name} is empty", f"Поле {name} пустое")
    if len(_TEMPLATE.sub(lambda found: found[0][1:-1], link)) > LONGEST_LINK:
        raise Refused(
            5001, f"{name} is longer than {LONGEST_LINK} characters", f"Длина {name} больше {LONGEST_LINK} символов"
        )
    try:
        parts = urlsplit(link)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in _SCHEMES or not parts.netloc:
        raise Refused(5005, f"{name} must have a protocol and a domain", f"{name}: нужны протокол и домен")


def check_mail(name: str, text: str) -> None:
    """Raises 5004 for what is no address of electronic mail."""
    if not _MAIL.fullmatch(text):
        raise Refused(5004, f"{name}: not an email address", f"{name}: неверный адрес электронной почты")


def check_distinct(name: str, items: Collection[object]) -> None:
    """Raises 9802 where an array names something twice."""
    if len(set(items)) < len(items):
        raise Refused(9802, f"{name} has repeated items", f"В {name} есть повторяющиеся элементы")


def check_count(name: str, items: Collection[object], most: int) -> None:
    """Raises 7000 for too many items."""
    if len(items) > most:
        raise Refused(7000, f"{name} has more than {most} items", f"В {name} больше {most} элементов")


def check_negative_keywords(phrases: list[str], most: int) -> None:
    """The rules of negative keywords: no minus in front, 7 words in each, 35 characters in a word, a total length.

    https://yandex.ru/dev/direct/doc/ru/campaigns/update
    """
    check_distinct("NegativeKeywords", phrases)
    total = 0
    for phrase in phrases:
        words = re.findall(r"[^\s!+\"\[\]-]+", phrase)
        if not words:
            raise Refused(5000, "A negative keyword is empty", "Минус-фраза пустая")
        if phrase.lstrip().startswith("-"):
            raise Refused(5161, "A negative keyword is given without its minus", "Минус-фраза указывается без минуса")
        if len(words) > 7:
            raise Refused(5161, "A negative keyword has more than 7 words", "В минус-фразе больше 7 слов")
        if max(map(len, words)) > 35:
            raise Refused(5162, "A word is longer than 35 characters", "Слово длиннее 35 символов")
        total += sum(map(len, words))
    if total > most:
        raise Refused(5001, f"NegativeKeywords are longer than {most}", f"Длина NegativeKeywords больше {most}")
