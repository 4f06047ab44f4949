"""The order in which lines are sent: waves of chunks; a line waits only for the lines that it needs.

Within a wave the chunks come in the order of the file, and within a chunk the lines.  A line is in a later wave than

- the lines it refers to;
- the line before it that acts upon the same object;
- where it archives, unarchives, deletes or sets the bids of a whole group or campaign: all lines before it that do
  something else with other kinds of objects; and these, in turn, come after it where they name objects that were there
  before;
- where it sends an ad to moderation, for which its group must be complete: all lines before it that neither archive
  nor delete.

So a file that goes from campaign to campaign, each with its groups, ads and keywords, becomes a few large chunks.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from .write_operations import ItemKind, WriteOperation

_BELOW: Mapping[str, int] = MappingProxyType({"adgroups": 1, "campaigns": 2})
_OF_CAMPAIGNS = frozenset(
    {
        "ads",
        "audiencetargets",
        "bidmodifiers",
        "dynamicfeedadtargets",
        "dynamictextadtargets",
        "keywords",
        "smartadtargets",
    }
)
_MODERATION = "moderate"
_ENDS = frozenset({"archive", "delete"})
_USED_BY_OTHERS = 3
"""Sitelinks, images, lists: they can be deleted when the ads and campaigns that have them are gone."""

Key = tuple[str, str]
"""What is done, and with the objects of which service ("" for new ones)."""


class Schedule:
    """Gives each line its wave and its chunk, line by line in the order of the file.

    Args:
        open_chunk: Makes a chunk of an operation, a naming member, a wave and a first line, and gives its number.
    """

    def __init__(self, open_chunk: Callable[[str, str, int, int], int]) -> None:
        self._open_chunk = open_chunk
        self._waves: dict[Key, int] = {}
        self._alone: dict[Key, int] = {}
        self._chunks: dict[tuple[int, str, str], tuple[int, int]] = {}
        self._first: dict[tuple[int, str, str], int] = {}

    def wave(self, write: WriteOperation, kind: ItemKind, *, after: Sequence[int], acts: bool, refers: bool) -> int:
        """The wave of the next line.

        Args:
            write: What it does.
            kind: What the names of its members tell.
            after: The waves of the lines that it refers to, and of the one before it with the same object.
            acts: Whether it acts upon an object, and makes no new one.
            refers: Whether it refers to other lines.
        """
        wave = max(after) + 1 if after else 0
        service = kind.service if acts else ""
        key = (kind.action, service)
        if kind.stands_alone:
            passed_over = {key[0], *(_ENDS if key[0] == _MODERATION else ())}
            others = (
                at for (action, other), at in self._waves.items() if action not in passed_over and other != service
            )
            wave = max(wave, max(others, default=-1) + 1 + _rank(write))
        elif self._alone and not refers:
            wave = max(wave, max((at for (_, other), at in self._alone.items() if other != service), default=-1) + 1)
        if wave >= self._waves.get(key, 0):
            self._waves[key] = wave
        if kind.stands_alone and not refers and key[0] != _MODERATION:
            self._alone[key] = max(wave, self._alone.get(key, 0))
        return wave

    def chunk(self, write: WriteOperation, naming: str, wave: int, line: int) -> int:
        """The number of the chunk for a line."""
        group = (wave, write.key, naming)
        number, room = self._chunks.get(group, (0, 0))
        if not room:
            first = self._first.setdefault(group, line)
            number, room = self._open_chunk(write.key, naming, wave, first), write.largest_chunk(naming)
        self._chunks[group] = number, room - 1
        return number


def _rank(write: WriteOperation) -> int:
    """What is inside goes before what it is in; it comes back after that."""
    verb, service = write.operation.name, write.operation.service
    below = 0 if service in _OF_CAMPAIGNS else _BELOW.get(service, _USED_BY_OTHERS)
    if verb in _ENDS:
        return below
    return 0 if verb != "unarchive" or service == "campaigns" else 1
