"""What the API asks of keywords: https://yandex.ru/dev/direct/doc/ru/keywords/add and /keywords/update."""

import re
from collections.abc import Mapping
from typing import Any

from ...domain.keyword_phrases import STOP_WORDS, meaning
from ...domain.limits import Limit, limit
from ...storage.store import Document
from ..call import Call
from ..crud.item_results import Refused
from .amounts import check_bid
from .autotargeting import GROUPS as WITH_AUTOTARGETING
from .autotargeting import KEYWORD as AUTOTARGETING
from .texts import too_long

_SERVICE = "keywords"
_FORBIDDEN = re.compile(r"[^\w\s!+\"\[\]\-.'()|#«»№&/@:%]")
_OPERATORS = '!+[]"()|'
_LONE_OPERATOR = re.compile(r"(?:^|\s)[!+-]+(?=\s|$)")
_PAIRS = ("[]", "()")
_NEGATIVE_PHRASE = re.compile(r"(?:^|\s)-[\"(\[]")


def check(call: Call, item: Mapping[str, Any], after: Document, before: Document) -> None:
    """Raises Refused for a keyword that the API would not have."""
    for name in ("UserParam1", "UserParam2"):
        length = limit(_SERVICE, name, "characters")
        if not length.allows(len(after.get(name) or "")):
            raise too_long(length)
    campaign = call.store.get("campaigns", after["CampaignId"], call.account.login) or {}
    for name in ("Bid", "ContextBid"):
        by_impressions = campaign.get("Type") == "CPM_BANNER_CAMPAIGN"
        check_bid(call.account.currency, name, item.get(name), by_impressions=by_impressions)
    group = call.store.get("adgroups", after["AdGroupId"], call.account.login) or {}
    if not before and group.get("Subtype") == "USER_PROFILE":
        raise Refused(6001, "A group by user profile has no keywords", "В группе по профилю фразы недопустимы")
    phrase: str = after["Keyword"]
    if before and AUTOTARGETING in (phrase, before["Keyword"]) and phrase != before["Keyword"]:
        raise Refused(5005, "Autotargeting has no text to change", "Текст автотаргетинга изменить нельзя")
    if phrase == AUTOTARGETING:
        _check_autotargeting(item, after, group)
    else:
        _check_phrase(phrase)


def _check_autotargeting(item: Mapping[str, Any], after: Document, group: Document) -> None:
    """Autotargeting is for some groups only, and is about something."""
    if group.get("Type") not in WITH_AUTOTARGETING:
        raise Refused(6001, "Groups of this type have no autotargeting", "В группах этого типа нет автотаргетинга")
    categories = item.get("AutotargetingCategories") or ()
    kept = [each["Value"] for each in (after.get("AutotargetingCategories") or {}).get("Items", ())]
    settings = (item.get("AutotargetingSettings") or {}).get("Categories") or {}
    all_settings = ((after.get("AutotargetingSettings") or {}).get("Categories") or {}).values()
    if (categories and "YES" not in kept) or (settings and "YES" not in all_settings):
        raise Refused(5005, "All categories are switched off", "Отключены все категории автотаргетинга")


def _check_phrase(phrase: str) -> None:
    if not phrase.strip():
        raise Refused(5000, "Keyword is empty", "Ключевая фраза пустая")
    length = limit(_SERVICE, "Keyword", "characters")
    if not length.allows(len(phrase)):
        raise too_long(length)
    if found := _FORBIDDEN.search(phrase):
        raise Refused(5002, f"Keyword has the character {found[0]!r}", f"Недопустимый символ {found[0]!r}")
    if _LONE_OPERATOR.search(phrase) or phrase.count('"') % 2 or any(_is_broken(phrase, pair) for pair in _PAIRS):
        raise Refused(5002, "An operator is misused", "Неверно использован оператор")
    if _NEGATIVE_PHRASE.search(phrase):
        raise Refused(5160, "A negative keyword is a single word", "Минус-слово должно быть одним словом")
    tokens = phrase.split()
    _check_words([token.strip(_OPERATORS) for token in tokens if not token.startswith("-")], phrase)
    _check_negatives(tokens)


def _is_broken(phrase: str, pair: str) -> bool:
    opening, closing = pair[0], pair[1]
    return phrase.count(opening) != phrase.count(closing) or phrase.find(closing) < phrase.find(opening)


def _check_words(words: list[str], phrase: str) -> None:
    """Words behind a minus are negative ones and do not count among the seven; nor do stop words that stand free."""
    if not words:
        raise Refused(5161, "Keyword has only negative keywords", "Фраза состоит только из минус-слов")
    fixed = any(sign in phrase for sign in '!+"[')
    meant = [word for word in words if fixed or meaning(word) not in STOP_WORDS]
    if not meant:
        raise Refused(5141, "Keyword has only stop words", "Фраза состоит только из стоп-слов")
    many = limit(_SERVICE, "Keyword", "words")
    if not many.allows(len(meant)):
        raise Refused(many.code, f"No more than {many.max} words are allowed", f"Допустимо не более {many.max} слов")
    _check_word(limit(_SERVICE, "Keyword", "characters in a word"), words)


def _check_word(longest: Limit, words: list[str]) -> None:
    if not all(longest.allows(len(word)) for word in words):
        english, russian = f"A word is longer than {longest.max}", f"Слово длиннее {longest.max} символов"
        raise Refused(longest.code, english, russian)


def _check_negatives(tokens: list[str]) -> None:
    positive = {meaning(token) for token in tokens if not token.startswith("-")}
    for negative in (token[1:].strip(_OPERATORS) for token in tokens if token.startswith("-")):
        _check_word(limit(_SERVICE, "Keyword", "characters in a negative word"), [negative])
        if "." in negative.strip(".") and not re.fullmatch(r"\d+\.\d+", negative):
            raise Refused(5161, "A negative keyword has a dot", "Точка в минус-слове")
        if meaning(negative) in positive:
            english, russian = "is excluded by its own negative keyword", "исключено минус-словом той же фразы"
            raise Refused(5161, f"{negative} {english}", f"{negative} {russian}")
