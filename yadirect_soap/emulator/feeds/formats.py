"""The formats of feeds: how each is recognized, which elements are its offers, and which businesses use it.

https://yandex.ru/support/direct/en/feeds/requirements-other-product and requirements-other-categories beside it
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from yadirect_soap.errors import ConfigurationError

Path = tuple[str, ...]
"""Names of elements below the root."""

LARGEST = 64 * 2**20
"""The most bytes of an unpacked feed; a longer one is not read to its end."""

MAX_ELEMENTS = 2_000_000
"""The most elements or lines of a feed."""

SUFFIXES = frozenset({"xml", "csv", "tsv", "yml", "xls", "xlsx", "gz", "zip"})
"""The suffixes of files that can be uploaded: https://yandex.ru/dev/direct/doc/en/objects/feed."""


class NotAFeed(Exception):
    """A file that is no feed, with the reason."""


class UnreadFormat(ConfigurationError):
    """A file that may be a feed, in a format that the emulator does not read."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of a feed: the numbers of offers and of catalogue pages, the members for texts of ads."""

    items: int
    listings: int
    texts: tuple[str, ...]
    businesses: frozenset[str]


@dataclass(frozen=True, slots=True)
class XmlFormat:
    """A format in XML: offers are elements at the path `item`, with the attribute `key` if the format has one."""

    item: Path
    businesses: frozenset[str]
    texts: frozenset[str]
    key: str = ""
    listing: Path = ()


@dataclass(frozen=True, slots=True)
class ColumnFormat:
    """A format of lines with columns; an offer has values in all `required` columns."""

    required: frozenset[str]
    businesses: frozenset[str]
    texts: frozenset[str]


XML_FORMATS: Mapping[str, XmlFormat] = MappingProxyType(
    {
        "yml_catalog": XmlFormat(
            ("shop", "offers", "offer"),
            frozenset({"RETAIL", "OTHER"}),
            frozenset({"name", "model", "vendor", "description"}),
            key="id",
            listing=("shop", "collections", "collection"),
        ),
        "rss": XmlFormat(("channel", "item"), frozenset({"RETAIL", "OTHER"}), frozenset({"title", "description"})),
        "realty-feed": XmlFormat(("offer",), frozenset({"REALTY"}), frozenset({"description"}), key="internal-id"),
        "data": XmlFormat(("cars", "car"), frozenset({"AUTOMOBILES"}), frozenset({"description"})),
    }
)
"""The formats in XML by their root elements: Yandex Market, Google Shopping, Yandex Realty, Auto.ru."""

COLUMN_FORMATS = (
    ColumnFormat(
        frozenset({"Property ID", "Property name", "Final URL", "Destination name"}),
        frozenset({"HOTELS"}),
        frozenset({"Property name"}),
    ),
    ColumnFormat(frozenset({"Destination ID", "Final URL"}), frozenset({"FLIGHTS"}), frozenset({"Flight description"})),
    ColumnFormat(frozenset({"Destination ID", "Title", "Final URL"}), frozenset({"OTHER"}), frozenset({"Title"})),
    ColumnFormat(
        frozenset({"ID", "Item title", "Final URL"}),
        frozenset({"OTHER"}),
        frozenset({"Item title", "Item description"}),
    ),
    ColumnFormat(frozenset({"ID", "Title", "URL"}), frozenset({"OTHER"}), frozenset({"Title", "Description"})),
)
"""The formats of lines: Google's hotels, flights, travel and custom feeds, and the universal one."""
