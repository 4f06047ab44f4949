"""Equal emulators, one for each way of asking, and all that an answer tells, for comparing; no test lives here."""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import simplejson

from tests.clock import WITH_VCARDS
from tests.interop import extra_demo_objects
from yadirect_soap import ApiError, Direct, ItemResults
from yadirect_soap.emulator import Emulator

NOW = 1_790_000_000.0
"""2026-09-21T14:13:20Z, for every emulator here."""


def seeded(path: Path) -> Path:
    """Makes a file with the demo accounts and unfinished work in one, to open copies of."""
    with Emulator(path, clock=lambda: NOW, moderation_seconds=0, api_date=WITH_VCARDS) as emulator:
        extra_demo_objects.add_to(client(emulator))
    return path


@contextmanager
def copied_emulator(seed: Path, path: Path) -> Iterator[Emulator]:
    """An emulator on a copy of a file."""
    shutil.copyfile(seed, path)
    with Emulator(path, clock=lambda: NOW, moderation_seconds=0, api_date=WITH_VCARDS) as emulator:
        yield emulator


def client(emulator: Emulator, **settings: Any) -> Direct:
    """Our client of an emulator in this process; it repeats and refuses no call, so that both ends get the same."""
    token = settings.pop("token", "demo-token")
    usual = {"check": "off", "retry": None}
    return Direct(token, endpoint=emulator.endpoint, session=emulator.session(), **usual | settings)


def call_result(direct: Direct, service: str, operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """All that the client tells of a call, whether it was carried out or refused."""
    try:
        result = direct.call(service, operation, params)
    except ApiError as error:
        summary = {"error": type(error), "code": error.code, "message": error.args[0], "detail": error.detail}
        return summary | {"units": error.units, "request": error.request_id}
    answer = result.response
    # Of nothing found, and of an item without errors, the API's JSON has an empty list, which SOAP cannot express.
    summary = {"kind": type(result), "result": typed(without_empty_lists(answer.result))}
    outcomes = list(result) if isinstance(result, ItemResults) else []
    summary |= {"outcomes": [outcome._replace(result=without_empty_lists(outcome.result)) for outcome in outcomes]}
    return summary | {"units": answer.units, "request": answer.request_id, "unknown": answer.unknown}


def without_empty_lists(value: Any) -> Any:
    """A value without the members that are empty lists."""
    if isinstance(value, Mapping):
        return {name: without_empty_lists(inner) for name, inner in value.items() if inner != []}
    return [without_empty_lists(inner) for inner in value] if isinstance(value, list) else value


def typed(value: Any) -> Any:
    """A value in which 1, Decimal(1) and "1" are not equal, and the order of an object's members does not matter."""
    if isinstance(value, Mapping):
        return {name: typed(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    return type(value), value


def stored(path: Path) -> dict[str, Any]:
    """Everything in an emulator's file, read past the emulator: objects, counters, accounts and units."""
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return {
            "objects": {row[:-1]: _read(row[-1]) for row in database.execute("SELECT * FROM object")},
            "counters": dict(database.execute("SELECT * FROM sequence")),
            "notes": {name: _read(value) for name, value in database.execute("SELECT * FROM note")},
        }
    finally:
        database.close()


def _read(text: str) -> Any:
    """A document as numbers and texts; the order of its members is the order in which a wire brought them."""
    return typed(simplejson.loads(text, use_decimal=True))


def bare(value: Any) -> Any:
    """A value without what foreign stacks do not tell apart: nil, empty and absent; None where nothing else is left."""
    if isinstance(value, Mapping):
        inner_values = {name: bare(inner) for name, inner in value.items()}
        return {name: inner for name, inner in inner_values.items() if inner is not None} or None
    if isinstance(value, list):
        return [bare(item) for item in value] or None
    return None if value == "" else value
