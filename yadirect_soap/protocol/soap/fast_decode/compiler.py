"""Compiles the observed shapes of items to patterns and functions that read the next items.

Of items such as

    <Ads><Id>1</Id><AdGroupId>5</AdGroupId><TextAd><Title>Окна &amp; двери</Title></TextAd></Ads>
    <Ads><Id>2</Id><AdGroupId>5</AdGroupId></Ads>

each has an Id and an AdGroupId, and some have a TextAd.  They become one pattern (here in pieces) and one function:

    <Ads><Id>([+-]?+[0-9]{1,18}+)</Id><AdGroupId>([+-]?+[0-9]{1,18}+)</AdGroupId>
    (?:<TextAd>()<Title>([^<]*+)</Title></TextAd>|)</Ads>

    def function(source, at, unknown):
        match = c5(source, at)
        if match is None: raise NotMatched
        g0, g1, g2, g3, = match.groups()
        at = match.end()
        item = {'Id': c3(g0), 'AdGroupId': c4(g1)}
        if g2 is not None:
            o2 = {'Title': g3 if '&' not in g3 else text(g3)}
            item['TextAd'] = o2
        return item, at

The empty group g2 says whether there was a TextAd; c3, c4 and c5 are constants: int, int and the pattern's match.
A Title that may be nil is `<Title(?:>([^<]*+)</Title>|([ /][^>]*+>))`: the function compares what an empty tag holds.

Large objects and alternatives have functions of their own: a pattern finds out which tag comes, its function reads on.

A match is the only reading that XML allows: tags are literal and a text holds no "<".  What a pattern does not match
is no mistake; decode.py reads it.  What is compiled is an ObservedShape (observed_shape.py); when, reader_cache.py
decides.  A first page keeps showing new members: only functions whose source or patterns changed are compiled again.
"""

import re
from collections.abc import Callable, Iterable
from itertools import groupby, takewhile
from typing import Any, NamedTuple, Self

from ...model import Kind, Shape
from ...scalars import ANY_TEXT, SCALARS
from .generated_code import define
from .observed_shape import ObservedField, ObservedShape
from .references import NotMatched, resolved

ReadObject = Callable[[str, int, list[str]], tuple[dict[str, Any], int]]
"""Reads the object at an index of a text; returns it with the index of its end; collects names unknown to the contract.

Raises NotMatched if the text there does not look as expected.
"""

CompiledFunction = tuple[ReadObject, list[dict[str, ReadObject]]]
"""A function, and those that it calls for objects inside, which newer ones may replace."""

SPACE = r"[ \t\n\r]*+"
"""A pattern of white space between tags, which has no meaning."""

_EMPTY = "[ /][^>]*+>"
"""A pattern of what follows the name in an empty tag.  It is short, because compiling takes time for each character."""

_LARGE = 8
"""The number of members, including those of inner objects, from which on an object has its own function."""

_MAX_FUNCTIONS = 64
"""The number of functions of one shape that are kept."""

_BEGUN = re.compile(r"<\w+>([ \t\n\r]*)<")
_ENDED = re.compile(r">([ \t\n\r]*)</\w+>$")
_CAPTURE = re.compile(r"\((?!\?)")


class Style(NamedTuple):
    """How a server writes white space and nil.

    Attributes:
        nil: what follows the name in an empty tag that is nil.
        outer: the white space before the end of an item; "" if there is none between tags.
        step: the additional white space of each inner level; None if it follows no rule.
    """

    nil: frozenset[str]
    outer: str = ""
    step: str | None = ""

    @classmethod
    def of(cls, text: str, nil: frozenset[str]) -> Self:
        """Returns the style of an item's text."""
        inner = _BEGUN.match(text)
        outer = _ENDED.match(text, text.rfind(">", 0, text.rfind("<")))
        if inner is None or outer is None or not inner[1].startswith(outer[1]):
            return cls(nil, SPACE, None)
        return cls(nil, outer[1], inner[1].removeprefix(outer[1]))

    def gap(self, level: int) -> str:
        """Returns a pattern of the white space before a tag at a level inside the item."""
        return SPACE if self.step is None else re.escape(self.outer + self.step * level)


class Reader(NamedTuple):
    """Reads an item and the white space after it.

    Attributes:
        read: the function.
        length: the length of its patterns in characters.
        compiled: the length of those that had to be compiled.
    """

    read: ReadObject
    length: int
    compiled: int


def reader(name: str, observed: ObservedShape, style: Style) -> Reader:
    """Compiles the reader of items with that name, shape and style."""
    compilation = _Compilation(style)
    read = compilation.function(name, observed, behind=SPACE if style.outer else "")
    return Reader(read, compilation.length, compilation.compiled)


class _Compilation:
    """Compiles one reader; counts the length of its patterns, and of those that had to be compiled."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.length = 0
        self.compiled = 0
        self._functions: dict[tuple[object, ...], ReadObject] = {}
        empty = dict.fromkeys(style.nil)
        self._constants = {
            "NotMatched": NotMatched,
            "text": resolved,
            "enumerated": _enumerated,
            "nil": min(style.nil, key=len),
            "empty": _Empty(empty),
            "empty_text": _Empty({**empty, "/>": ""}),
        }

    def function(
        self, name: str, observed: ObservedShape, *, level: int = 0, before: str = "", behind: str = ""
    ) -> ReadObject:
        """Returns the function that reads an object in a place; written once, even if the place is repeated."""
        key = id(observed), name, level, before, behind
        if key not in self._functions:
            self._functions[key] = self._written(name, observed, level=level, before=before, behind=behind)
        return self._functions[key]

    def _written(self, name: str, observed: ObservedShape, *, level: int, before: str, behind: str) -> ReadObject:
        """Writes a function, and compiles it unless its source and patterns are unchanged."""
        writer = _Function(self, {**self._constants})
        source = writer.item(name, observed, level=level, before=before, behind=behind)
        self.length += sum(len(pattern) for pattern, _ in writer.patterns.values())
        compiled, key = observed.compiled, (self.style.nil, source, *writer.patterns.values())
        if key not in compiled:
            if len(compiled) >= _MAX_FUNCTIONS:
                compiled.clear()
            compiled[key] = self._compile(source, writer, f"reader of {observed.shape.name}")
        function: ReadObject
        function, inner = compiled[key]
        for functions, newer in zip(inner, writer.inner, strict=True):
            functions.update(newer)
        return function

    def _compile(self, source: str, writer: "_Function", title: str) -> CompiledFunction:
        for constant, (pattern, method) in writer.patterns.items():
            self.compiled += len(pattern)
            writer.constants[constant] = getattr(re.compile(pattern), method)
        return define(source, writer.constants, title), writer.inner


class _Function:
    """Writes a function that reads an object: one pattern after another, and lines that convert the groups to values.

    Each group of a pattern is a variable of the function: g0, g1 ...  Large inner objects have their own functions, so
    that objects without them do not pay for their groups, each of which costs time in every match.
    """

    def __init__(self, compilation: _Compilation, constants: dict[str, Any]) -> None:
        self.constants = constants
        self.patterns: dict[str, tuple[str, str]] = {}
        """The patterns to be compiled and the method of each that is meant, by the name of the constant."""
        self.inner: list[dict[str, ReadObject]] = []
        """The functions that read objects inside, by member."""
        self._compilation = compilation
        self._style = compilation.style
        self._written: list[str] = []
        self._patterns: list[str] = []
        self._groups: list[str] = []
        self._lines: list[str] = []

    def item(self, name: str, observed: ObservedShape, *, level: int, before: str, behind: str) -> str:
        """Writes the function that reads an object from its start tag to its end tag, with the text around it."""
        self._patterns.append(f"{before}<{name}>")
        first = list(takewhile(lambda field: field.always_present, observed.members))
        pattern, display = self._display(first, level)
        self._patterns.append(pattern)
        self._line(1, f"item = {display}")
        for split_out, group in groupby(observed.members[len(first) :], lambda field: _is_split_out(field, observed)):
            if split_out:
                self._dispatch(list(group), level + 1)
            else:
                self._members(group, "item", observed, depth=1, level=level + 1)
        self._patterns.append(f"{self._style.gap(level) if observed.members else ''}</{name}>{behind}")
        self._match()
        return "\n".join(["def function(source, at, unknown):", *self._written, "    return item, at"])

    def _match(self) -> None:
        """Ends a pattern: writes the lines that match it and convert its groups to values."""
        match = self._pattern("".join(self._patterns), "match")
        self._written.append(f"    match = {match}(source, at)")
        self._written.append("    if match is None: raise NotMatched")
        if self._groups:
            self._written.append(f"    {', '.join(self._groups)}, = match.groups()")
        self._written += ["    at = match.end()", *self._lines]
        self._patterns, self._groups, self._lines = [], [], []

    def _dispatch(self, members: list[ObservedField], level: int) -> None:
        """Writes a loop for members with their own functions, in any number and order: the tag selects the function."""
        self._match()
        gap = self._style.gap(level)
        names = "|".join(field.tag for field in members)
        tag = self._pattern(f"{gap}<({names})(>|{_EMPTY})", "match")
        inner = {
            field.member.name: self._compilation.function(field.tag, field.observed, level=level, before=gap)
            for field in members
            if field.observed is not None
        }
        self.inner.append(inner)
        functions = self._constant(inner)
        lists = self._constant(frozenset(field.member.name for field in members if field.member.many))
        self._written += [
            f"    while (match := {tag}(source, at)) is not None:",
            "        name, end = match.groups()",
            f"        value, at = {functions}[name](source, at, unknown) if end == '>' else (empty[end], match.end())",
            f"        if name in {lists}: item.setdefault(name, []).append(value)",
            "        elif name in item: raise NotMatched",
            "        else: item[name] = value",
        ]

    def _members(
        self, members: Iterable[ObservedField], target: str, observed: ObservedShape, *, depth: int, level: int
    ) -> None:
        """Writes members that are not always present, one by one."""
        for field in members:
            target_item = f"{target}[{field.member.name!r}]"
            if field.member.many:
                pattern = self._list(field, target_item, depth=depth, level=level)
            else:
                pattern = self._optional(field, target_item, observed.shape, depth=depth, level=level)
            self._patterns.append(pattern)

    def _object(self, observed: ObservedShape, target: str, depth: int, level: int) -> str:
        """Returns the pattern of an object inside the pattern; writes the lines that build it."""
        outer, self._patterns = self._patterns, []
        first = list(takewhile(lambda field: field.always_present, observed.members))
        pattern, display = self._display(first, level)
        self._patterns.append(pattern)
        self._line(depth, f"{target} = {display}")
        self._members(observed.members[len(first) :], target, observed, depth=depth, level=level + 1)
        self._patterns.append(self._style.gap(level) if observed.members else "")
        inner, self._patterns = "".join(self._patterns), outer
        return inner

    def _display(self, members: list[ObservedField], level: int) -> tuple[str, str]:
        """Members that are always present: one pattern for all, and the dict display with their values."""
        gap = self._style.gap(level + 1)
        patterns, entries = [], []
        for field in members:
            pattern, value = self._element(field, level + 1)
            patterns.append(f"{gap}{pattern}")
            entries.append(f"{field.member.name!r}: {value}")
        return "".join(patterns), f"{{{', '.join(entries)}}}"

    def _element(self, field: ObservedField, level: int) -> tuple[str, str]:
        """Returns the pattern of a member that is always present, and the expression of its value."""
        inner, value = self._content(field, level)
        if not field.blank:
            return f"<{field.tag}>{inner}</{field.tag}>", value
        empty = self._group()
        value = f"({value}) if not {empty} else {self._empty(field, empty)}"
        return f"<{field.tag}(?:>{inner}</{field.tag}>|({_EMPTY}))", value

    def _content(self, field: ObservedField, level: int) -> tuple[str, str]:
        """Returns the pattern of the text between a member's tags, and the expression of its value."""
        if field.observed is None:
            return self._scalar(field.member.shape)
        inner, display = self._display(field.observed.members, level)
        return inner + (self._style.gap(level) if field.observed.members else ""), display

    def _optional(self, field: ObservedField, target_item: str, owner: Shape, *, depth: int, level: int) -> str:
        """Returns the pattern of a member that may be missing or blank, with a group for each of these facts."""
        name, gap = field.tag, self._style.gap(level)
        if field.always_present:
            pattern, value = self._element(field, level)
            self._line(depth, f"{target_item} = {value}")
            return f"{gap}{pattern}"
        certain = field.always and not field.blank
        inside = depth if certain else depth + 1
        opening = ""
        if field.observed is None:
            inner, value = self._scalar(field.member.shape)
            presence = self._groups[-1]
        elif not certain:
            opening, presence = "()", self._group()
        if not certain:
            self._line(depth, f"if {presence} is not None:")
        if field.observed is not None:
            value = f"o{len(self._lines)}"
            inner = self._object(field.observed, value, inside, level)
        self._report_unknown(field, owner, inside)
        self._line(inside, f"{target_item} = {value}")
        pattern = f">{opening}{inner}</{name}>"
        if field.blank:
            pattern = f"(?:{pattern}|{self._blank(field, target_item, owner, depth=depth)})"
        pattern = f"<{name}{pattern}"
        return f"{gap}{pattern}" if field.always else f"(?:{gap}{pattern}|)"

    def _report_unknown(self, field: ObservedField, owner: Shape, depth: int) -> None:
        """Writes a line that reports a member unknown to the contract, with or without a value."""
        if not field.in_contract:
            self._line(depth, f"unknown.append({f'{owner.name}.{field.member.name}'!r})")

    def _blank(self, field: ObservedField, target_item: str, owner: Shape, *, depth: int) -> str:
        """Returns the pattern of the end of an empty tag, which is nil or, for a text, an empty text."""
        blank = self._group()
        self._line(depth, f"elif {blank} is not None:")
        self._report_unknown(field, owner, depth + 1)
        self._line(depth + 1, f"{target_item} = {self._empty(field, blank)}")
        return f"({_EMPTY})"

    def _empty(self, field: ObservedField, group: str) -> str:
        """Returns the expression of an empty tag's value: it compares the usual nil, which is faster than a look-up."""
        values = "empty_text" if field.member.shape.kind is Kind.STRING else "empty"
        return f"None if {group} == nil else {values}[{group}]"

    def _list(self, field: ObservedField, target_item: str, *, depth: int, level: int) -> str:
        """Returns the pattern of consecutive list elements, as one group, which another pattern takes apart."""
        run = self._group()
        element, expression = self._list_element(field, run, level)
        self._line(depth, f"if {run}:")
        self._line(depth + 1, f"{target_item} = {expression}")
        return f"((?:{self._style.gap(level)}{_CAPTURE.sub('(?:', element)})*+)"

    def _list_element(self, field: ObservedField, run: str, level: int) -> tuple[str, str]:
        """Returns the pattern of one list element, and the expression that builds the list from consecutive ones."""
        inside = _Function(self._compilation, self.constants)
        inner, value = inside._content(field, level)
        element = f"<{field.tag}>{inner}</{field.tag}>"
        if field.observed is None and not self._style.gap(level):
            start, end = f"<{field.member.name}>", f"</{field.member.name}>"
            matches = f"{run}[{len(start)}:-{len(end)}].split({end + start!r})"  # sooner than matching again
        else:
            matches = f"{self._pattern(element, 'findall')}({run})"
        expression = f"[{value} for {', '.join(inside._groups) or '_'} in {matches}]"
        if field.member.shape.kind is Kind.STRING:
            expression = f"{matches} if '&' not in {run} else {expression}"
        return element, expression

    def _scalar(self, shape: Shape) -> tuple[str, str]:
        """Returns the pattern of a text with one group, and the expression that converts it to a value."""
        name = self._group()
        if shape.kind is Kind.STRING:
            return f"({ANY_TEXT})", f"{name} if '&' not in {name} else text({name})"
        if shape.kind is Kind.ENUM:
            values = self._constant({value: value for value in shape.values})
            return f"({ANY_TEXT})", f"{values}.get({name}) or enumerated({name}, {values}, {shape.name!r}, unknown)"
        scalar = SCALARS[shape.kind]
        return f"({scalar.pattern})", f"{self._constant(scalar.convert or scalar.from_text)}({name})"

    def _constant(self, value: object) -> str:
        """Creates a name for a value."""
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def _pattern(self, pattern: str, method: str) -> str:
        """Creates a name for a method of a pattern."""
        name = self._constant(None)
        self.patterns[name] = pattern, method
        return name

    def _group(self) -> str:
        self._groups.append(f"g{len(self._groups)}")
        return self._groups[-1]

    def _line(self, depth: int, text: str) -> None:
        self._lines.append("    " * depth + text)


def _is_split_out(field: ObservedField, parent: ObservedShape) -> bool:
    """Whether objects of a member have their own function: alternatives, large ones, and different ones of a list."""
    observed = field.observed
    if observed is None:
        return False
    if parent.has_alternatives and not field.always:
        return True
    if observed.always_present:
        return False
    if field.member.many or observed.size > _LARGE or observed.has_alternatives:
        return True
    return any(_is_split_out(inner, observed) for inner in observed.members)


class _Empty(dict[str, str | None]):
    """The values of empty tags, by what follows the name in the tag; any other text there is NotMatched."""

    def __missing__(self, tag: str) -> None:
        raise NotMatched


def _enumerated(text: str, values: dict[str, str], shape: str, unknown: list[str]) -> str:
    text = resolved(text)
    if text not in values:
        unknown.append(f"{shape} = {text:.60}")
    return text
