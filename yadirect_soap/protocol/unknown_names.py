"""Counts what a response holds and the contract does not know: each name once, short, and not without end."""

from collections import Counter

MOST = 1000
"""Names that are counted one by one in a response."""

OTHERS = "others"
"""The name under which all those beyond are counted."""

_LONGEST = 200


def count(unknown: Counter[str], name: str) -> None:
    """Counts a name such as `ads:AdGetItem.NewField` once more."""
    if len(name) > _LONGEST:
        name = f"{name[:_LONGEST]}…"
    if name not in unknown and len(unknown) >= MOST:
        name = OTHERS
    unknown[name] += 1
