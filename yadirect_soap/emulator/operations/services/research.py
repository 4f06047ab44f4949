"""KeywordsResearch: duplicates merged and overlaps excluded by the documented rules; volumes of search made up.

https://yandex.ru/dev/direct/doc/en/keywordsresearch/deduplicate
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ...domain.keyword_phrases import Phrase, phrase
from ...domain.limits import limit
from ...domain.search_volume import searched
from ...storage.store import Document
from ..call import Call
from ..crud.get import present
from ..crud.item_results import ItemError

_OPERATIONS = ("MERGE_DUPLICATES", "ELIMINATE_OVERLAPPING")


@dataclass
class _Entry:
    """A keyword of the request on its way through the operations."""

    id: int | None
    original: str
    weight: int
    position: int
    phrase: Phrase

    @property
    def rank(self) -> tuple[int, bool, int]:
        """Of duplicates the greatest stays: the heaviest, then one with an id, then the first."""
        return self.weight, self.id is not None, -self.position


def deduplicate(call: Call) -> dict[str, Any]:
    """What to add, to change and to delete, so that no two keywords compete for one query."""
    operations = call.params.get("Operation") or _OPERATIONS
    entries, failures = _read(call)
    kept, gone = _merged(entries) if "MERGE_DUPLICATES" in operations else (entries, [])
    if "ELIMINATE_OVERLAPPING" in operations:
        _exclude_overlaps(kept)
    answer: dict[str, Any] = {
        "Add": [{"Keyword": str(entry.phrase)} for entry in kept if entry.id is None],
        "Update": [
            {"Id": entry.id, "Keyword": str(entry.phrase)}
            for entry in kept
            if entry.id is not None and str(entry.phrase) != " ".join(entry.original.split())
        ],
        "Failure": failures,
    }
    if ids := [entry.id for entry in gone if entry.id is not None]:
        answer["Delete"] = {"Ids": ids}
    return {name: value for name, value in answer.items() if value}


def has_search_volume(call: Call) -> dict[str, Any]:
    """Whether keywords are searched for: the short ones are; of longer ones the text decides, always alike."""
    criteria = call.params["SelectionCriteria"]
    return present(call, [_volume(keyword, criteria["RegionIds"]) for keyword in criteria["Keywords"]])


def _volume(keyword: str, regions: list[int]) -> Document:
    volumes = {device: "YES" if yes else "NO" for device, yes in searched(keyword).items()}
    return {
        "Keyword": keyword,
        "RegionIds": regions,
        "AllDevices": "YES" if "YES" in volumes.values() else "NO",
        **volumes,
    }


def _read(call: Call) -> tuple[list[_Entry], list[Document]]:
    """The keywords that can be worked with, and the failures of the others; positions count from one."""
    entries, failures = [], []
    for position, item in enumerate(call.params["Keywords"], 1):
        entry = _Entry(item.get("Id"), item["Keyword"], item.get("Weight", 0), position, phrase(item["Keyword"]))
        try:
            _check(entry.phrase)
        except ItemError as error:
            id_ = {} if entry.id is None else {"Id": entry.id}
            failures.append({**id_, "Position": position, "Errors": [error.notification(call)]})
        else:
            entries.append(entry)
    return entries, failures


def _check(found: Phrase) -> None:
    if not found.words:
        if found.negatives:
            raise ItemError(5161, "Only negative keywords", "Только минус-слова")
        raise ItemError(5000, "Keyword is empty", "Фраза пуста")
    if not found.meaning:
        raise ItemError(5141, "Only stop words", "Только стоп-слова")
    words, longest = (limit("keywordsresearch", "Keyword", kind) for kind in ("words", "characters in a word"))
    if not words.allows(len(found.words)):
        raise ItemError(words.code, f"More than {words.max} words", f"Более {words.max} слов")
    if not all(longest.allows(len(word)) for word in found.words):
        english, russian = f"A word of more than {longest.max} characters", f"Слово длиннее {longest.max} символов"
        raise ItemError(longest.code, english, russian)


def _merged(entries: Iterable[_Entry]) -> tuple[list[_Entry], list[_Entry]]:
    """One keyword of each set of duplicates, with the negative keywords of all; and the rest of them."""
    sets: dict[object, list[_Entry]] = {}
    for entry in entries:
        sets.setdefault(entry.phrase.key, []).append(entry)
    kept, gone = [], []
    for duplicates in sets.values():
        stays = max(duplicates, key=lambda entry: entry.rank)
        negatives = [word for entry in duplicates for word in entry.phrase.negatives]
        stays.phrase = Phrase(stays.phrase.text)
        for word in negatives:
            stays.phrase.exclude(word)
        kept.append(stays)
        gone += [entry for entry in duplicates if entry is not stays]
    return kept, gone


def _exclude_overlaps(entries: Iterable[_Entry]) -> None:
    """Where a phrase is another one and one word more, the shorter one gets that word as a negative keyword."""
    plain = [entry.phrase for entry in entries if not entry.phrase.exact]
    by_meaning: dict[frozenset[str], list[Phrase]] = {}
    for found in plain:
        by_meaning.setdefault(found.meaning, []).append(found)
    for longer in plain:
        for word in sorted(longer.meaning):
            for shorter in by_meaning.get(longer.meaning - {word}, ()):
                shorter.exclude(word)
