"""Computes the order in which lines are sent, as waves of chunks; a line waits only for the lines that it needs.

The chunks of a wave, and the lines of a chunk, are in the order of the file.  A line is in a later wave than

- the lines to which it refers;
- the last line before it that changes the same object;
- if it archives, unarchives or deletes an object, or sets the bids of a whole group or campaign: all lines before it
  that do something else with other kinds of objects; and later lines that name existing objects of other kinds are in
  a later wave than it;
- if it sends an ad to moderation, for which the group of the ad must be complete: all lines before it that neither
  archive nor delete.

So a file that has one campaign after another, each with its groups, ads and keywords, becomes a few large chunks.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from .write_operations import ItemKind, WriteOperation

_LEVELS: Mapping[str, int] = MappingProxyType({"adgroups": 1, "campaigns": 2})
_IN_GROUPS = frozenset(
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
"""The level of sitelinks, images and lists: they can be deleted after the ads and campaigns that use them."""

Key = tuple[str, str]
"""An action, and the service of the objects that it changes ("" for new objects)."""


class Schedule:
    """Assigns a wave and a chunk to each line, in the order of the file.

    Args:
        open_chunk: A function that creates a chunk for an operation, a naming member, a wave and a first line, and
            returns its number.
    """

    def __init__(self, open_chunk: Callable[[str, str, int, int], int]) -> None:
        self._open_chunk = open_chunk
        self._waves: dict[Key, int] = {}
        self._order_keeping: dict[Key, int] = {}
        self._chunks: dict[tuple[int, str, str], tuple[int, int]] = {}
        self._first: dict[tuple[int, str, str], int] = {}

    def wave(self, write: WriteOperation, kind: ItemKind, *, after: Sequence[int], acts: bool, refers: bool) -> int:
        """Returns the wave of the next line.

        Args:
            write: The operation of the line.
            kind: The kind of its item.
            after: The waves of the lines to which it refers, and of the last line with the same object.
            acts: Whether it changes an object, and does not create one.
            refers: Whether it refers to other lines.
        """
        wave = max(after) + 1 if after else 0
        service = kind.service if acts else ""
        key = (kind.action, service)
        if kind.keeps_order:
            ignored = {key[0], *(_ENDS if key[0] == _MODERATION else ())}
            others = (at for (action, other), at in self._waves.items() if action not in ignored and other != service)
            wave = max(wave, max(others, default=-1) + 1 + _level(write))
        elif self._order_keeping and not refers:
            others = (at for (_, other), at in self._order_keeping.items() if other != service)
            wave = max(wave, max(others, default=-1) + 1)
        if wave >= self._waves.get(key, 0):
            self._waves[key] = wave
        if kind.keeps_order and not refers and key[0] != _MODERATION:
            self._order_keeping[key] = max(wave, self._order_keeping.get(key, 0))
        return wave

    def chunk(self, write: WriteOperation, naming: str, wave: int, line: int) -> int:
        """Returns the number of the chunk for a line; it opens a new chunk when the last one is full."""
        group = (wave, write.key, naming)
        number, room = self._chunks.get(group, (0, 0))
        if not room:
            first = self._first.setdefault(group, line)
            number, room = self._open_chunk(write.key, naming, wave, first), write.largest_chunk(naming)
        self._chunks[group] = number, room - 1
        return number


def _level(write: WriteOperation) -> int:
    """Returns the level of an operation: contained objects are archived and deleted first, and unarchived last."""
    verb, service = write.operation.name, write.operation.service
    level = 0 if service in _IN_GROUPS else _LEVELS.get(service, _USED_BY_OTHERS)
    if verb in _ENDS:
        return level
    return 0 if verb != "unarchive" or service == "campaigns" else 1
