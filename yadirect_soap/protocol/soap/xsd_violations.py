"""The violations of a schema as records, from the log of libxml2."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

_NAMESPACE = re.compile(r"\{https?://[^{}]*\}")
"""A namespace in a message of libxml2, which the XPath has as a prefix."""
_LONGEST_MESSAGE = 1000
"""Characters of a message, which may quote a value of megabytes."""


class XsdViolation(NamedTuple):
    """One place where a message breaks its schema.

    Attributes:
        line: the line in the document, from 1.
        path: its XPath, from the element that was validated.
        message: what was found and what is expected.
    """

    line: int
    path: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.path}: {self.message}"


def violations_in_log(schema: etree.XMLSchema) -> Iterator[XsdViolation]:
    """Yields the violations of the document that a schema has validated last."""
    log: Any = schema.error_log  # the stubs know no iteration
    for entry in log:
        yield XsdViolation(entry.line, entry.path or "", plain_message(entry.message))


def plain_message(message: str) -> str:
    """Returns a message of libxml2 without namespaces, which the XPath has as prefixes; long values are cut."""
    plain = _NAMESPACE.sub("", message)
    return plain if len(plain) <= _LONGEST_MESSAGE else f"{plain[:_LONGEST_MESSAGE]} ..."
