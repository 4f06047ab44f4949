"""Measures how many small calls the emulator answers per second of processor time, over one open connection."""

import json
import statistics
from collections.abc import Mapping
from http.client import HTTPConnection
from typing import Any, NamedTuple

from yadirect_soap import Direct

from .measured_process import ServerProcess, emulator_process
from .table import Goal, ResultsDiffer, Row

_GOAL = 1000
_TOKEN = "demo-token"
_CAMPAIGN = 700_000_001


class Call(NamedTuple):
    """The request of a get for one object by its id."""

    task: str
    path: str
    body: bytes
    headers: dict[str, str]
    expected: bytes
    """A text that the response must contain."""

    def send(self, connection: HTTPConnection) -> None:
        """Sends the request and reads the response; raises ResultsDiffer if the response has not the object."""
        connection.request("POST", self.path, self.body, self.headers)
        response = connection.getresponse().read()
        if self.expected not in response:
            raise ResultsDiffer(f"{self.task}: found no {self.expected!r} in the response {response!r}")


def measure(calls: int, rounds: int) -> list[Row]:
    """Measures a small call over SOAP and over JSON, by the processor time of the server only."""
    params = {"SelectionCriteria": {"Ids": [_CAMPAIGN]}, "FieldNames": ["Id", "Name"]}
    with emulator_process() as server:
        return rates(server, gets("campaigns", params, _TOKEN), calls=calls, rounds=rounds)


def rates(server: ServerProcess, small: tuple[Call, ...], *, calls: int, rounds: int) -> list[Row]:
    """Returns a row for each call: how many such calls the emulator answers per second of one core."""
    return [_row(call, server, calls=calls, rounds=rounds) for call in small]


def gets(service: str, params: Mapping[str, Any], token: str, *, of: str = "") -> tuple[Call, ...]:
    """Returns the requests of a get by one id over SOAP and over JSON; `of` is added to their names."""
    with Direct(token) as direct:
        envelope = direct.build_request(service, "get", params).body
    bearer = {"Authorization": f"Bearer {token}"}
    action = {"SOAPAction": f'"http://api.direct.yandex.com/v5/{service}/get"'}
    body = json.dumps({"method": "get", "params": params}).encode()
    expected = str(params["SelectionCriteria"]["Ids"][0]).encode()
    task = f"emulator: {service}.get by id{of}"
    return (
        Call(f"{task}, SOAP", f"/v5/{service}", envelope, bearer | action, expected),
        Call(f"{task}, JSON", f"/json/v5/{service}", body, bearer, expected),
    )


def _row(call: Call, server: ServerProcess, *, calls: int, rounds: int) -> Row:
    connection = HTTPConnection("127.0.0.1", server.port)
    call.send(connection)
    seconds = [_spent(call, connection, server, calls) for _ in range(rounds)]
    connection.close()
    rate = calls / statistics.median(seconds)
    return Row(call.task, "", rate, "calls a second of one core", Goal(_GOAL, at_least=True))


def _spent(call: Call, connection: HTTPConnection, server: ServerProcess, calls: int) -> float:
    """Returns the processor seconds that the server spends on a number of calls."""
    began = server.resource_use().seconds
    for _ in range(calls):
        call.send(connection)
    return server.resource_use().seconds - began
