"""The lines of a YAML file by path: `$.accounts[0].login` is in line 3."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from yadirect_soap.language import _
from yadirect_soap.text_files import read_text


def lines_by_path(path: str | Path) -> Mapping[str, int]:
    """Returns the line, from 1, of each path of a file of correct YAML."""
    import yaml  # noqa: PLC0415  an extra

    return dict(_lines(yaml.compose(read_text(path), yaml.SafeLoader), "$"))


def line_note(error: str, lines: Mapping[str, int]) -> str:
    """Returns a note with the line of an error's path, or of the nearest object around it."""
    path = error.partition(": ")[0]
    while path and path not in lines:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return _(" (line {line})", line=lines[path]) if path else ""


def _lines(root: Any, path: str) -> Iterator[tuple[str, int]]:
    """Yields each path below a node with its line; the target of an alias has only its first path."""
    waiting, visited = [(root, path, root.start_mark.line)] if root is not None else [], set[int]()
    while waiting:
        node, path, line = waiting.pop()
        yield path, line + 1
        if id(node) in visited:
            continue
        visited.add(id(node))
        if node.id == "mapping":
            waiting += [(value, f"{path}.{name.value}", name.start_mark.line) for name, value in node.value]
        elif node.id == "sequence":
            waiting += [(item, f"{path}[{index}]", item.start_mark.line) for index, item in enumerate(node.value)]
