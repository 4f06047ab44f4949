"""A conversation with an emulator in this process over its JSON wire, under a clock that the test moves."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self

from yadirect_soap.emulator.app import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER_TOKEN
from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import headers, json
from yadirect_soap.protocol.messages import Headers, Request

START = 1_780_000_000.0
"""2026-05-28T20:26:40Z."""


@dataclass
class Talk:
    """An emulator with the demo accounts and what to say to it."""

    now: float = START
    emulator: Emulator = field(init=False)

    def __post_init__(self) -> None:
        self.emulator = Emulator(clock=lambda: self.now)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.emulator.close()

    def ask(
        self,
        key: str,
        params: dict[str, Any],
        *,
        token: str = ADVERTISER_TOKEN,
        client: str = "",
        language: str = "en",
        version: str = "v5",
    ) -> dict[str, Any]:
        """The result of an operation; raises its fault."""
        service, name = key.split(".")
        operation = self.emulator.contract.operation(service, name)
        fields = {
            headers.AUTHORIZATION: f"Bearer {token}",
            headers.CONTENT_TYPE: json.content_type,
            headers.ACCEPT_LANGUAGE: language,
        }
        if client:
            fields[headers.CLIENT_LOGIN] = client
        address = self.emulator.endpoint + json.path(version, service)
        request = Request(address, Headers(fields), json.encode_request(operation, params))
        unknown: Counter[str] = Counter()
        result = json.decode_result(operation, self.emulator.handle_request(request).body, unknown)
        assert not unknown
        return result

    def fault(self, key: str, params: dict[str, Any], **said: Any) -> int:
        """The code of the fault that an operation is refused with."""
        try:
            result = self.ask(key, params, **said)
        except ApiError as error:
            return error.code
        raise AssertionError(f"{key} was not refused: {result}")

    def first(self, service: str, login: str = "demo-advertiser", **wanted: Any) -> dict[str, Any]:
        """The first stored document of a service with these members."""
        for row in self.emulator.store.rows(service, login):
            if all(row.document.get(name) == value for name, value in wanted.items()):
                return row.document
        raise LookupError(f"{service}: {wanted}")

    def campaign(self, kind: str) -> int:
        """The identifier of the first running campaign of a type."""
        return int(self.first("campaigns", Type=kind, State="ON")["Id"])


def codes(item: dict[str, Any], name: str = "Errors") -> list[int]:
    """The codes of an item's errors or warnings."""
    return [notification["Code"] for notification in item.get(name, ())]
