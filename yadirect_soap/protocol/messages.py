"""A request and a response as frozen records: all that passes between client and server.

What their headers mean is in headers.py, what their bodies mean in wires.py.
"""

from collections.abc import ItemsView, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar, overload

from .masked_text import MASK

_Default = TypeVar("_Default")

_SECRET = frozenset(
    {"authorization", "member-authorization", "payment-token", "proxy-authorization", "cookie", "set-cookie"}
)


class Headers(Mapping[str, str]):
    """HTTP header fields in their order, looked up in any case; its repr masks secrets.

    Args:
        fields: names and values.
    """

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, str] | None = None) -> None:
        self._fields = {name.lower(): (name, value) for name, value in (fields or {}).items()}

    def __getitem__(self, name: str) -> str:
        return self._fields[name.lower()][1]

    @overload
    def get(self, name: str, /) -> str | None: ...
    @overload
    def get(self, name: str, /, default: _Default) -> str | _Default: ...
    def get(self, name: str, /, default: object = None) -> object:
        """Returns the value of a field.

        Args:
            name: the field's name, in upper or lower case.
            default: what is returned if there is no such field.

        Returns:
            The value, or `default`.
        """
        # The method of Mapping takes four times as long.
        field = self._fields.get(name.lower())
        return default if field is None else field[1]

    def items(self) -> ItemsView[str, str]:
        """Names and values."""
        return dict(self._fields.values()).items()

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._fields.values())

    def __len__(self) -> int:
        return len(self._fields)

    def masked(self) -> dict[str, str]:
        """Returns the fields as a dict, with secrets as ***."""
        return {name: MASK if name.lower() in _SECRET else value for name, value in self.items()}

    def __repr__(self) -> str:
        return f"Headers({self.masked()})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles the fields with every secret masked; a copy is the object itself, which never changes."""
        return Headers, (self.masked(),)

    def __copy__(self) -> "Headers":
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "Headers":
        return self

    def __or__(self, other: Mapping[str, str]) -> "Headers":
        return Headers({**self, **other})


class Request(NamedTuple):
    """An HTTP request of the client.

    Attributes:
        address: an absolute URL.
        headers: the header fields.
        body: the bytes of the body.
        method: "POST" or "GET".
        peer: the network address of the sender, for the server.
    """

    address: str
    headers: Headers
    body: bytes = b""
    method: str = "POST"
    peer: str = "127.0.0.1"

    def __repr__(self) -> str:
        return f"Request({self.method} {self.address}, {self.headers})"


class Response(NamedTuple):
    """An HTTP response that was read completely.

    Attributes:
        status: the HTTP status.
        headers: the header fields.
        body: the bytes of the body, decompressed.
    """

    status: int
    headers: Headers
    body: bytes = b""

    def __repr__(self) -> str:
        return f"Response({self.status}, {self.headers})"


class StreamedResponse(NamedTuple):
    """An HTTP response whose body is still being received.

    Attributes:
        status: the HTTP status.
        headers: the header fields.
        pieces: the bytes of the body as they arrive, decompressed.
    """

    status: int
    headers: Headers
    pieces: Iterator[bytes]
