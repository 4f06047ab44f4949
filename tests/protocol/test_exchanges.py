"""Golden exchanges (tests/exchanges/): each message of each is encoded and decoded, at both ends, over both wires.

A file holds params, a result or an error, and for each wire the request and the answer as they stand in an HTTP body;
XML as lines that are joined.  Where a wire tells another result than the other, it has a `result` of its own.
`violations` are the places that check() must name, where the API refused the params.
"""

import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from yadirect_soap.errors import ApiError, api_error
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.validation import check
from yadirect_soap.protocol.wires import WIRES

Exchange = Mapping[str, Any]

FILES = sorted((Path(__file__).parents[1] / "exchanges").glob("*.json"))


def _load(text: str | bytes) -> Any:
    return json.loads(text, parse_float=Decimal)


EXCHANGES = {path.stem: _load(path.read_text(encoding="utf-8")) for path in FILES}
ANSWERED = {name: exchange for name, exchange in EXCHANGES.items() if "result" in exchange}
REFUSED = {name: exchange for name, exchange in EXCHANGES.items() if "error" in exchange}

every_wire = pytest.mark.parametrize("wire", WIRES)


def _operation(exchange: Exchange) -> Operation:
    return bundled().operation(exchange["service"], exchange["operation"])


def _body(exchange: Exchange, wire: str, message: str) -> bytes:
    """The body of a request or of an answer, as it would arrive."""
    written = exchange[wire][message]
    return ("".join(written) if wire == "soap" else json.dumps(written, ensure_ascii=False)).encode()


def _meaning(wire: str, body: bytes) -> Any:
    """What a body says: its JSON, or the element in its Body in canonical XML, with prefixes of no account."""
    if wire == "json":
        return _load(body)
    inside = next(etree.fromstring(body).iterfind("{*}Body/*"))
    return etree.canonicalize(etree.tostring(inside, encoding="unicode", with_tail=False), rewrite_prefixes=True)


def _result(exchange: Exchange, wire: str) -> Any:
    return exchange[wire].get("result", exchange["result"])


def _error(exchange: Exchange) -> ApiError:
    fields = exchange["error"]
    return api_error(fields["code"], fields["message"], fields["detail"], request_id=fields["request_id"])


@pytest.mark.parametrize("exchange", EXCHANGES.values(), ids=EXCHANGES)
def test_the_check_agrees_with_the_api(exchange: Exchange) -> None:
    """The check finds nothing wrong with params that the API took, and what is wrong with those that it refused."""
    violations = check(exchange["params"], _operation(exchange).request)
    assert [violation.path for violation in violations] == exchange.get("violations", [])


@every_wire
@pytest.mark.parametrize("exchange", EXCHANGES.values(), ids=EXCHANGES)
def test_params_become_the_request(exchange: Exchange, wire: str) -> None:
    """The client writes the request that was sent."""
    body = WIRES[wire].encode_request(_operation(exchange), exchange["params"])
    assert _meaning(wire, body) == _meaning(wire, _body(exchange, wire, "request"))


@every_wire
@pytest.mark.parametrize("exchange", EXCHANGES.values(), ids=EXCHANGES)
def test_the_request_becomes_the_params(exchange: Exchange, wire: str) -> None:
    """The emulator reads from the request what was meant."""
    service, body = bundled()[exchange["service"]], _body(exchange, wire, "request")
    assert WIRES[wire].decode_request(service, body) == (_operation(exchange), exchange["params"])


@every_wire
@pytest.mark.parametrize("exchange", ANSWERED.values(), ids=ANSWERED)
def test_the_answer_becomes_the_result(exchange: Exchange, wire: str) -> None:
    """The client reads from the answer what was told, and knows all of it."""
    unknown: Counter[str] = Counter()
    result = WIRES[wire].decode_result(_operation(exchange), _body(exchange, wire, "answer"), unknown)
    assert (result, dict(unknown)) == (_result(exchange, wire), {})


@every_wire
@pytest.mark.parametrize("exchange", ANSWERED.values(), ids=ANSWERED)
def test_the_result_becomes_the_answer(exchange: Exchange, wire: str) -> None:
    """The emulator writes the answer that was given."""
    body = WIRES[wire].encode_result(_operation(exchange), _result(exchange, wire))
    assert _meaning(wire, body) == _meaning(wire, _body(exchange, wire, "answer"))


@every_wire
@pytest.mark.parametrize("exchange", REFUSED.values(), ids=REFUSED)
def test_the_answer_becomes_the_error(exchange: Exchange, wire: str) -> None:
    """The client raises the error that the answer tells."""
    with pytest.raises(ApiError) as caught:
        WIRES[wire].decode_result(_operation(exchange), _body(exchange, wire, "answer"), Counter())
    assert (type(caught.value), vars(caught.value)) == (type(_error(exchange)), vars(_error(exchange)))


@every_wire
@pytest.mark.parametrize("exchange", REFUSED.values(), ids=REFUSED)
def test_the_error_becomes_the_answer(exchange: Exchange, wire: str) -> None:
    """The emulator refuses in the words of the API."""
    body = WIRES[wire].encode_fault(_error(exchange))
    assert _meaning(wire, body) == _meaning(wire, _body(exchange, wire, "answer"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_exchange_is_named_after_its_operation(path: Path) -> None:
    """A file's name begins with its service and operation, so that all about one stand together."""
    exchange = EXCHANGES[path.stem]
    name = f"{exchange['service']}-{exchange['operation']}".lower()
    assert path.stem.replace("-", "").startswith(name.replace("-", ""))
    assert (path.stem in ANSWERED) != (path.stem in REFUSED)
