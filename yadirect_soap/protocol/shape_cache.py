"""Stores what is computed from a shape, such as its readers and writers, on the shape itself."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from .model import Shape

_P = ParamSpec("_P")
_T = TypeVar("_T")

_MAX_CACHED = 4096


def cached_on_shape(function: Callable[Concatenate[Shape, _P], _T]) -> Callable[Concatenate[Shape, _P], _T]:
    """Caches a function's results on the shape: each is computed once and lives as long as the contract.

    A cache of the module would keep every contract alive that was ever used.

    Args:
        function: takes a shape, and other arguments that can be hashed.

    Returns:
        The function with its cache.
    """

    @wraps(function)
    def cached(shape: Shape, /, *args: _P.args, **named: _P.kwargs) -> _T:
        results, key = shape.cached, (function, *args)
        try:
            value: _T = results[key]
        except KeyError:
            if len(results) >= _MAX_CACHED:
                results.clear()
            value = results.setdefault(key, function(shape, *args, **named))
        return value

    return cached
