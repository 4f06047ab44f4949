"""Sitelinks: the rules beyond the generic verbs: https://yandex.ru/dev/direct/doc/ru/sitelinks/sitelinks."""

from collections.abc import Mapping
from typing import Any

from ...domain.limits import limit
from ...storage.store import Document
from ..call import OperationCall
from ..crud.item_results import ItemError
from ..crud.service_rules import ServiceRules
from ..rules.texts import check_count, check_length, check_link

_SERVICE = "sitelinks"


def _validate(_call: OperationCall, _item: Mapping[str, Any], after: Document, _before: Document) -> None:
    """Raises ItemError for a set that the API refuses."""
    links: list[Mapping[str, Any]] = after["Sitelinks"]
    check_count(_SERVICE, "Sitelinks", links)
    for link in links:
        _check_link(link)
    titles = limit(_SERVICE, "Sitelinks.Title", "characters of four")
    for four in (links[:4], links[4:]):
        if not titles.allows(sum(len(link["Title"]) for link in four)):
            english, russian = f"Titles are longer than {titles.max}", f"Сумма длин заголовков больше {titles.max}"
            raise ItemError(titles.code, english, russian)
    for name in ("Title", "Href"):
        texts = [link[name] for link in links if link.get(name)]
        if len(set(texts)) < len(texts):
            raise ItemError(5007, f"{name} is repeated", f"{name} повторяется")


def _check_link(link: Mapping[str, Any]) -> None:
    check_length(_SERVICE, "Sitelinks.Title", link["Title"])
    if link.get("Description") is not None:
        check_length(_SERVICE, "Sitelinks.Description", link["Description"])
    check_link(_SERVICE, "Sitelinks.Href", link.get("Href"))
    if not link.get("Href") and link.get("TurboPageId") is None:
        raise ItemError(5008, "Href or TurboPageId is required", "Требуется Href или TurboPageId")


RULES = ServiceRules(validate=_validate)
