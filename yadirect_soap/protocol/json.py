"""The JSON wire: converts params, results and errors to the API's JSON bodies and back; implements wires.Wire.

Numbers are exact both ways: integers stay int, everything else is Decimal; simplejson writes a Decimal unchanged.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NoReturn

import simplejson

from yadirect_soap.errors import ApiError, api_error
from yadirect_soap.language import _

from . import headers
from .model import Kind, Operation, Service, Shape
from .scalars import SCALARS, TEXTS, DecodeFailure, EncodeError, is_list, read, write
from .unknown_names import count

name = "json"
content_type = "application/json; charset=utf-8"
media_types = frozenset({"application/json"})

_TOKEN = re.compile(r'("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]')
"""A name with its colon, a string, or the beginning or end of an object."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def path(version: str, service: str) -> str:
    """Returns the path of a service's address: /json/v5/ads."""
    return f"/json/{version}/{service}"


def request_headers(_operation: Operation) -> dict[str, str]:
    """Returns the headers that this wire adds to a request."""
    return {headers.CONTENT_TYPE: content_type}


def encode_request(operation: Operation, params: Mapping[str, Any]) -> bytes:
    """Returns the body of a call; EncodeError for params that JSON cannot carry exactly."""
    return dump({"method": operation.name, "params": to_json(params)})


def carries_empty_lists(_operation: Operation) -> bool:
    """True: JSON has empty lists."""
    return True


def encode_fitting(_operation: Operation, _params: Mapping[str, Any]) -> bytes | None:
    """None: this wire cannot validate and encode in one pass."""
    return None


def decode_request(service: Service, body: bytes) -> tuple[Operation | None, dict[str, Any]]:
    """Returns the operation and the params of a call; no operation if the service has no such method.

    Texts become numbers and bytes where the contract has these: the API takes `"Ids": ["7"]`.  A text that is none of
    these, and every other value, stays for check() to validate.
    """
    call = load(body)
    if not isinstance(call, dict) or not isinstance(call.get("method"), str):
        raise DecodeFailure(_("a body without a method"), '{"method": ..., "params": {...}}')
    operation = service.operations.get(call["method"])
    params = call.get("params", {})
    if not isinstance(params, dict):
        raise DecodeFailure(type_in_words(params), _("an object")).inside(".params")
    return operation, read_texts(params, operation.request) if operation else {}


def encode_result(_operation: Operation, result: Mapping[str, Any]) -> bytes:
    """Returns the body of a response."""
    return dump({"result": to_json(result)})


def decode_result(operation: Operation, body: bytes, unknown: Counter[str]) -> dict[str, Any]:
    """Returns the result in a response; raises its error as ApiError, and DecodeFailure if it is not a response."""
    document = load(body)
    if isinstance(document, dict) and isinstance(document.get("error"), dict):
        raise read_error(document["error"])
    if not isinstance(document, dict) or not isinstance(document.get("result"), dict):
        raise DecodeFailure(type_in_words(document), _("an object with a result or an error"))
    return _object(document["result"], operation.response, unknown)


def read_items(operation: Operation, unknown: Counter[str]) -> "Reading":
    """Reads the items of a response; see wires.Reading.  JSON is parsed whole: its items come when it is complete."""
    return Reading(operation, unknown)


class Reading:
    """Reads one response; `result` has the rest of it besides the items."""

    def __init__(self, operation: Operation, unknown: Counter[str]) -> None:
        self.result: dict[str, Any] = {}
        self._operation = operation
        self._unknown = unknown

    def items(self, chunks: Iterable[bytes]) -> Iterator[Any]:
        """Yields the items of the response that comes in chunks."""
        self.result = decode_result(self._operation, b"".join(chunks), self._unknown)
        listed = self._operation.listed
        yield from (self.result.pop(listed.name, None) if listed else None) or ()


def encode_fault(error: ApiError) -> bytes:
    """Returns the body of an error."""
    fields = {"request_id": error.request_id, "error_code": error.code}
    return dump({"error": fields | {"error_string": error.message, "error_detail": error.detail}})


def object_of_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Builds an object for simplejson; ValueError for a name that appears twice, because one value would be lost."""
    value = dict(pairs)
    if len(value) != len(pairs):
        names = Counter(name for name, _ in pairs)
        raise ValueError(_("the name {name!r:.60} appears twice in an object", name=names.most_common(1)[0][0]))
    return value


def offset_of_repeated_name(text: str) -> int:
    """Finds the first name that appears twice in its object.

    Returns:
        The offset of its second occurrence; -1 if no name appears twice.
    """
    objects: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        if token[0] == "{":
            objects.append(set())
        elif token[0] == "}":
            del objects[-1:]
        elif token[1] and objects:
            member = simplejson.loads(token[1])
            if member in objects[-1]:
                return token.start()
            objects[-1].add(member)
    return -1


def dump(value: object) -> bytes:
    """Encodes a document; Decimals are written unchanged."""
    text = simplejson.dumps(value, ensure_ascii=False, use_decimal=True, separators=(",", ":"))
    return text.encode("utf-8", "replace")  # only a fault still holds what UTF-8 cannot carry, and must get out


def load(body: bytes) -> Any:
    """Decodes a document: exact numbers, no name twice in an object, no half characters."""
    try:
        text = body.decode("utf-8-sig")
        value = simplejson.loads(
            text, use_decimal=True, parse_constant=_refuse_constant, object_pairs_hook=object_of_pairs
        )
        if "\\ud" in text or "\\uD" in text:
            simplejson.dumps(value, ensure_ascii=False, use_decimal=True).encode()
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise DecodeFailure(
            _("{count} bytes that are not JSON: {error!s:.200}", count=len(body), error=error), _("a JSON document")
        ) from error
    return value


def _refuse_constant(text: str) -> NoReturn:
    raise ValueError(_("{text} is not JSON", text=text))


def to_json(value: object) -> Any:
    """Converts a value for simplejson: plain dicts and lists, base64 for bytes; a float is refused."""
    if isinstance(value, Mapping):
        return {_name(name): _step(inner, f".{name}") for name, inner in value.items()}
    if is_list(value):
        return [_step(item, f"[{index}]") for index, item in enumerate(value)]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        if not value.isprintable() and (match := _LONE_SURROGATE.search(value)):
            raise EncodeError(_("the character U+{code:04X}", code=ord(match[0])), _("characters that UTF-8 can carry"))
        return value
    text = write(value)
    return value if isinstance(value, int | Decimal) else text


def _name(name: object) -> str:
    """Checks a name: simplejson would convert a number to a text, and None to `null`."""
    if isinstance(name, str) and name.isprintable():
        return name
    raise EncodeError(_("the name {name!r:.60}", name=name), _("a name of printable characters"))


def _step(value: object, step: str) -> Any:
    try:
        return to_json(value)
    except EncodeError as error:
        raise error.inside(step) from None


def read_texts(value: Any, shape: Shape) -> Any:
    """Returns a request's values unchanged, except that texts of numbers and of base64 are read."""
    if isinstance(value, dict):
        members = shape.by_name
        return {
            name: _member(inner, members[name].shape) if name in members else inner for name, inner in value.items()
        }
    if isinstance(value, str) and (scalar := SCALARS.get(shape.kind)):
        try:
            return scalar.from_text(value)
        except DecodeFailure:
            return value
    return value


def read_error(error: dict[str, Any]) -> ApiError:
    """Reads an error object of the API; its code is an int in the services and a text in Reports."""
    if "error_code" not in error:
        code: Any = 0  # a gateway's, as a fault without the API's code
    else:
        code = read(str(error["error_code"]), Kind.INT)
    texts = {name: str(error.get(name) or "") for name in ("error_string", "error_detail", "request_id")}
    return api_error(int(code), texts["error_string"], texts["error_detail"], request_id=texts["request_id"])


def _object(value: dict[str, Any], shape: Shape, unknown: Counter[str]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    members = shape.by_name
    for name, inner in value.items():
        member = members.get(name)
        if member is None:
            count(unknown, f"{shape.name}.{name}")
            result[name] = inner
            continue
        try:
            result[name] = _list(inner, member.shape, unknown) if member.many else _value(inner, member.shape, unknown)
        except DecodeFailure as failure:
            raise failure.inside(f".{name}") from None
    return result


def _list(value: Any, shape: Shape, unknown: Counter[str]) -> Any:
    if value is None:
        return None
    items = value if isinstance(value, list) else [value]
    result = []
    for index, item in enumerate(items):
        try:
            result.append(_value(item, shape, unknown))
        except DecodeFailure as failure:
            raise failure.inside(f"[{index}]") from None
    return result


def _value(value: Any, shape: Shape, unknown: Counter[str]) -> Any:
    if value is None:
        return None
    if shape.kind is Kind.OBJECT:
        if not isinstance(value, dict):
            raise DecodeFailure(type_in_words(value), _("an object ({name})", name=shape.name))
        return _object(value, shape, unknown)
    if isinstance(value, dict | list):
        if shape.kind not in TEXTS:
            raise DecodeFailure(type_in_words(value), _("a value ({name})", name=shape.name))
        count(unknown, f"{shape.name} (with children)")
        return value
    scalar = SCALARS[Kind.STRING if shape.kind is Kind.ENUM else shape.kind]
    if type(value) not in scalar.json_types:
        raise DecodeFailure(type_in_words(value), shape.kind.value)
    if shape.kind is Kind.ENUM and value not in shape.value_set:
        count(unknown, f"{shape.name} = {value!s:.60}")
    return scalar.from_json(value)


def _member(value: Any, shape: Shape) -> Any:
    """Converts the value of a member, or each item of its list; the contract has no list inside a list."""
    return [read_texts(item, shape) for item in value] if isinstance(value, list) else read_texts(value, shape)


def type_in_words(value: object) -> str:
    """Names the JSON type of a value: an object, an array, a string, a boolean, null, a number."""
    names = {dict: _("an object"), list: _("an array"), str: _("a string"), bool: _("a boolean"), type(None): "null"}
    return names.get(type(value), _("a number"))
