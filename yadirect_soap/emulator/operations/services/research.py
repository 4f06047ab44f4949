"""KeywordsResearch: merges duplicates and excludes overlaps by the documented rules; search volumes are generated.

https://yandex.ru/dev/direct/doc/en/keywordsresearch/deduplicate
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ...domain.keyword_phrases import STOP_WORDS, Phrase, meaning, phrase
from ...domain.limits import limit
from ...domain.search_volume import searched
from ...storage.store import Document
from ..call import OperationCall
from ..crud.get import present
from ..crud.item_results import ItemError

_SERVICE = "keywordsresearch"
_OPERATIONS = ("MERGE_DUPLICATES", "ELIMINATE_OVERLAPPING")


@dataclass
class _RequestedKeyword:
    """A keyword of the request, which the operations change."""

    id: int | None
    original: str
    weight: int
    position: int
    phrase: Phrase

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Of duplicates the greatest remains: by weight, then with an id, then the first."""
        return self.weight, self.id is not None, -self.position


def deduplicate(call: OperationCall) -> dict[str, Any]:
    """KeywordsResearch.deduplicate: keywords to add, update and delete, so that no two compete for one query."""
    operations = call.params.get("Operation") or _OPERATIONS
    keywords, failures = _read(call)
    remaining, merged_away = _merged(keywords) if "MERGE_DUPLICATES" in operations else (keywords, [])
    if "ELIMINATE_OVERLAPPING" in operations:
        _exclude_overlaps(remaining)
    answer: dict[str, Any] = {
        "Add": [{"Keyword": str(keyword.phrase)} for keyword in remaining if keyword.id is None],
        "Update": [
            {"Id": keyword.id, "Keyword": str(keyword.phrase)}
            for keyword in remaining
            if keyword.id is not None and str(keyword.phrase) != " ".join(keyword.original.split())
        ],
        "Failure": failures,
    }
    if ids := [keyword.id for keyword in merged_away if keyword.id is not None]:
        answer["Delete"] = {"Ids": ids}
    return {name: value for name, value in answer.items() if value}


def has_search_volume(call: OperationCall) -> dict[str, Any]:
    """KeywordsResearch.hasSearchVolume: whether people search for keywords, computed from the text."""
    criteria = call.params["SelectionCriteria"]
    _check_rate(call)
    _check_criteria(call, criteria["Keywords"], criteria["RegionIds"])
    return present(call, [_volume(keyword, criteria["RegionIds"]) for keyword in criteria["Keywords"]])


def _check_rate(call: OperationCall) -> None:
    """Raises 56 for more requests of an advertiser in a minute than the API takes."""
    allowed = limit(_SERVICE, "", "requests in a minute")
    note, now = f"hasSearchVolume/{call.account.login}", call.now()
    recent = [moment for moment in call.store.note(note) or () if now - 60 < moment <= now]
    if not allowed.allows(len(recent) + 1):
        english, russian = (
            f"More than {allowed.max} requests in 60 seconds",
            f"Более {allowed.max} запросов за 60 секунд",
        )
        raise call.fault(allowed.code, call.text(english, russian))
    call.store.set_note(note, [*recent, now])


def _check_criteria(call: OperationCall, keywords: list[str], regions: list[int]) -> None:
    """Raises 4001 for repeated or wrong keywords, and for regions that show the ad nowhere."""
    for keyword in keywords:
        try:
            _check_words(phrase(keyword))
        except ItemError as error:
            english, russian = error.details
            raise call.fault(4001, call.text(f"Keywords: {english}", f"Keywords: {russian}")) from error
    if len({keyword.casefold() for keyword in keywords}) < len(keywords):
        raise call.fault(4001, call.text("Keywords has repeated items", "В Keywords есть повторяющиеся элементы"))
    hidden = [region for region in regions if region < 0]
    if len(hidden) == len(regions):
        raise call.fault(4001, call.text("RegionIds has only minus-regions", "В RegionIds только минус-регионы"))
    if hidden and 0 in regions:
        english, russian = "RegionIds: 0 excludes minus-regions", "RegionIds: 0 несовместим с минус-регионами"
        raise call.fault(4001, call.text(english, russian))


def _volume(keyword: str, regions: list[int]) -> Document:
    volumes = {device: "YES" if yes else "NO" for device, yes in searched(keyword).items()}
    return {
        "Keyword": keyword,
        "RegionIds": regions,
        "AllDevices": "YES" if "YES" in volumes.values() else "NO",
        **volumes,
    }


def _read(call: OperationCall) -> tuple[list[_RequestedKeyword], list[Document]]:
    """Returns the correct keywords, and the failures of the others; positions count from one."""
    keywords, failures = [], []
    for position, item in enumerate(call.params["Keywords"], 1):
        keyword = _RequestedKeyword(
            item.get("Id"), item["Keyword"], item.get("Weight", 0), position, phrase(item["Keyword"])
        )
        try:
            _check(keyword.phrase)
        except ItemError as error:
            id_ = {} if keyword.id is None else {"Id": keyword.id}
            failures.append({**id_, "Position": position, "Errors": [error.notification(call)]})
        else:
            keywords.append(keyword)
    return keywords, failures


def _check(keyword_phrase: Phrase) -> None:
    _check_words(keyword_phrase)
    if not keyword_phrase.meaning:
        raise ItemError(5141, "Only stop words", "Только стоп-слова")


def _check_words(keyword_phrase: Phrase) -> None:
    """Raises ItemError for a keyword without words, with too many besides stop words, or with one that is too long."""
    if not keyword_phrase.words:
        if keyword_phrase.negatives:
            raise ItemError(5161, "Only negative keywords", "Только минус-слова")
        raise ItemError(5000, "Keyword is empty", "Фраза пуста")
    words, longest = (limit(_SERVICE, "Keyword", kind) for kind in ("words", "characters in a word"))
    counted = [word for word in keyword_phrase.words if meaning(word) not in STOP_WORDS]
    if not words.allows(len(counted)):
        raise ItemError(words.code, f"More than {words.max} words", f"Более {words.max} слов")
    if not all(longest.allows(len(word)) for word in keyword_phrase.words):
        english, russian = f"A word of more than {longest.max} characters", f"Слово длиннее {longest.max} символов"
        raise ItemError(longest.code, english, russian)


def _merged(keywords: Iterable[_RequestedKeyword]) -> tuple[list[_RequestedKeyword], list[_RequestedKeyword]]:
    """One keyword of each set of duplicates, with the negative keywords of all; and the other duplicates."""
    sets: dict[object, list[_RequestedKeyword]] = {}
    for keyword in keywords:
        sets.setdefault(keyword.phrase.key, []).append(keyword)
    remaining, merged_away = [], []
    for duplicates in sets.values():
        greatest = max(duplicates, key=lambda keyword: keyword.rank)
        negatives = [word for keyword in duplicates for word in keyword.phrase.negatives]
        greatest.phrase = Phrase(greatest.phrase.text)
        for word in negatives:
            greatest.phrase.exclude(word)
        remaining.append(greatest)
        merged_away += [keyword for keyword in duplicates if keyword is not greatest]
    return remaining, merged_away


def _exclude_overlaps(keywords: Iterable[_RequestedKeyword]) -> None:
    """If a phrase equals a shorter one plus a word, the shorter one gets that word as a negative keyword."""
    plain = [keyword.phrase for keyword in keywords if not keyword.phrase.exact]
    by_meaning: dict[frozenset[str], list[Phrase]] = {}
    for candidate in plain:
        by_meaning.setdefault(candidate.meaning, []).append(candidate)
    for longer in plain:
        for word in sorted(longer.meaning):
            for shorter in by_meaning.get(longer.meaning - {word}, ()):
                shorter.exclude(word)
