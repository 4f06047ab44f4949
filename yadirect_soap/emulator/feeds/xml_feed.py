"""Reads feeds in XML while their bytes come.  No DTD is read, no entity is expanded, nothing is fetched."""

from collections.abc import Mapping
from typing import BinaryIO
from xml.parsers import expat

from .formats import MAX_ELEMENTS, XML_FORMATS, Contents, NotAFeed, XmlFormat

_PIECE = 1 << 24
"""Bytes of one piece; large, since the parser reads an unfinished name or comment again with each piece."""
_DEEPEST = 32
"""The deepest nesting of elements; that of feeds is about five."""


def read(file: BinaryIO) -> Contents:
    """Returns the contents of a file in XML; raises NotAFeed if it is no feed."""
    counter = _Counter()
    parser = expat.ParserCreate()
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    # Old YML files name an external DTD, which is harmless here; an internal one could expand entities.
    parser.StartDoctypeDeclHandler = _refuse_own_dtd
    parser.EntityDeclHandler = parser.SkippedEntityHandler = _refuse_entity
    try:
        while piece := file.read(_PIECE):
            parser.Parse(piece)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as error:
        # LookupError: an unknown encoding.
        raise NotAFeed(f"not well-formed: {error}") from error
    return counter.contents()


class _Counter:
    """Counts offers and pages, and knows the open elements."""

    def __init__(self) -> None:
        self._form: XmlFormat | None = None
        self._open: list[str] = []
        self._elements = 0
        self._items = 0
        self._listings = 0
        self._texts: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        name = name.rpartition(":")[2]
        if self._form is None:
            if name not in XML_FORMATS:
                raise NotAFeed(f"found the root {name:.60}, expected one of {', '.join(XML_FORMATS)}")
            self._form = XML_FORMATS[name]
            return
        self._open.append(name)
        self._elements += 1
        if len(self._open) > _DEEPEST:
            raise NotAFeed("nested too deeply")
        if self._elements > MAX_ELEMENTS:
            raise NotAFeed(f"more than {MAX_ELEMENTS} elements")
        self._count(self._form, name, attributes)

    def end(self, _name: str) -> None:
        """An element ends; the root is not among the open ones."""
        if self._open:
            self._open.pop()

    def contents(self) -> Contents:
        """Returns the contents of the whole file."""
        if self._form is None:
            raise NotAFeed("there is nothing in it")
        return Contents(self._items, self._listings, tuple(sorted(self._texts)), self._form.businesses)

    def _count(self, form: XmlFormat, name: str, attributes: Mapping[str, str]) -> None:
        path = tuple(self._open)
        if path == form.item:
            self._items += not form.key or bool(attributes.get(form.key))
        elif path == form.listing:
            self._listings += 1
        elif name in form.texts and path[:-1] == form.item:
            self._texts.add(name)


def _refuse_own_dtd(_name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
    if has_internal_subset:
        raise NotAFeed("it has a DTD of its own")


def _refuse_entity(*_: object) -> None:
    raise NotAFeed("it has entities")
