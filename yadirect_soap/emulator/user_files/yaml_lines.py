"""Lines of a YAML file, by the places that complaints name: `$.accounts[0].login` stands in line 3."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from yadirect_soap.text_files import read_text


def of_places(path: str | Path) -> Mapping[str, int]:
    """The line, from 1, of each place of a file that is known to be good YAML."""
    import yaml  # noqa: PLC0415  an extra

    return dict(_lines(yaml.compose(read_text(path), yaml.SafeLoader), "$"))


def shown(complaint: str, lines: Mapping[str, int]) -> str:
    """The line of a complaint's place, or of the nearest object around it, as it stands behind the complaint."""
    place = complaint.partition(": ")[0]
    while place and place not in lines:
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    return f" (line {lines[place]})" if place else ""


def _lines(root: Any, place: str) -> Iterator[tuple[str, int]]:
    """Each place below a node, that of a member at its name; what an alias stands for is told once, where it stands."""
    waiting, seen = [(root, place, root.start_mark.line)] if root is not None else [], set[int]()
    while waiting:
        node, place, line = waiting.pop()
        yield place, line + 1
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.id == "mapping":
            waiting += [(value, f"{place}.{name.value}", name.start_mark.line) for name, value in node.value]
        elif node.id == "sequence":
            waiting += [(each, f"{place}[{index}]", each.start_mark.line) for index, each in enumerate(node.value)]
