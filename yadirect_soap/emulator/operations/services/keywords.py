"""Keywords: the rules beyond the generic verbs; a group's autotargeting is one of its keywords.

https://yandex.ru/dev/direct/doc/ru/keywords/keywords
"""

import re
from collections.abc import Mapping
from typing import Any

from ...domain.keyword_phrases import AUTOTARGETING, STOP_WORDS, meaning, phrase
from ...domain.limits import Limit, limit
from ...domain.moderation import send_keyword
from ...domain.resources import resources
from ...storage.store import Document, Key
from ..call import OperationCall
from ..crud.item_results import ItemError, Outcome
from ..crud.service_rules import Complete, Item, ServiceRules
from ..rules.amounts import check_bid
from ..rules.archived_campaigns import refuse_archived_campaign
from ..rules.stored_bids import bid_warnings, with_bids
from ..rules.texts import too_long
from . import autotargeting
from .autotargeting import is_autotargeting
from .serving_status import asks_about_serving, serving, with_serving

_SERVICE = "keywords"
_FORBIDDEN = re.compile(r"[^\w\s!+\"\[\]\-.'()|#«»№&/@:%]")
_OPERATORS = '!+[]"()|'
_LONE_OPERATOR = re.compile(r"(?:^|\s)[!+-]+(?=\s|$)")
_PAIRS = ("[]", "()")
_NEGATIVE_PHRASE = re.compile(r"(?:^|\s)-[\"(\[]")
_ALWAYS_ON = ("Autotargeting is always on on search", "На поиске автотаргетинг отключить нельзя")
_LAST = ("It is the last active keyword of the group", "Это последняя активная фраза группы")


def _autotargeted_group(item: Item) -> Key | None:
    """Returns the group of an autotargeting, of which a group has one only."""
    return item["AdGroupId"] if is_autotargeting(item) else None


def _derive(call: OperationCall, document: Document, item: Item, _parent: Document | None) -> Document:
    document = with_bids(call, autotargeting.in_step(document, item))
    return document | {"Keyword": " ".join(document["Keyword"].split())}


def _fixed_key(document: Document) -> Key | None:
    return autotargeting.key(document["AdGroupId"]) if is_autotargeting(document) else None


def _duplicate_key(members: Document) -> Document:
    """Compares keywords without regard to the order of their words."""
    return members | {"Keyword": phrase(members["Keyword"]).identity}


def _on_duplicate(call: OperationCall, document: Document) -> None:
    """Switches the group's autotargeting on."""
    if is_autotargeting(document):
        autotargeting.switch(call, document["AdGroupId"], on=True)


def _uncounted(call: OperationCall, document: Document) -> int:
    """Returns the autotargeting of the group, which does not count toward its limit."""
    return int(autotargeting.find(call, document["AdGroupId"]) is not None)


def _after_add(call: OperationCall, _item: Item, document: Document) -> None:
    send_keyword(call.store, call.account.login, document, at=call.now(), seconds=call.moderation)


def _replace(call: OperationCall, before: Document, after: Document) -> Outcome | None:
    """Replaces a moderated keyword with a new one if its text changes."""
    if before["Keyword"] == after["Keyword"] or before.get("Status") == "DRAFT":
        return None
    key = call.store.next_id("keywords", resources()["keywords"].first or 1)
    call.store.delete("keywords", before["Id"])
    new = after | {"Id": key, "Status": "DRAFT", "State": "OFF" if after["State"] == "ON" else after["State"]}
    call.store.put("keywords", key, call.account.login, new, changed=call.now())
    send_keyword(call.store, call.account.login, new, at=call.now(), seconds=call.moderation)
    return key, [call.notification(10141)]


def _warn(call: OperationCall, item: Item, after: Document) -> list[dict[str, Any]]:
    """Warnings for bids, and for settings of autotargeting at another keyword."""
    ignored = [] if is_autotargeting(after) else [name for name in sorted(item) if name.startswith("Autotargeting")]
    return [*bid_warnings(call, item, after), *(call.notification(10165, name) for name in ignored)]


def _before_state_change(call: OperationCall, keyword: Document) -> None:
    if call.operation.name == "suspend":
        _refuse_last(call, keyword, 8302)


def _before_delete(call: OperationCall, keyword: Document) -> None:
    _refuse_last(call, keyword, 8301)


def _refuse_last(call: OperationCall, keyword: Document, code: int) -> None:
    """Raises ItemError if a group that is shown would lose its last targeting."""
    if is_autotargeting(keyword) and autotargeting.is_on_search(call, keyword):
        raise ItemError(code, *_ALWAYS_ON)
    if _is_last(call, keyword):
        raise ItemError(code, *_LAST)


def _is_last(call: OperationCall, keyword: Document) -> bool:
    """Whether its group, if it is no draft, has no other targeting."""
    login, group = call.account.login, keyword["AdGroupId"]
    if keyword["State"] == "SUSPENDED" or (call.store.get("adgroups", group, login) or {}).get("Status") == "DRAFT":
        return False
    keywords = call.store.rows("keywords", login, adgroups=[group])
    others = [row for row in keywords if row.id != keyword["Id"] and row.document["State"] != "SUSPENDED"]
    return not others and not call.store.count("audiencetargets", login, adgroup=group)


def _instead_of_delete(call: OperationCall, keyword: Document) -> bool:
    """Switches autotargeting off instead of deleting it."""
    if not is_autotargeting(keyword):
        return False
    autotargeting.switch(call, keyword["AdGroupId"], on=False)
    return True


def _on_read(call: OperationCall) -> Complete:
    """Adds the ServingStatus of a keyword, which is that of its group."""
    if not asks_about_serving(call):
        return lambda keyword: keyword
    status = serving(call)
    return lambda keyword: with_serving(keyword, status(keyword["AdGroupId"]))


def _validate(call: OperationCall, item: Mapping[str, Any], after: Document, before: Document) -> None:
    """Raises ItemError for a keyword that the API refuses."""
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
        raise ItemError(6001, "A group by user profile has no keywords", "В группе по профилю фразы недопустимы")
    text: str = after["Keyword"]
    if before and AUTOTARGETING in (text, before["Keyword"]) and text != before["Keyword"]:
        raise ItemError(5005, "Autotargeting has no text to change", "Текст автотаргетинга изменить нельзя")
    if text == AUTOTARGETING:
        _check_autotargeting(item, after, group)
    else:
        _check_phrase(text)


def _check_autotargeting(item: Mapping[str, Any], after: Document, group: Document) -> None:
    """Raises ItemError for autotargeting in a wrong group, or without any category."""
    if group.get("Type") not in autotargeting.GROUPS:
        raise ItemError(6001, "Groups of this type have no autotargeting", "В группах этого типа нет автотаргетинга")
    categories = item.get("AutotargetingCategories") or ()
    states = [category["Value"] for category in (after.get("AutotargetingCategories") or {}).get("Items", ())]
    settings = (item.get("AutotargetingSettings") or {}).get("Categories") or {}
    all_settings = ((after.get("AutotargetingSettings") or {}).get("Categories") or {}).values()
    if (categories and "YES" not in states) or (settings and "YES" not in all_settings):
        raise ItemError(
            5005,
            "All categories of autotargeting cannot be switched off",
            "Запрещено выключать все категории в автотаргетинге",
        )


def _check_phrase(text: str) -> None:
    if not text.strip():
        raise ItemError(5000, "Keyword is empty", "Ключевая фраза пустая")
    length = limit(_SERVICE, "Keyword", "characters")
    if not length.allows(len(text)):
        raise too_long(length)
    if symbol := _FORBIDDEN.search(text):
        raise ItemError(5002, f"Keyword has the character {symbol[0]!r}", f"Недопустимый символ {symbol[0]!r}")
    if _LONE_OPERATOR.search(text) or text.count('"') % 2 or any(_is_broken(text, pair) for pair in _PAIRS):
        raise ItemError(5002, "An operator is misused", "Неверно использован оператор")
    if _NEGATIVE_PHRASE.search(text):
        raise ItemError(5160, "A negative keyword is a single word", "Минус-слово должно быть одним словом")
    tokens = text.split()
    _check_words([token.strip(_OPERATORS) for token in tokens if not token.startswith("-")], text)
    _check_negatives(tokens)


def _is_broken(text: str, pair: str) -> bool:
    opening, closing = pair[0], pair[1]
    return text.count(opening) != text.count(closing) or text.find(closing) < text.find(opening)


def _check_words(words: list[str], text: str) -> None:
    """Checks the words of a phrase; stop words without an operator do not count toward the limit."""
    if not words:
        raise ItemError(5161, "Keyword has only negative keywords", "Фраза состоит только из минус-слов")
    fixed = any(sign in text for sign in '!+"[')
    meant = [word for word in words if fixed or meaning(word) not in STOP_WORDS]
    if not meant:
        raise ItemError(5141, "Keyword has only stop words", "Фраза состоит только из стоп-слов")
    many = limit(_SERVICE, "Keyword", "words")
    if not many.allows(len(meant)):
        raise ItemError(many.code, f"No more than {many.max} words are allowed", f"Допустимо не более {many.max} слов")
    _check_word(limit(_SERVICE, "Keyword", "characters in a word"), words)


def _check_word(longest: Limit, words: list[str]) -> None:
    if not all(longest.allows(len(word)) for word in words):
        english, russian = f"A word is longer than {longest.max}", f"Слово длиннее {longest.max} символов"
        raise ItemError(longest.code, english, russian)


def _check_negatives(tokens: list[str]) -> None:
    positive = {meaning(token) for token in tokens if not token.startswith("-")}
    for negative in (token[1:].strip(_OPERATORS) for token in tokens if token.startswith("-")):
        _check_word(limit(_SERVICE, "Keyword", "characters in a negative word"), [negative])
        if "." in negative.strip(".") and not re.fullmatch(r"\d+\.\d+", negative):
            raise ItemError(5161, "A negative keyword has a dot", "Точка в минус-слове")
        if meaning(negative) in positive:
            english, russian = "is excluded by its own negative keyword", "исключено минус-словом той же фразы"
            raise ItemError(5161, f"{negative} {english}", f"{negative} {russian}")


RULES = ServiceRules(
    once_in_add=_autotargeted_group,
    check_editable=refuse_archived_campaign,
    derive=_derive,
    validate=_validate,
    fixed_key=_fixed_key,
    duplicate_key=_duplicate_key,
    on_duplicate=_on_duplicate,
    uncounted=_uncounted,
    after_add=_after_add,
    replace=_replace,
    warn=_warn,
    before_state_change=_before_state_change,
    before_delete=_before_delete,
    instead_of_delete=_instead_of_delete,
    on_read=_on_read,
)
