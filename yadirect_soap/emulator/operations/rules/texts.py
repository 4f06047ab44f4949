"""Rules for single texts: lengths, words, links, addresses, lists of negative keywords."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from ...domain.limits import Limit, limit, limits
from ..crud.item_results import ItemError

NARROW = frozenset('!,.;:"')
"""Narrow characters, which do not count toward the length of a title or text but have their own limit."""

_TEMPLATE = re.compile(r"#[^#]*#")
_UNUSUAL = re.compile(r"[^\w\s!-~«»“”„–—’‘№€₽₸₴£¥™®©°…±×²³§]")
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_SCHEMES = frozenset({"http", "https"})


def check_length(service: str, path: str, text: str) -> None:
    """Checks a text against the limits of its member: characters, narrow characters, characters of a word.

    Narrow characters do not count toward the length if they have their own limit; the marks of a template, #phrase#,
    never count.  Two templates in a text with limited words are error 5100.

    Args:
        service: the service's name, as in the address.
        path: the member, as limits.toml writes it.
        text: the member's value.

    Raises:
        ItemError: 5000 for a blank text, 5002 for a forbidden character, or the limit's own code.
    """
    length = limit(service, path, "characters")
    narrow, word = (limits().get((service, path, kind)) for kind in ("narrow characters", "characters in a word"))
    name = length.name
    if not text.strip():
        raise ItemError(5000, f"{name} is empty", f"Поле {name} пустое")
    check_symbols(name, text)
    if word is not None:
        _check_template(name, text)
    counted = _TEMPLATE.sub(lambda template: template[0][1:-1], text)
    thin = sum(character in NARROW for character in counted) if narrow is not None else 0
    if not length.allows(len(counted) - thin) or (narrow is not None and not narrow.allows(thin)):
        raise too_long(length)
    if word is not None and not all(word.allows(len(piece)) for piece in re.findall(r"\w+", counted)):
        maximum = word.max
        raise ItemError(
            word.code, f"A word in {name} is longer than {maximum}", f"Слово в {name} длиннее {maximum} символов"
        )


def too_long(length: Limit) -> ItemError:
    """Returns the error of a text that is longer than its limit."""
    name, maximum = length.name, length.max
    return ItemError(
        length.code, f"{name} is longer than {maximum} characters", f"Длина {name} больше {maximum} символов"
    )


def check_symbols(name: str, text: str) -> None:
    """Raises 5002 for a character that is no letter, digit or common sign, such as `·` or an emoji."""
    if symbol := _UNUSUAL.search(text):
        raise ItemError(5002, f"{name} has the character {symbol[0]!r}", f"Недопустимый символ в {name}: {symbol[0]!r}")


def _check_template(name: str, text: str) -> None:
    """Raises 5100 for two templates, or an empty one: its text is shown when no keyword fits."""
    templates = _TEMPLATE.findall(text)
    if len(templates) > 1 or "##" in templates:
        raise ItemError(5100, f"{name}: one template with a text", f"{name}: допустим один непустой шаблон")


def check_link(service: str, path: str, link: str | None) -> None:
    """Raises 5003 for an empty link, 5005 for one without protocol and domain, or the limit's code for a long one."""
    if link is None:
        return
    length = limit(service, path, "characters")
    name = length.name
    if not link:
        raise ItemError(5003, f"{name} is empty", f"Поле {name} пустое")
    if not length.allows(len(_TEMPLATE.sub(lambda template: template[0][1:-1], link))):
        raise too_long(length)
    try:
        parts = urlsplit(link)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in _SCHEMES or not parts.netloc:
        raise ItemError(5005, f"{name} must have a protocol and a domain", f"{name}: нужны протокол и домен")


def check_mail(name: str, text: str) -> None:
    """Raises 5004 for a text that is no email address."""
    if not _MAIL.fullmatch(text):
        raise ItemError(5004, f"{name}: not an email address", f"{name}: неверный адрес электронной почты")


def check_distinct(name: str, items: Collection[object]) -> None:
    """Raises 9802 for repeated items of an array."""
    if len(set(items)) < len(items):
        raise ItemError(9802, f"{name} has repeated items", f"В {name} есть повторяющиеся элементы")


def check_count(service: str, path: str, items: Collection[object]) -> None:
    """Raises the limit's code for too many items in a list."""
    items_limit = limit(service, path, "items")
    if not items_limit.allows(len(items)):
        raise too_many(items_limit.name, items_limit.max, items_limit.code)


def too_many(name: str, maximum: int | None, code: int) -> ItemError:
    """Returns the error of a list that has more items than its limit."""
    return ItemError(code, f"{name} has more than {maximum} items", f"В {name} больше {maximum} элементов")


def check_negative_keywords(service: str, phrases: list[str]) -> None:
    """Checks negative keywords: no leading minus, limited words in each, limited characters of a word and in total.

    https://yandex.ru/dev/direct/doc/ru/campaigns/update
    """
    check_distinct("NegativeKeywords", phrases)
    length, max_words, word = (
        limit(service, "NegativeKeywords", kind) for kind in ("characters", "words", "characters in a word")
    )
    total = 0
    for phrase in phrases:
        words = re.findall(r"[^\s!+\"\[\]-]+", phrase)
        if not words:
            raise ItemError(5000, "A negative keyword is empty", "Минус-фраза пустая")
        if phrase.lstrip().startswith("-"):
            raise ItemError(5161, "A negative keyword is given without its minus", "Минус-фраза указывается без минуса")
        if not max_words.allows(len(words)):
            english, russian = "A negative keyword has more than", "В минус-фразе больше"
            raise ItemError(max_words.code, f"{english} {max_words.max} words", f"{russian} {max_words.max} слов")
        if not word.allows(max(map(len, words))):
            english, russian = f"A word is longer than {word.max} characters", f"Слово длиннее {word.max} символов"
            raise ItemError(word.code, english, russian)
        total += sum(map(len, words))
    if not length.allows(total):
        english, russian = "NegativeKeywords are longer than", "Длина NegativeKeywords больше"
        raise ItemError(length.code, f"{english} {length.max}", f"{russian} {length.max}")
