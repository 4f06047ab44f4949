"""Counts the calls of a gateway, and writes the counters in the text format of Prometheus."""

import threading
from collections import Counter
from collections.abc import Mapping

from .responses import GatewayResponse

_BUCKETS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0)
"""The upper bounds of the histogram, in seconds."""
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counts responses by operation and outcome, and their durations; it is thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: Counter[tuple[str, str]] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0
        self._notes = 0
        self._under_way = 0

    def begin(self) -> None:
        """Counts the start of a request."""
        with self._lock:
            self._under_way += 1

    def end(self, response: GatewayResponse, seconds: float) -> None:
        """Counts the end of a request.

        Args:
            response: the response, with its operation and outcome.
            seconds: the duration.
        """
        with self._lock:
            self._under_way -= 1
            self._calls[response.operation, response.outcome] += 1
            self._seconds += seconds
            self._notes += bool(response.notes)
            self._buckets.update(limit for limit in _BUCKETS if seconds <= limit)

    def text(self, units: Mapping[str, int]) -> str:
        """Returns all counters.

        Args:
            units: the remaining units of each login, as last seen.

        Returns:
            Lines in the text format of Prometheus.
        """
        with self._lock:
            calls, buckets = dict(self._calls), dict(self._buckets)
            total, seconds, notes, under_way = sum(calls.values()), self._seconds, self._notes, self._under_way
        lines = ["# TYPE yadirect_gateway_calls_total counter"]
        for (operation, outcome), count in sorted(calls.items()):
            lines.append(f"yadirect_gateway_calls_total{_labels(operation=operation, outcome=outcome)} {count}")
        lines.append("# TYPE yadirect_gateway_seconds histogram")
        lines += [f'yadirect_gateway_seconds_bucket{{le="{limit}"}} {buckets.get(limit, 0)}' for limit in _BUCKETS]
        lines += [
            f'yadirect_gateway_seconds_bucket{{le="+Inf"}} {total}',
            f"yadirect_gateway_seconds_sum {seconds:.6f}",
        ]
        lines += [f"yadirect_gateway_seconds_count {total}", "# TYPE yadirect_gateway_noted_total counter"]
        lines += [f"yadirect_gateway_noted_total {notes}", "# TYPE yadirect_gateway_under_way gauge"]
        lines += [f"yadirect_gateway_under_way {under_way}", "# TYPE yadirect_gateway_units_left gauge"]
        lines += [
            f"yadirect_gateway_units_left{_labels(login=login)} {units_left}"
            for login, units_left in sorted(units.items())
        ]
        return "\n".join(lines) + "\n"


def _labels(**labels: str) -> str:
    return "{" + ",".join(f'{name}="{value.translate(_ESCAPES)}"' for name, value in labels.items()) + "}"
