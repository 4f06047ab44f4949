"""The options of a gateway: what it checks, what it refuses, and how it answers."""

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
        secret: what callers must send, by Basic, by Bearer or as a segment of the path; "" asks for none.
        hosts: more names in Host that are answered; names and addresses of loopback always are. None answers any name.
        public_url: the address in served WSDLs, where callers reach the gateway through a proxy.
        validate: requests that the XSD does not allow are refused, logged, or not checked.
        nil: whether an update may clear members with xsi:nil, or only those in `nil_allowed`.
        nil_allowed: members that an update may clear: `campaigns.DailyBudget`.
        units_floor: writes are refused while fewer units are left to a login; None refuses none.
        all_pages: answer a get without Page with the objects of all pages.
        fault_status: the HTTP status of a fault: 200 as the API has it, or 500 as SOAP 1.1 does.
        header_block: answers have Units and RequestId in a header block too; some stacks then return other objects.
        report_wait: seconds that a request for a report waits, before the answer is 202.
        largest_request: bytes of a request, decompressed.
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
