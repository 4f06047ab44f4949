"""The constructs of WSDL and XML Schema that the API's descriptions use, as a table, and the check against it.

A description with any other construct is refused with its name and line, so that nothing is lost silently.
parse.py knows what the accepted constructs mean.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NoReturn

from lxml import etree

from yadirect_soap.errors import DirectError
from yadirect_soap.language import _

from .description import HTTP_TRANSPORT, SOAP, WSDL, XSD

PREFIXES = MappingProxyType({"xsd": XSD, "wsdl": WSDL, "soap": SOAP})
RESERVED = frozenset({*PREFIXES, "ns", "gc", "ext"})
"""Prefixes that the canonical form gives a meaning; no namespace of a service may end with one."""

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


class UnsupportedDescription(DirectError, ValueError):
    """A description has something that the records cannot hold: `construct` names it, `line` is its line."""

    def __init__(self, construct: str, line: int) -> None:
        super().__init__(
            _(
                "line {line}: {construct} is outside what descriptions of this API are made of",
                line=line,
                construct=construct,
            )
        )
        self.construct = construct
        self.line = line


@dataclass(frozen=True)
class Rule:
    """The attributes and children that a construct may have.

    Attributes:
        required: attributes that it must have.
        optional: attributes that it may have.
        only: attributes that may have only certain values.
        exactly_one: children that it has once.
        at_most_one: children that it may have once.
        many: children that it may have any number of times.
    """

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exactly_one: "Mapping[str, Rule]" = field(default_factory=dict)
    at_most_one: "Mapping[str, Rule]" = field(default_factory=dict)
    many: "Mapping[str, Rule]" = field(default_factory=dict)


# --- schemas ------------------------------------------------------------------------------------------------

_FALSE = ("false", "0")
_FIELD = Rule(
    required=("name", "type"),
    optional=("minOccurs", "maxOccurs"),
    only={"nillable": ("true", "1", *_FALSE), "form": ("unqualified",)},
)
_SEQUENCE = Rule(only={"minOccurs": ("1",), "maxOccurs": ("1",)}, many={"xsd:element": _FIELD})
_EXTENSION = Rule(required=("base",), at_most_one={"xsd:sequence": _SEQUENCE})
_CONTENT = MappingProxyType(
    {
        "xsd:sequence": _SEQUENCE,
        "xsd:complexContent": Rule(only={"mixed": _FALSE}, exactly_one={"xsd:extension": _EXTENSION}),
    }
)
_NEITHER = MappingProxyType({"abstract": _FALSE, "mixed": _FALSE})
_RESTRICTION = Rule(required=("base",), many={"xsd:enumeration": Rule(required=("value",))})

SCHEMA = Rule(
    required=("targetNamespace",),
    optional=("version",),
    only={"elementFormDefault": ("unqualified",), "attributeFormDefault": ("unqualified", "qualified")},
    many={
        "xsd:import": Rule(required=("namespace",), optional=("schemaLocation",)),
        "xsd:complexType": Rule(required=("name",), only=_NEITHER, at_most_one=_CONTENT),
        "xsd:simpleType": Rule(required=("name",), exactly_one={"xsd:restriction": _RESTRICTION}),
        "xsd:element": Rule(
            required=("name",),
            optional=("type",),
            only={"nillable": _FALSE, "abstract": _FALSE},
            at_most_one={"xsd:complexType": Rule(only=_NEITHER, at_most_one=_CONTENT)},
        ),
    },
)

# --- services -----------------------------------------------------------------------------------------------

_MESSAGE = Rule(required=("name",), exactly_one={"wsdl:part": Rule(required=("name", "element"))})

# Names of inputs and outputs distinguish overloaded operations, which parse.py refuses.
_ABSTRACT = Rule(
    required=("name",),
    exactly_one={
        "wsdl:input": Rule(required=("message",), optional=("name",)),
        "wsdl:output": Rule(required=("message",), optional=("name",)),
    },
    many={"wsdl:fault": Rule(required=("name", "message"))},
)
_BODY = MappingProxyType({"soap:body": Rule(only={"use": ("literal",)})})
_SOAP_FAULT = Rule(required=("name",), only={"use": ("literal",)})
_BOUND = Rule(
    required=("name",),
    exactly_one={
        "soap:operation": Rule(required=("soapAction",), only={"style": ("document",)}),
        "wsdl:input": Rule(optional=("name",), exactly_one=_BODY),
        "wsdl:output": Rule(optional=("name",), exactly_one=_BODY),
    },
    many={"wsdl:fault": Rule(required=("name",), exactly_one={"soap:fault": _SOAP_FAULT})},
)
_SOAP_BINDING = Rule(only={"style": ("document",), "transport": (HTTP_TRANSPORT,)})
_PORT = Rule(required=("name", "binding"), exactly_one={"soap:address": Rule(required=("location",))})

DEFINITIONS = Rule(
    required=("targetNamespace",),
    optional=("name",),
    exactly_one={
        "wsdl:types": Rule(exactly_one={"xsd:schema": SCHEMA}),
        "wsdl:portType": Rule(required=("name",), many={"wsdl:operation": _ABSTRACT}),
        "wsdl:binding": Rule(
            required=("name", "type"),
            exactly_one={"soap:binding": _SOAP_BINDING},
            many={"wsdl:operation": _BOUND},
        ),
        "wsdl:service": Rule(required=("name",), exactly_one={"wsdl:port": _PORT}),
    },
    many={"wsdl:message": _MESSAGE},
)

# --- the check ----------------------------------------------------------------------------------------------


def check(node: etree._Element, rule: Rule) -> None:
    """Refuses a construct, or anything inside it, that is not in the table."""
    _check_attributes(node, rule)
    if (node.text or "").strip():
        refuse(node, _("text inside {value}", value=construct(node)))
    allowed = {**rule.exactly_one, **rule.at_most_one, **rule.many}
    counts: Counter[str] = Counter()
    for child in _children(node):
        name = construct(child)
        if name not in allowed:
            refuse(child, name)
        counts[name] += 1
        if name not in rule.many and counts[name] > 1:
            refuse(child, _("a second {name} in {value}", name=name, value=construct(node)))
        check(child, allowed[name])
    for name in rule.exactly_one:
        if not counts[name]:
            refuse(node, f"{construct(node)} without {name}")


def refuse(node: etree._Element, construct_text: str) -> NoReturn:
    """Raises the error for an unsupported construct, with its line."""
    line: int | None = node.sourceline  # type: ignore[assignment]  # the stubs leave its type open
    raise UnsupportedDescription(construct_text, line or 0)


def construct(node: etree._Element) -> str:
    """Returns the name of a node with our prefixes, whatever its own are: `xsd:choice`."""
    name = etree.QName(node)
    for prefix, uri in PREFIXES.items():
        if name.namespace == uri:
            return f"{prefix}:{name.localname}"
    return name.text


def _check_attributes(node: etree._Element, rule: Rule) -> None:
    for key, value in node.attrib.items():
        name = str(key)
        allowed = rule.only.get(name, (value,) if name in rule.required + rule.optional else ())
        # `id` and the locations of schemas for validators have no meaning for the API.
        if value not in allowed and name != "id" and not name.startswith(_XSI):
            refuse(node, f'{name}="{value!s}" of {construct(node)}')
    for required in rule.required:
        if required not in node.attrib:
            refuse(node, f"{construct(node)} without {required}")


def _children(node: etree._Element) -> Iterator[etree._Element]:
    """Yields the children with a meaning; documentation is skipped."""
    for child in node:
        if (child.tail or "").strip():
            refuse(child, _("text inside {value}", value=construct(node)))
        if construct(child) not in ("xsd:annotation", "wsdl:documentation"):
            yield child
