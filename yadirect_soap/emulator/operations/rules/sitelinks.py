"""What the API asks of sitelinks: https://yandex.ru/dev/direct/doc/ru/sitelinks/add."""

from collections.abc import Mapping
from typing import Any

from ...storage.store import Document
from ..call import Call
from ..crud.item_results import Refused
from .texts import check_count, check_length, check_link

_MOST = 8
_TITLE = 30
_TITLES = 66
"""Characters of the titles 1 to 4 together, and of 5 to 8."""
_DESCRIPTION = 60


def check(_call: Call, _item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises Refused for a set that the API would not have."""
    links: list[Mapping[str, Any]] = after["Sitelinks"]
    check_count("Sitelinks", links, _MOST)
    for link in links:
        _check_link(link)
    for half in (links[:4], links[4:]):
        if sum(len(link["Title"]) for link in half) > _TITLES:
            raise Refused(5001, f"Titles are longer than {_TITLES}", f"Сумма длин заголовков больше {_TITLES}")
    for name in ("Title", "Href"):
        given = [link[name] for link in links if link.get(name)]
        if len(set(given)) < len(given):
            raise Refused(5007, f"{name} is repeated", f"{name} повторяется")


def _check_link(link: Mapping[str, Any]) -> None:
    check_length("Title", link["Title"], _TITLE)
    if link.get("Description") is not None:
        check_length("Description", link["Description"], _DESCRIPTION)
    check_link("Href", link.get("Href"))
    if not link.get("Href") and link.get("TurboPageId") is None:
        raise Refused(5008, "Href or TurboPageId is required", "Требуется Href или TurboPageId")
