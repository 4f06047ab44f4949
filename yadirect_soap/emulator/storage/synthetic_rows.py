"""Many similar objects, computed from their numbers: a million ads need no million documents.

Identifiers follow one another, and the same number of objects stands under each parent.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

Key = int | str
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SyntheticRange:
    """`count` objects of a service and a login, from the identifier `first` on.

    `owners` are the parents, each with the member that names it, the first parent's identifier, and how many objects
    stand under each.  An object is the `template` with its identifiers, and with its number after the text at
    `numbered`, a path of names.  `changed` is in seconds since the epoch.
    """

    service: str
    login: str
    first: int
    count: int
    owners: tuple[tuple[str, int, int], ...]
    template: Document
    numbered: tuple[str, ...]
    changed: float

    @property
    def last(self) -> int:
        """The last identifier."""
        return self.first + self.count - 1

    def covers(self, key: Key) -> bool:
        """Whether an identifier belongs to one of these objects."""
        return isinstance(key, int) and self.first <= key < self.first + self.count

    def document(self, key: int) -> Document:
        """Returns the document of an identifier."""
        index = key - self.first
        document = _numbered(self.template, self.numbered, index + 1)
        document["Id"] = key
        for member, first, per_parent in self.owners:
            document[member] = first + index // per_parent
        return document

    @property
    def varying(self) -> frozenset[str]:
        """The members in which these objects differ."""
        return frozenset({"Id", self.numbered[0], *(member for member, _, _ in self.owners)})

    def ranges(self, member: str, values: Sequence[Key] | None) -> Iterator[range]:
        """Yields ranges of identifiers in order: all, or those with one of the values in `member`, an id."""
        if values is None:
            yield range(self.first, self.first + self.count)
            return
        for value in sorted({value for value in values if isinstance(value, int)}):
            if member != "Id":
                yield self._under(member, value)
            elif self.covers(value):
                yield range(value, value + 1)

    def size(self, campaign: Key | None, adgroup: Key | None) -> int:
        """Returns the number of objects: all, or those under one parent."""
        for member, value in (("AdGroupId", adgroup), ("CampaignId", campaign)):
            if value is not None:
                return len(self._under(member, value)) if isinstance(value, int) else 0
        return self.count

    def parents(self, key: int) -> tuple[int | None, int | None]:
        """Returns the campaign and the group of an object; None for one that it does not have."""
        document = self.document(key)
        return document.get("CampaignId"), document.get("AdGroupId")

    def to_note(self) -> dict[str, Any]:
        """Returns the range as plain JSON data."""
        return asdict(self)

    @classmethod
    def from_note(cls, note: dict[str, Any]) -> Self:
        """Returns the range from the data that to_note() gave."""
        owners = tuple((member, first, per_parent) for member, first, per_parent in note["owners"])
        numbered, changed = tuple(note["numbered"]), float(note["changed"])
        return cls(**note | {"owners": owners, "numbered": numbered, "changed": changed})

    def _under(self, member: str, value: int) -> range:
        """Returns the identifiers under one parent."""
        for name, first, per_parent in self.owners:
            if name == member and first <= value < first + self.count // per_parent:
                start = self.first + (value - first) * per_parent
                return range(start, start + per_parent)
        return range(0)


def of(ranges: Iterable[SyntheticRange], service: str, key: Key) -> SyntheticRange | None:
    """Returns the range to which an object belongs."""
    return next((synthetic for synthetic in ranges if synthetic.service == service and synthetic.covers(key)), None)


def _numbered(document: Document, path: tuple[str, ...], number: int) -> Document:
    """Returns a copy with the number after the text at a path."""
    name, *inner_path = path
    value = document[name]
    return {**document, name: _numbered(value, tuple(inner_path), number) if inner_path else f"{value} {number}"}
