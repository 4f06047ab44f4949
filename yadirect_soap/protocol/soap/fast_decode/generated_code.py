"""Creates functions from generated source text; tracebacks and debuggers show the text like a file."""

import linecache
import weakref
from typing import Any


def define(source: str, constants: dict[str, Any], title: str) -> Any:
    """Creates the function that a source text defines.

    Args:
        source: the definition of one function named `function`.
        constants: the names that the function may use; they become its globals.
        title: the file name of the source in tracebacks.

    Returns:
        The function.  Its source is in `linecache` as long as the function lives.
    """
    file = f"<{title} {id(constants):x}>"
    exec(compile(source, file, "exec"), constants)  # noqa: S102  written by compiler.py, from the contract's names
    function = constants.pop("function")  # left there it would hold itself, and live until cycles are collected
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    weakref.finalize(function, linecache.cache.pop, file, None).atexit = False
    return function
