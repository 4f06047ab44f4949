"""Converts XML elements to params and results by the contract's shapes; the mirror of encode.py.

Strict about XML, tolerant about data: elements may have any order, unknown ones are kept under their names and
counted, and so are unknown enumeration values.  DecodeFailure is raised for a text that is not the expected number,
and for a second element where the contract has one number or object.

The params of a request are read as the API reads them: an empty element of a number is none (PHP writes one for null),
and a text that is no number stays for check(), which names it with all other violations.
"""

from collections import Counter
from typing import Any

from lxml import etree

from yadirect_soap.language import _

from ..model import Kind, Shape
from ..scalars import NUMBERS, TEXTS, DecodeFailure, read
from ..unknown_names import count

_LONGEST_NAMESPACE = 10_000
_XSI_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def params(element: etree._Element, shape: Shape) -> dict[str, Any]:
    """Returns the params in the element of a request."""
    return decode(element, shape, Counter(), of_request=True)


def decode(element: etree._Element, shape: Shape, unknown: Counter[str], *, of_request: bool = False) -> dict[str, Any]:
    """Decodes the object in an element; members that the contract does not have are kept, and counted in `unknown`.

    Its keys are names like `ads:AdGetItem.NewField`.  Absent members are absent, nil is None, "" is "".
    """
    result: dict[str, Any] = {}
    members = shape.by_name
    for child in element:
        name = local_name(child)
        member = members.get(name)
        try:
            if member is None:
                count(unknown, f"{shape.name}.{name}")
                _add(result, name, _free(child))
            elif of_request and _is_omitted(child, member.shape):
                pass
            elif member.many:
                result.setdefault(name, []).append(value(child, member.shape, unknown, of_request=of_request))
            elif name in result:
                _second(result, name, value(child, member.shape, unknown), member.shape)
                count(unknown, f"{shape.name}.{name} (repeated)")
            else:
                result[name] = value(child, member.shape, unknown, of_request=of_request)
        except DecodeFailure as failure:
            index = f"[{len(result.get(name, ()))}]" if member is not None and member.many else ""
            raise failure.inside(f".{name}{index}") from None
        if child.tail:
            _refuse(child.tail, shape)
    if element.text:
        _refuse(element.text, shape)
    return result


def value(element: etree._Element, shape: Shape, unknown: Counter[str], *, of_request: bool = False) -> Any:
    """Returns the value in an element of a known shape."""
    text = element.text
    if (text is None or text.isspace()) and not len(element) and is_nil(element):
        return None
    if shape.kind is Kind.OBJECT:
        return decode(element, shape, unknown, of_request=of_request)
    if len(element):
        return _with_children(element, shape, unknown)
    if shape.kind is Kind.STRING:
        return text or ""
    if shape.kind is Kind.ENUM:
        return _enumerated(text or "", shape, unknown)
    try:
        return read(text or "", shape.kind)
    except DecodeFailure:
        if of_request:
            return text
        raise


def local_name(element: etree._Element) -> str:
    """Returns an element's name without its namespace: the API's child elements have none, some servers add one.

    Raises DecodeFailure for a very long namespace, because lxml copies it into the name of each element.
    """
    tag = str(element.tag)
    if tag[0] != "{":
        return tag
    namespace, _brace, name = tag.rpartition("}")
    if len(namespace) > _LONGEST_NAMESPACE:
        raise DecodeFailure(
            _("a namespace of {count} characters", count=len(namespace) - 1),
            _("{longest_namespace} at most", longest_namespace=_LONGEST_NAMESPACE),
        )
    return name


def refuse_invalid_nil(root: etree._Element) -> None:
    """Raises DecodeFailure for an xsi:nil of a request that XML Schema does not allow: no boolean, or with content."""
    for element in root.iter(etree.Element):
        nil = element.get(_XSI_NIL)
        if nil is None:
            continue
        if nil.strip() not in ("true", "1", "false", "0"):
            raise _inside(
                element, root, DecodeFailure(_('xsi:nil="{nil:.20}"', nil=nil), _("true, false, 1 or 0, in lower case"))
            )
        if is_nil(element) and (len(element) or element.text):
            raise _inside(element, root, DecodeFailure(_('content beside xsi:nil="true"'), _("an empty element")))


def _inside(element: etree._Element, root: etree._Element, failure: DecodeFailure) -> DecodeFailure:
    """Adds the names from the root to an element, without indexes."""
    while element is not root:
        failure.inside(f".{local_name(element)}")
        parent = element.getparent()
        assert parent is not None  # noqa: S101  the root is above it
        element = parent
    return failure


def _is_omitted(element: etree._Element, shape: Shape) -> bool:
    """Whether the element of a number is empty, which the API reads as no element."""
    return shape.kind in NUMBERS and not len(element) and not (element.text or "").strip() and not is_nil(element)


def is_nil(element: etree._Element) -> bool:
    """Whether an empty element is nil."""
    return (element.get(_XSI_NIL) or "").strip() in ("true", "1")


def _second(result: dict[str, Any], name: str, value: Any, shape: Shape) -> None:
    """Keeps a second text if the contract has a single one; refuses a second number or object."""
    if shape.kind not in TEXTS:
        raise DecodeFailure(_("a second element of that name"), _("one ({name})", name=shape.name))
    _add(result, name, value)


def _with_children(element: etree._Element, shape: Shape, unknown: Counter[str]) -> Any:
    """Keeps child elements where a text is expected; refuses them where a number is expected."""
    if shape.kind not in TEXTS:
        raise DecodeFailure(_("an element with children"), _("a value ({name})", name=shape.name))
    count(unknown, f"{shape.name} (with children)")
    return _free(element)


def _enumerated(text: str, shape: Shape, unknown: Counter[str]) -> str:
    if text not in shape.value_set:
        count(unknown, f"{shape.name} = {text:.60}")
    return text


def _free(element: etree._Element) -> Any:
    """Decodes an element without a shape: to an object of its children, to its text, or to None if it is nil."""
    if not len(element):
        text = element.text
        return None if (text is None or text.isspace()) and is_nil(element) else text or ""
    result: dict[str, Any] = {}
    for child in element:
        _add(result, local_name(child), _free(child))
    return result


def _add(result: dict[str, Any], name: str, value: Any) -> None:
    """Adds a value that the contract does not have; a second one of that name makes a list, so that none is lost."""
    if name not in result:
        result[name] = value
    elif isinstance(result[name], list):
        result[name].append(value)
    else:
        result[name] = [result[name], value]


def _refuse(text: str, shape: Shape) -> None:
    """Refuses text between the elements of an object, because it would be lost; only white space is allowed."""
    if not text.isspace():
        raise DecodeFailure(_("the text {text!r:.60}", text=text), _("an object ({name})", name=shape.name))
