"""The limits of the work for a report, read from build_limits.toml, which explains the numbers."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildLimits:
    """The numbers of build_limits.toml."""

    max_online_size: int
    max_size: int
    max_ads: int
    queue_seconds: int
    size_per_second: int
    answer_seconds: float

    def waiting_time(self, size: int) -> int:
        """Seconds that a report is in the queue."""
        return self.queue_seconds + size // self.size_per_second


@cache
def bundled() -> BuildLimits:
    """Returns the limits of the package."""
    return BuildLimits(**tomllib.loads((files(__package__) / "build_limits.toml").read_text("utf-8")))
