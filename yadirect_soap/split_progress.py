"""How far a write that was split into several requests had come when one of them failed."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from .language import _, joined


class SplitProgress(NamedTuple):
    """How far a write with split=True had come when it failed; both ranges contain indexes of the caller's list.

    Attributes:
        results: the results of the items before, which were carried out.
        attempted: the items of the request that failed.
        unsent: the items that were not sent.
    """

    results: Sequence[Any]
    attempted: range
    unsent: range

    def describe(self, fate: str) -> str:
        """Describes the progress in words.

        Args:
            fate: what became of the items of the request that failed, such as "were not sent".

        Returns:
            One sentence.
        """
        done, not_sent = _("were carried out"), _("were not sent")
        parts = ((range(len(self.results)), done), (self.attempted, fate), (self.unsent, not_sent))
        ranges = [
            _("{first} to {last} {fate}", first=items.start, last=items.stop - 1, fate=verb)
            for items, verb in parts
            if items
        ]
        return _(
            "of {count} items {ranges} (progress.results has what was carried out)",
            count=self.unsent.stop,
            ranges=joined(", ", ranges),
        )
