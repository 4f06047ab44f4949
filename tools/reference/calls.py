"""The same call three times: as Python, as the SOAP request and as the JSON request that it becomes."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Literal

import simplejson
from lxml import etree

from yadirect_soap import Direct
from yadirect_soap.protocol.model import Operation

_WIDE = 88
_INDENT = "    "
_ROUND = 10_000
_HIDDEN = frozenset({"accept", "accept-encoding", "content-length", "user-agent"})


def as_python(operation: Operation, params: Mapping[str, Any]) -> str:
    """The call as one writes it, a member a line where it does not fit into one."""
    called = f"direct.{operation.service}.{operation.name}("
    arguments = [f"{name}={_literal(value, len(name) + 2, 1)}" for name, value in params.items()]
    line = f"{called}{', '.join(arguments)})"
    if len(line) <= _WIDE and "\n" not in line:
        return line
    return "\n".join([called, *(f"{_INDENT}{argument}," for argument in arguments), ")"])


def as_soap(operation: Operation, params: Mapping[str, Any]) -> str:
    """The HTTP request with its envelope, as the encoder writes it, indented."""
    return _request("soap", operation, params, _indented_xml)


def as_json(operation: Operation, params: Mapping[str, Any]) -> str:
    """The HTTP request with its JSON body, indented."""
    return _request("json", operation, params, _indented_json)


def _request(
    wire: Literal["soap", "json"], operation: Operation, params: Mapping[str, Any], indented: Callable[[bytes], str]
) -> str:
    with Direct("TOKEN", transport=wire, language=None) as direct:
        request = direct.build_request(operation.service, operation.name, params)
    root, _, path = request.address.removeprefix("https://").partition("/")
    shown = {name: value for name, value in request.headers.items() if name.lower() not in _HIDDEN}
    lines = [f"POST /{path} HTTP/1.1", f"Host: {root}", *(f"{name}: {value}" for name, value in shown.items())]
    return "\n".join([*lines, "", indented(request.body)])


def _indented_xml(body: bytes) -> str:
    tree = etree.fromstring(body)
    etree.indent(tree)
    return etree.tostring(tree, encoding="unicode")


def _indented_json(body: bytes) -> str:
    return simplejson.dumps(simplejson.loads(body, use_decimal=True), indent=2, ensure_ascii=False, use_decimal=True)


def _literal(value: Any, used: int, depth: int) -> str:
    """A value as Python source: in one line if it fits beside what is used of it, else an item a line."""
    line = _in_a_line(value)
    if not isinstance(value, dict | list) or len(line) + used + len(_INDENT) * depth < _WIDE:
        return line
    items = (
        [f"{_in_a_line(name)}: {_literal(item, len(name) + 5, depth + 1)}" for name, item in value.items()]
        if isinstance(value, dict)
        else [_literal(item, 1, depth + 1) for item in value]
    )
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    inner = _INDENT * (depth + 1)
    return "\n".join([opened, *(f"{inner}{item}," for item in items), f"{_INDENT * depth}{closed}"])


def _in_a_line(value: Any) -> str:
    match value:
        case dict():
            return f"{{{', '.join(f'{_in_a_line(name)}: {_in_a_line(item)}' for name, item in value.items())}}}"
        case list():
            return f"[{', '.join(map(_in_a_line, value))}]"
        case int() if value and value % _ROUND == 0:
            return f"{value:_}"  # an amount in micros, more likely than not
        case str() | Decimal() | bytes():
            return repr(value).replace("'", '"')
    return repr(value)
