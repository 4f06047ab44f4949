"""Counts names and values of a response that the contract does not have: each once, shortened, up to a limit."""

from collections import Counter

MAX_NAMES = 1000
"""Names that are counted one by one in a response."""

OTHERS = "others"
"""The name under which further names are counted together."""

_LONGEST = 200


def count(unknown: Counter[str], name: str) -> None:
    """Counts a name such as `ads:AdGetItem.NewField`."""
    if len(name) > _LONGEST:
        name = f"{name[:_LONGEST]}…"
    if name not in unknown and len(unknown) >= MAX_NAMES:
        name = OTHERS
    unknown[name] += 1
