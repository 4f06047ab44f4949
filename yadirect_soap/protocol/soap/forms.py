"""What the items of a list have looked like so far, compiled to one regular expression and one function.

A server writes the items of a page alike.  A Form learns from the first ones, as decode.py reads them, which members
come, in which order, which may be missing or nil.  From that come a pattern that matches an item whole, and a
function that makes the item of the pattern's groups.  A match is the only reading that XML allows: tags are literal
and a text holds no "<".  What the pattern does not match is no mistake; decode.py reads it, and the Form learns it.
Where items begin and end in a document is found in scan.py.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from ..contract import Kind, Member, Shape
from ..scalars import FORBIDDEN_IN_XML, read

Build = Callable[..., dict[str, Any]]
"""Takes a list, to which it adds what the contract does not know, and the groups of a match; gives the item."""

SPACE = r"[ \t\n\r]*+"
"""White space between tags, which means nothing."""

_TEXT = "[^<]*+"
_INTEGER = "[+-]?[0-9]{1,18}"
_STRING = Shape("xsd:string", Kind.STRING)
_CAPTURE = re.compile(r"\((?!\?)")
_REFERENCE = re.compile("&(?:#x([0-9A-Fa-f]{1,6});|#([0-9]{1,7});|(amp|lt|gt|quot|apos);)?")
_NAMED = (("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"))


class Odd(Exception):
    """A text is not what the pattern took it for (an entity that nobody declared, say): decode.py is to judge it."""


@dataclass(slots=True)
class _Seen:
    """A member as it has come so far: `always` or not, `blank` where it has been nil or "", `form` of its objects."""

    member: Member
    known: bool
    always: bool
    form: "Form | None"
    blank: bool = False

    def take_in(self, item: Mapping[str, Any]) -> None:
        if self.member.name not in item:
            self.always = False
            return
        value = item[self.member.name]
        if value is None or value == "":
            self.blank = True
        elif self.form is not None:
            for inner in value if self.member.many else (value,):
                if isinstance(inner, dict):
                    self.form.learn(inner)


class Form:
    """The members that objects of a shape have come with, in the order in which they came."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.members: list[_Seen] = []
        self._taught = False

    def learn(self, item: Mapping[str, Any]) -> None:
        """Takes in an object, as decode.py has read it."""
        place = 0
        for name, value in item.items():
            at = next((at for at, seen in enumerate(self.members) if seen.member.name == name), None)
            if at is None and (new := self._first_seen(name, value)):
                self.members.insert(place, new)
                at = place
            place = place if at is None else at + 1
        for seen in self.members:
            seen.take_in(item)
        self._taught = True

    def _first_seen(self, name: str, value: object) -> _Seen | None:
        member = self.shape.by_name.get(name)
        if member is not None:
            form = Form(member.shape) if member.shape.kind is Kind.OBJECT else None
            return _Seen(member, known=True, always=not self._taught, form=form)
        if not isinstance(value, str):
            return None
        stranger = Member(name, _STRING, required=False, many=False, nillable=False, owner=self.shape.name)
        return _Seen(stranger, known=False, always=not self._taught, form=None)


@dataclass(frozen=True, slots=True)
class Style:
    """How a server writes: `nil` is a pattern of what says nil in an empty tag, from behind its name.

    `outer` is the white space before an item's end, `step` what each level further in has more; both "" where nothing
    stands between the tags, and `step` None where no rule can be seen in it.
    """

    nil: str
    outer: str = ""
    step: str | None = ""

    def gap(self, level: int) -> str:
        """A pattern of the white space before a tag, so many levels inside the item."""
        return SPACE if self.step is None else re.escape(self.outer + self.step * level)


def compiled(name: str, form: Form, style: Style) -> tuple[re.Pattern[str], Build]:
    """A pattern that matches an item of that form with the white space behind it, and the function that builds it."""
    pattern, build = _Compiler(style).compile(name, form, 0)
    return re.compile(pattern + (SPACE if style.outer else "")), build


class _Compiler:
    """Writes the pattern and, beside it, the lines of the function; names from the contract alone go into either."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._groups = 0
        self._lines: list[str] = []
        self._constants: dict[str, Any] = {"text": _text, "enumerated": _enumerated, "read": read}

    def compile(self, name: str, form: Form, level: int) -> tuple[str, Build]:
        """Writes an item that stands at a level, and what is inside."""
        pattern = f"<{name}>{self._object(form, 'item', 1, level)}</{name}>"
        arguments = ", ".join(["strange", *(f"g{number}" for number in range(self._groups))])
        source = "\n".join([f"def build({arguments}):", *self._lines, "    return item"])
        exec(source, self._constants)  # noqa: S102  lines written below, from the contract's names and numbers
        return pattern, self._constants["build"]

    def _object(self, form: Form, target: str, depth: int, level: int) -> str:
        """The members of an object: those that begin it and always come as one display, the others one by one."""
        gap = self._style.gap(level + 1)
        first = list(takewhile(lambda seen: seen.always and not seen.blank and not seen.member.many, form.members))
        patterns = []
        entries = []
        for seen in first:
            pattern, expression = self._value(seen, form.shape, depth, level + 1)
            patterns.append(f"{gap}<{seen.member.name}>{pattern}</{seen.member.name}>")
            entries.append(f"{seen.member.name!r}: {expression}")
        self._line(depth, f"{target} = {{{', '.join(entries)}}}")
        for seen in form.members[len(first) :]:
            place = f"{target}[{seen.member.name!r}]"
            write = self._list if seen.member.many else self._perhaps
            patterns.append(write(seen, place, form.shape, depth=depth, level=level + 1))
        return "".join(patterns) + (self._style.gap(level) if patterns else "")

    def _perhaps(self, seen: _Seen, place: str, owner: Shape, *, depth: int, level: int) -> str:
        """A member that may be missing, nil or empty: one group says that it came, another that it is blank."""
        name, gap, came = seen.member.name, self._style.gap(level), self._group()
        self._line(depth, f"if {came} is not None:")
        pattern, expression = self._value(seen, owner, depth + 1, level)
        self._line(depth + 1, f"{place} = {expression}")
        full = f"<{name}(>){pattern}</{name}>"
        if seen.blank:
            blank = self._group()
            empty = f"{self._style.nil}|/>" if seen.member.shape.kind is Kind.STRING else self._style.nil
            self._line(depth, f"elif {blank} is not None:")
            self._line(depth + 1, f"{place} = '' if {blank} == '/>' else None")
            full = f"(?:{full}|<{name}({empty}))"
        return f"(?:{gap}{full}){'' if seen.always else '?'}"

    def _value(self, seen: _Seen, owner: Shape, depth: int, level: int) -> tuple[str, str]:
        """A pattern of what stands between an element's tags, and the expression that gives its value."""
        if seen.form is not None:
            inner = f"o{len(self._lines)}_{self._groups}"
            return self._object(seen.form, inner, depth, level), inner
        group = self._group()
        if not seen.known:
            self._line(depth, f"strange.append({f'{owner.name}.{seen.member.name}'!r})")
        return f"({_pattern(seen.member.shape)})", self._expression(seen.member.shape, group)

    def _list(self, seen: _Seen, place: str, _owner: Shape, *, depth: int, level: int) -> str:
        """The run of a list's elements, as one group: a pattern of its own takes it apart."""
        name, run = seen.member.name, self._group()
        if seen.form is not None:
            each, build = _Compiler(self._style).compile(name, seen.form, level)
            matches = self._constant(re.compile(each).finditer)
            made = f"[{self._constant(build)}(strange, *match.groups()) for match in {matches}({run})]"
        else:
            each = f"<{name}>{_pattern(seen.member.shape)}</{name}>"
            values = self._constant(re.compile(f"<{name}>([^<]*+)<").findall)
            made = f"[{self._expression(seen.member.shape, 'value')} for value in {values}({run})]"
        self._line(depth, f"if {run}:")
        self._line(depth + 1, f"{place} = {made}")
        return f"((?:{self._style.gap(level)}{_CAPTURE.sub('(?:', each)})*)"

    def _expression(self, shape: Shape, name: str) -> str:
        """Python that turns a group's text into a value."""
        if shape.kind in (Kind.LONG, Kind.INT):
            return f"int({name})"
        if shape.kind is Kind.STRING:
            return f"{name} if '&' not in {name} else text({name})"
        if shape.kind is Kind.ENUM:
            values = self._constant({value: value for value in shape.values})
            return f"{values}.get({name}) or enumerated({name}, {shape.name!r}, strange)"
        return f"read({name}, {self._constant(shape.kind)})"

    def _constant(self, value: object) -> str:
        name = f"c{len(self._constants)}"
        self._constants[name] = value
        return name

    def _group(self) -> str:
        self._groups += 1
        return f"g{self._groups - 1}"

    def _line(self, depth: int, text: str) -> None:
        self._lines.append("    " * depth + text)


def _pattern(shape: Shape) -> str:
    return _INTEGER if shape.kind in (Kind.LONG, Kind.INT) else _TEXT


def _text(text: str) -> str:
    """A text with its references resolved; Odd where one is none that every document knows."""
    if text.count("&") == text.count("&amp;"):
        return text.replace("&amp;", "&")
    return _REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return dict(_NAMED)[name]
    try:
        character = chr(int(hexadecimal, 16) if hexadecimal else int(decimal))
    except (TypeError, ValueError, OverflowError):
        raise Odd from None
    if FORBIDDEN_IN_XML.match(character):
        raise Odd
    return character


def _enumerated(text: str, shape: str, strange: list[str]) -> str:
    text = _text(text)
    strange.append(f"{shape} = {text:.60}")
    return text
