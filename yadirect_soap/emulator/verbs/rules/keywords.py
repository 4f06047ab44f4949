"""What the API asks of keywords: https://yandex.ru/dev/direct/doc/ru/keywords/add and /keywords/update."""

import re
from collections.abc import Mapping
from typing import Any

from ...call import Call
from ...store import Document
from ..autotargeting import KEYWORD as AUTOTARGETING
from ..outcome import Refused

_LONGEST = 4096
_WORDS = 7
_WORD = 35
_USER_PARAM = 255
_FORBIDDEN = re.compile(r"[^\w\s!+\"\[\]\-.'()|#«»№&/@:%]")


def check(_call: Call, _item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises Refused for a keyword that the API would not have."""
    for name in ("UserParam1", "UserParam2"):
        if len(after.get(name) or "") > _USER_PARAM:
            raise Refused(5001, f"{name} is longer than {_USER_PARAM}", f"{name} длиннее {_USER_PARAM} символов")
    phrase: str = after["Keyword"]
    if phrase == AUTOTARGETING:
        return
    if not phrase.strip():
        raise Refused(5000, "Keyword is empty", "Ключевая фраза пустая")
    if len(phrase) > _LONGEST:
        raise Refused(5001, f"Keyword is longer than {_LONGEST}", f"Ключевая фраза длиннее {_LONGEST} символов")
    if found := _FORBIDDEN.search(phrase):
        raise Refused(5002, f"Keyword has the character {found[0]!r}", f"Недопустимый символ {found[0]!r}")
    _check_words(phrase)


def _check_words(phrase: str) -> None:
    """Words behind a minus are negative ones and do not count among the seven."""
    words = [word for word in phrase.split() if not word.startswith("-")]
    if not words:
        raise Refused(5161, "Keyword has only negative keywords", "Фраза состоит только из минус-слов")
    if len(words) > _WORDS:
        raise Refused(5140, f"No more than {_WORDS} words are allowed", f"Допустимо не более {_WORDS} слов")
    if max(len(word.strip('!+"[]()|')) for word in words) > _WORD:
        raise Refused(5142, f"A word is longer than {_WORD}", f"Слово длиннее {_WORD} символов")
