"""Plain zeep as its users call it, with responses from memory; and conversions for a comparison with it."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import zeep
from zeep.helpers import serialize_object
from zeep.transports import Transport

from yadirect_soap.protocol.contract import bundled_directory


def client(service: str, transport: Transport | None = None) -> zeep.Client:
    """Returns a zeep client for the bundled WSDL of a service."""
    return zeep.Client(str(bundled_directory() / f"{service}.wsdl"), transport=transport)


def reader(service: str, soap: bytes) -> Callable[[], Any]:
    """Returns a function that calls get, receives the given page, and converts zeep's result to dicts."""
    get = client(service, _Stored(soap)).service.get
    return lambda: serialize_object(get(SelectionCriteria={}, FieldNames=["Id"]), dict)


def as_dict(value: Any) -> Any:
    """Converts nil, empty texts, empty objects and empty lists to None, since zeep does not distinguish them."""
    if isinstance(value, Mapping):
        members = {name: inner for name, of in value.items() if (inner := as_dict(of)) is not None}
        return members or None
    if isinstance(value, list):
        return [as_dict(item) for item in value] or None
    return None if value == "" else value


def as_zeep_takes(value: Any) -> Any:
    """Returns params with zeep's Nil instead of None."""
    if isinstance(value, Mapping):
        return {name: as_zeep_takes(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_zeep_takes(item) for item in value]
    return zeep.xsd.Nil if value is None else value


class _Stored(Transport):  # type: ignore[misc]  # zeep is Any to the checker
    """A transport that returns the same envelope for every call."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self._body = body

    def post_xml(self, address: str, envelope: Any, headers: Mapping[str, str]) -> Any:
        """Returns a response as requests would."""
        return SimpleNamespace(status_code=200, headers={}, encoding="utf-8", content=self._body)
