"""/health and /metrics: what they count, and what callers cannot make of them."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.gateway.callers import GET, GET_ALL, Caller
from tests.gateway.conftest import Open
from yadirect_soap.gateway import Options

SECRET = "a-secret-of-callers"
SAMPLE = re.compile(r'[a-z_]+(\{([a-z]+="([^"\\\n]|\\["\\n])*",?)+\})? [0-9.+Inf]+')


def metrics_of(gateway: Caller) -> str:
    """The text of /metrics."""
    return gateway.request("GET", "/metrics").body.decode()


def test_metrics_count_calls(gateway: Caller) -> None:
    """/metrics has the number of calls by operation and outcome, and the units that are left."""
    gateway.post(f"GetRequest: {GET}")
    gateway.post("GetRequest: <FieldNames>Wrong</FieldNames>")
    text = metrics_of(gateway)
    assert 'yadirect_gateway_calls_total{operation="campaigns.get",outcome="ok"} 1' in text
    assert 'yadirect_gateway_calls_total{operation="campaigns.get",outcome="8000"} 1' in text
    assert "yadirect_gateway_units_left{" in text


def test_callers_add_no_labels(open_gateway: Open) -> None:
    """Logins, operations, paths and methods that callers invent make no time series of their own."""
    gateway = open_gateway(token="demo-agency-token")
    gateway.post(GET_ALL, Client_Login="demo-client-rub")
    for number in range(5):
        for login in (f"nobody-{number}", f'x"}} 1\nevil{{a="{number}'):
            gateway.post(GET_ALL, Client_Login=login)
        gateway.post(f"No{number}Request: <a/>")
        gateway.request(f"BREW{number}", f"/v5/none-{number}")
        gateway.request("GET", "/v5/campaigns", Expect=f"more-{number}")
    text = metrics_of(gateway)
    assert re.findall("units_left{(.*)}", text) == ['login="demo-client-rub"']
    outcomes = {tuple(pair) for pair in re.findall('calls_total{operation="(.*)",outcome="(.*)"}', text)}
    assert outcomes == {
        ("campaigns.get", "ok"), ("campaigns.get", "8800"), ("campaigns.get", "8000"), ("", "8000"), ("", "404"),
        ("", "417"),
    }  # fmt: skip
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in lines if not SAMPLE.fullmatch(line)] == []


def test_metrics_tell_no_secret(open_gateway: Open) -> None:
    """Neither the token nor the callers' secret is in /metrics, which is not answered without the secret."""
    gateway = open_gateway(Options(secret=SECRET))
    gateway.post(f"GetRequest: {GET}", path=f"/key/{SECRET}/v501/campaigns")
    gateway.post(f"GetRequest: {GET}", Authorization="Bearer demo-token")
    assert gateway.request("GET", "/metrics").status == 401
    text = gateway.request("GET", f"/key/{SECRET}/metrics").body.decode()
    assert "campaigns.get" in text
    assert "demo-token" not in text
    assert SECRET not in text


def test_calls_at_a_time_are_all_counted(gateway: Caller) -> None:
    """Calls and readers of /metrics in many threads lose no count, and none is under way in the end."""
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda number: gateway.request("GET", "/metrics" if number % 2 else "/health"), range(200)))
    text = metrics_of(gateway)
    assert 'outcome="health"} 100' in text
    assert 'outcome="metrics"} 100' in text
    assert "yadirect_gateway_seconds_count 200" in text
    assert "yadirect_gateway_under_way 1" in text


@pytest.mark.parametrize("path", ["/health", "/metrics"])
def test_head_gives_the_length(gateway: Caller, path: str) -> None:
    """HEAD gives the length of what GET gives, and nothing else; other methods are 405."""
    got, head = gateway.request("GET", path), gateway.request("HEAD", path)
    assert (head.status, head.body, head.fields["Content-Type"]) == (200, b"", got.fields["Content-Type"])
    assert abs(int(head.fields["Content-Length"]) - len(got.body)) < 100
    for method in ("POST", "PUT", "DELETE"):
        reply = gateway.request(method, path, b"<a/>")
        assert (reply.status, reply.fields["Allow"]) == (405, "GET, HEAD, OPTIONS")
