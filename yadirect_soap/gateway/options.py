"""The options of a gateway: what it checks, what it refuses, and how it responds."""

from dataclasses import dataclass
from typing import Literal, get_args

from yadirect_soap import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.hosts import host_of

Validate = Literal["error", "warn", "off"]
Nil = Literal["keep", "refuse"]

_STATUSES = (200, 500)


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a gateway.

    Attributes:
        secret: what callers must send, by Basic, by Bearer or as a segment of the path; "" requires none.
        hosts: further names that the header Host may have, besides those of loopback; None allows any name.
        public_url: the address in served WSDLs, if callers reach the gateway through a proxy.
        validate: requests that the XSD does not allow are refused, logged, or not checked.
        nil: whether an update may clear any member with xsi:nil ("keep"), or only those in `nil_allowed` ("refuse").
        nil_allowed: the members that an update may clear, such as `campaigns.DailyBudget`.
        units_floor: writes are refused while a login has fewer units left; None refuses none.
        all_pages: whether a get without Page returns the objects of all pages.
        fault_status: the HTTP status of a fault: 200 as in the API, or 500 as in SOAP 1.1.
        header_block: whether responses have Units and RequestId in a header block too; with it, some stacks return
            other objects.
        report_wait: the seconds that a request for a report waits before the response is 202.
        largest_request: the maximum size of a decompressed request, in bytes.
    """

    secret: str = ""
    hosts: tuple[str, ...] | None = ()
    public_url: str | None = None
    validate: Validate = "error"
    nil: Nil = "keep"
    nil_allowed: frozenset[str] = frozenset()
    units_floor: int | None = None
    all_pages: bool = False
    fault_status: int = 200
    header_block: bool = False
    report_wait: float = 60.0
    largest_request: int = 50_000_000

    def __post_init__(self) -> None:
        for name, values in (("validate", get_args(Validate)), ("nil", get_args(Nil)), ("fault_status", _STATUSES)):
            if getattr(self, name) not in values:
                raise ConfigurationError(
                    _(
                        "{name}: found {value!r:.40}, expected one of {values}",
                        name=name,
                        value=getattr(self, name),
                        values=values,
                    )
                )
        if wrong := [host for host in self.hosts or () if host_of(host) is None]:
            raise ConfigurationError(
                _("hosts: found {wrong!r:.80}, expected a host such as gateway.example", wrong=wrong[0])
            )
        if self.public_url is not None and not self.public_url.startswith(("http://", "https://")):
            raise ConfigurationError(
                _("public_url: found {public_url!r:.80}, expected https://HOST", public_url=self.public_url)
            )

    def __repr__(self) -> str:
        return f"Options(validate={self.validate!r}, nil={self.nil!r}, secret={'***' if self.secret else ''!r})"
