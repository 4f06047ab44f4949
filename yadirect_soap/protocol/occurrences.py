"""How often a member occurs, as a short text: `1`, `0..1`, `1..*`, `0..*`, each with `|nil` if it may be nil."""

from collections.abc import Mapping
from types import MappingProxyType

OCCURRENCES: Mapping[tuple[bool, bool, bool], str] = MappingProxyType(
    {
        # required, many, nillable
        (True, False, False): "1",
        (True, False, True): "1|nil",
        (False, False, False): "0..1",
        (False, False, True): "0..1|nil",
        (True, True, False): "1..*",
        (True, True, True): "1..*|nil",
        (False, True, False): "0..*",
        (False, True, True): "0..*|nil",
    }
)
FLAGS: Mapping[str, tuple[bool, bool, bool]] = MappingProxyType({text: flags for flags, text in OCCURRENCES.items()})
