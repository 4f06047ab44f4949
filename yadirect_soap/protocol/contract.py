"""The service contract as frozen records: Service, Operation, Shape, Member; read lazily, one service at a time.

How they are read from the WSDLs is in wsdl/reader.py, where readings are kept in compiled/; what the documentation
adds to them is in facts.py.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cache, cached_property, wraps
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from yadirect_soap.errors import ConfigurationError, UnknownNameError
from yadirect_soap.forks import ForkLock

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from .contract_cache.disk_cache import Cache

_P = ParamSpec("_P")
_T = TypeVar("_T")

NAMESPACE = "http://api.direct.yandex.com/v5/"


class Kind(Enum):
    """What a value is."""

    OBJECT = "object"
    STRING = "string"
    ENUM = "enum"
    INT = "int"
    LONG = "long"
    DECIMAL = "decimal"
    BASE64 = "base64"


class Shape:
    """A type: an object with members in schema order, an enumeration with values, or a scalar.

    `name` is qualified by the last part of its namespace, as in `ads:AdUpdateItem` or `xsd:long`.
    """

    def __init__(self, name: str, kind: Kind, members: tuple["Member", ...] = (), values: tuple[str, ...] = ()) -> None:
        self.name = name
        self.kind = kind
        self.members = members
        self.values = values
        self.derived: dict[object, Any] = {}
        """What was made of the shape (what reads and writes its objects, above all), kept as long as the shape."""

    @cached_property
    def by_name(self) -> Mapping[str, "Member"]:
        """The members of an object, by name."""
        return MappingProxyType({member.name: member for member in self.members})

    @cached_property
    def value_set(self) -> frozenset[str]:
        """The values of an enumeration."""
        return frozenset(self.values)

    def __repr__(self) -> str:
        return f"Shape({self.name})"


class Member(NamedTuple):
    """A child element of an object: its name, shape, occurrence and whether it may be nil (None).

    `owner` is the type that declares it, which differs from the object's own where it comes from a base type.
    """

    name: str
    shape: Shape
    required: bool
    many: bool
    nillable: bool
    owner: str


_MOST_DERIVED = 4096


def derived(function: Callable[Concatenate[Shape, _P], _T]) -> Callable[Concatenate[Shape, _P], _T]:
    """Has what a function makes of a shape kept on the shape: it is made once, and goes when its contract goes.

    A cache of the module would keep every contract alive that was ever called by.
    """

    @wraps(function)
    def kept(shape: Shape, /, *args: _P.args, **named: _P.kwargs) -> _T:
        known, key = shape.derived, (function, *args)
        try:
            value: _T = known[key]
        except KeyError:
            if len(known) >= _MOST_DERIVED:
                known.clear()
            value = known.setdefault(key, function(shape, *args, **named))
        return value

    return kept


class Operation(NamedTuple):
    """An operation of a service: its SOAPAction and the shapes of its params and of its result."""

    service: str
    name: str
    soap_action: str
    request: Shape
    response: Shape

    @property
    def key(self) -> str:
        """Names it in facts.toml, in logs and in errors: `ads.update`."""
        return f"{self.service}.{self.name}"

    @property
    def namespace(self) -> str:
        """The namespace that qualifies its two messages."""
        return NAMESPACE + self.service

    @property
    def listed(self) -> Member | None:
        """The one list of objects that a result is about; None where it has none, or more beside it than LimitedBy."""
        members = [member for member in self.response.members if member.name != "LimitedBy"]
        alone = len(members) == 1 and members[0].many and members[0].shape.kind is Kind.OBJECT
        return members[0] if alone else None


class Service(NamedTuple):
    """A service: `name` as in its address (`adgroups`), `title` as in its WSDL (`AdGroups`), operations in order."""

    name: str
    title: str
    address: str
    operations: Mapping[str, Operation]


class Contract(Mapping[str, Service]):
    """The services of a folder of WSDLs, by their names in lower case; each is read when it is first asked for.

    `cache` keeps the readings of files that are not the bundled ones; None is the user's (see compiled/cache.py).
    """

    def __init__(self, directory: "Traversable", *, cache: "Cache | None" = None) -> None:
        self.directory = directory
        self._cache = cache
        listed = directory.iterdir() if directory.is_dir() else ()
        self._names = tuple(sorted(file.name[:-5] for file in listed if file.name.endswith(".wsdl")))
        if not self._names:
            raise ConfigurationError(f"no .wsdl files in {directory}")
        self._services: dict[str, Service] = {}
        self._lock = ForkLock()

    def __getitem__(self, name: str) -> Service:
        if (known := self._services.get(name)) is not None:
            return known
        if name not in self._names:
            raise KeyError(name)
        from . import contract_cache  # noqa: PLC0415  it is made of the records above

        with self._lock:
            if name not in self._services:
                self._services[name] = contract_cache.load(self.directory, name, self._cache)
            return self._services[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def service(self, name: str) -> Service:
        """The service of a name in any case (`ads`, `AdGroups`); UnknownNameError tells the nearest."""
        try:
            return self[name.lower()]
        except KeyError:
            raise UnknownNameError(f"no service {name!r}{nearest(name.lower(), self)}") from None

    def operation(self, service: str, name: str) -> Operation:
        """The operation of a name, in the API's case (`checkCampaigns`); UnknownNameError tells the nearest."""
        operations = self.service(service).operations
        try:
            return operations[name]
        except KeyError:
            near = nearest(name, operations)
            raise UnknownNameError(f"no operation {name!r} in {service.lower()}{near}") from None


@cache
def bundled() -> Contract:
    """The contract that ships with the package, one for the process."""
    directory = bundled_directory()
    if directory.is_dir():
        return Contract(directory)
    from importlib import resources  # noqa: PLC0415  only a package in a zip file needs it

    return Contract(resources.files("yadirect_soap") / "wsdl")


def bundled_directory() -> Path:
    """Where the bundled WSDLs are on the disk: inside an installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "wsdl"
    return inside if inside.is_dir() else package.parent / "wsdl"


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint for a misspelt name: `; did you mean 'Title'?`, or "" where nothing is near."""
    import difflib  # noqa: PLC0415  only a mistake needs it

    by_lower = {candidate.lower(): candidate for candidate in known}
    near = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return f"; did you mean {by_lower[near[0]]!r}?" if near else ""
