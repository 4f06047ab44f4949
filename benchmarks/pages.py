"""Generates pages of a get as the API would return them, in SOAP and in JSON; nothing is measured here.

The SOAP is written here and not by the package, in the format of recorded responses of the API: no XML declaration, a
prefix on the only qualified element, xsi declared on each nil element.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

import simplejson
from lxml import etree

from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import NAMESPACE, Operation

from .synthetic_objects import Maker

_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"ads": ("TextAd",) * 5 + ("ResponsiveAd",) * 3 + ("TextImageAd", "TextAdBuilderAd")}
)
"""The kinds of objects in a page of a service; other services have all kinds."""

_OPEN = (
    '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Header/><SOAP-ENV:Body>'
    '<ns3:GetResponse xmlns:ns3="{namespace}{service}">'
)
_CLOSE = "</ns3:GetResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>"
_NIL = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>'


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a get: its result, also encoded in SOAP and in JSON."""

    operation: Operation
    result: Mapping[str, Any]
    soap: bytes
    json: bytes

    @property
    def items(self) -> list[dict[str, Any]]:
        """The objects of the page."""
        values: list[dict[str, Any]] = self.result[listed(self.operation)]
        return values


def page(service: str, count: int, *, pretty: bool = False) -> Page:
    """Generates the first page of a service, whose LimitedBy announces more; `pretty` indents it."""
    operation = bundled().operation(service, "get")
    maker = Maker(service, _KINDS.get(service, ()))
    shape = operation.response.by_name[listed(operation)].shape
    objects = [maker.make(shape) for _ in range(count)]
    return of_items(operation, objects, pretty=pretty)


def of_items(operation: Operation, items: list[dict[str, Any]], *, pretty: bool = False) -> Page:
    """Returns a page of the given objects."""
    result = {"LimitedBy": len(items), listed(operation): items}
    soap = _soap(operation.service, result)
    if pretty:
        tree = etree.fromstring(soap)
        etree.indent(tree)
        soap = etree.tostring(tree, encoding="utf-8")
    separators = (", ", ": ") if pretty else (",", ":")
    json = simplejson.dumps(
        {"result": result}, ensure_ascii=False, use_decimal=True, separators=separators, indent=2 if pretty else None
    )
    return Page(operation, result, soap, json.encode())


def listed(operation: Operation) -> str:
    """Returns the name of the list of objects in a get's result."""
    return next(member.name for member in operation.response.members if member.name != "LimitedBy")


def _soap(service: str, result: Mapping[str, Any]) -> bytes:
    pieces = [_OPEN.format(namespace=NAMESPACE, service=service)]
    _write(result, pieces)
    return "".join([*pieces, _CLOSE]).encode()


def _write(value: Mapping[str, Any], pieces: list[str]) -> None:
    for name, inner in value.items():
        for item in inner if isinstance(inner, list) else (inner,):
            if item is None:
                pieces.append(f"<{name}{_NIL}")
            elif isinstance(item, dict):
                pieces.append(f"<{name}>")
                _write(item, pieces)
                pieces.append(f"</{name}>")
            else:
                text = escape(str(item))
                pieces.append(f"<{name}>{text}</{name}>" if text else f"<{name}/>")
