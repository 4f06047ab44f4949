"""What shows an object or a failure (help, signatures, repr, copies, local variables) shows no secret of it."""

import copy
import os
import pickle
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
import requests

import yadirect_soap
from tests.client.servers import QUERY, result, served
from yadirect_soap import ConfigurationError, Direct
from yadirect_soap.protocol.masked_text import MaskedStr, MaskedUrl
from yadirect_soap.protocol.messages import Headers, Request, Response

MARK = "y0_AgAAAAA-this-is-the-secret-of-the-test"
FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]})

SHOW_EVERYTHING = """
import importlib, inspect, pkgutil, pydoc
import yadirect_soap
names = [each.name for each in pkgutil.walk_packages(yadirect_soap.__path__, "yadirect_soap.")]
for name in ["yadirect_soap", *names]:
    if name.endswith("__main__") or ".types." in name:
        continue
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:  # what belongs to an engine that is not installed
        assert not error.name.startswith("yadirect_soap")
        continue
    for member, value in vars(module).items():
        print(member, repr(value))
        for one in [value, *(vars(value).values() if inspect.isclass(value) else [])]:
            if callable(one):
                try:
                    print(inspect.signature(one))
                except (TypeError, ValueError):
                    pass
for shown in yadirect_soap, yadirect_soap.Direct, yadirect_soap.Retry, yadirect_soap.Timeouts:
    print(pydoc.plain(pydoc.render_doc(shown)))
"""


@pytest.mark.slow
def test_no_documentation_shows_the_environment() -> None:
    """What pydoc tells of the package, and signatures and reprs of every module's names, hold nothing of os.environ."""
    environment = {**os.environ, "YADIRECT_TOKEN": MARK, "SOME_PASSWORD": MARK, "PYTHONWARNINGS": "ignore"}
    output = subprocess.run(
        [sys.executable, "-c", SHOW_EVERYTHING],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert "from_env" in output.stdout
    assert MARK not in output.stdout + output.stderr


def _texts_of(error: BaseException) -> Iterator[str]:
    """The local variables of each frame of ours that an error, or what caused it, came through."""
    visited: list[BaseException] = []
    pending: list[BaseException | None] = [error]
    while pending:
        current = pending.pop()
        if current is None or current in visited:
            continue
        visited.append(current)
        pending += [current.__cause__, current.__context__]
        yield from _locals(current.__traceback__)


def _locals(trace: TracebackType | None) -> Iterator[str]:
    ours = str(Path(yadirect_soap.__file__).parent)
    for frame, _ in traceback.walk_tb(trace):
        if frame.f_code.co_filename.startswith(ours):
            for name, value in frame.f_locals.items():
                yield f"{frame.f_code.co_qualname}: {name} = {value!r} {getattr(value, '__dict__', '')!r}"


FAILING = {
    "no token": lambda: Direct(f"{MARK} with a space"),
    "bytes": lambda: Direct(MARK.encode()),  # type: ignore[arg-type]
    "version": lambda: Direct(MARK, version="v6"),  # type: ignore[arg-type]
    "endpoint": lambda: Direct(MARK, endpoint=f"https://user:{MARK}@host"),
    "proxies": lambda: Direct(MARK, proxies=f"http://user:{MARK}@host"),  # type: ignore[arg-type]
    "an odd proxy": lambda: Direct(MARK, proxies={"http": f"http://user:{MARK}@host", "https": 1}),  # type: ignore[dict-item]
    "verify": lambda: Direct(MARK, verify="", proxies={"https": f"http://user:{MARK}@host"}),
    "from_env": lambda: Direct.from_env({"YADIRECT_TOKEN": MARK, "YADIRECT_VERSION": "v6"}),
    "from_env with a token": lambda: Direct.from_env({}, token=MARK, version="v6"),
    "from_profile with a token": lambda: Direct.from_profile("no such profile", token=MARK),
    "a function": lambda: Direct(lambda: f"{MARK} with a space").campaigns.get(**QUERY),
}


@pytest.mark.parametrize("fail", FAILING.values(), ids=FAILING.keys())
def test_no_local_variable_shows_a_secret(fail: Any) -> None:
    """A traceback that shows the local variables of our frames shows neither a token nor a password."""
    with pytest.raises(ConfigurationError) as raised:
        fail()
    texts = [*_texts_of(raised.value), str(raised.value), repr(raised.value)]
    assert [text for text in texts if MARK in text or repr(MARK.encode()) in text] == []


def test_a_direct_that_was_not_made_can_be_shown() -> None:
    """A Direct whose constructor failed has a repr, a dir and attributes that raise AttributeError, and closes."""
    half = Direct.__new__(Direct)
    assert repr(half) == "<Direct without settings>"
    assert "call" in dir(half)
    half.close()
    with pytest.raises(AttributeError):
        _ = half._settings


@pytest.mark.parametrize("verify", ["", " ", 0, 1, 1.0, [], (), b"", {}], ids=repr)
def test_an_odd_verify_is_refused(verify: Any) -> None:
    """Certificates are checked unless verify is False itself; what requests would take for False is refused."""
    with pytest.raises(ConfigurationError, match="verify is True, False or the path"):
        Direct(MARK, verify=verify)
    with requests.Session() as session:
        session.verify = verify
        with pytest.raises(ConfigurationError, match="verify is True, False or the path"):
            Direct(MARK, session=session)


@pytest.mark.parametrize("cert", ["", (), 0, ("a.pem",), ("a.pem", ""), ("a", "b", "c"), {}, False], ids=repr)
def test_an_odd_cert_is_refused(cert: Any) -> None:
    """A client certificate that is none is refused, and not left out."""
    with pytest.raises(ConfigurationError, match="cert is the path"):
        Direct(MARK, cert=cert)


@pytest.mark.parametrize("proxies", ["", "http://a:b@c", 0, [], [("https", "x")], {1: "x"}, {"https": 5}], ids=repr)
def test_odd_proxies_are_refused(proxies: Any) -> None:
    """Proxies that are no dict of addresses are refused, without being shown."""
    with pytest.raises(ConfigurationError, match="proxies is a dict") as raised:
        Direct(MARK, proxies=proxies)
    assert "a:b" not in str(raised.value)


@pytest.mark.parametrize("verify", [True, False, Path("bundle.pem"), "bundle.pem", None], ids=repr)
def test_a_plain_verify_is_taken(verify: Any) -> None:
    """True, False and paths are taken."""
    Direct(MARK, verify=verify, cert=("a.pem", Path("a.key")), proxies={"http": ""}).close()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value",
    [
        Request("http://127.0.0.1/", Headers({"Authorization": f"Bearer {MARK}"})),
        Response(200, Headers({"Set-Cookie": MARK})),
        Headers({"Authorization": MARK, "Proxy-Authorization": MARK}),
        MaskedStr(MARK),
        [MaskedStr(MARK)[:-1]],
    ],
    ids=["request", "response", "headers", "text", "part of a text"],
)
def test_what_holds_a_secret_is_pickled_without_it(value: object) -> None:
    """Neither a pickle nor a repr of it has the secret, and a copy shows it as little."""
    assert MARK.encode()[:-1] not in pickle.dumps(value)
    for copied in (value, copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301
        assert MARK[:-1] not in repr(copied)


def test_a_copied_request_can_still_be_sent() -> None:
    """A copy of a request keeps its Authorization, which only a pickle loses."""
    request = Request("http://127.0.0.1/", Headers({"Authorization": f"Bearer {MARK}"}))
    assert copy.deepcopy(request).headers["Authorization"] == f"Bearer {MARK}"


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("http://user:word@proxy:3128", "http://***@proxy:3128"),
        ("http://user:w@rd@proxy:3128", "http://***@proxy:3128"),
        ("user:w/rd@proxy:3128", "***@proxy:3128"),
        ("http://proxy:3128", "http://proxy:3128"),
    ],
    ids=["password", "password with @", "without a scheme", "no password"],
)
def test_an_address_is_shown_without_its_password(address: str, masked: str) -> None:
    """The repr of an address that may hold a password masks user and password."""
    assert repr(MaskedUrl(address)) == repr(masked)


def test_what_the_client_is_made_of_shows_no_secret() -> None:
    """The attributes of a Direct, and theirs, show neither token nor proxy's password."""
    with served(FOUND, token=MARK, proxies={"https": f"http://user:{MARK}@host"}) as (_, direct):
        direct.campaigns.get(**QUERY)
        texts = [repr(vars(direct)), *(repr(getattr(part, "__dict__", "")) for part in vars(direct).values())]
    assert [text for text in texts if MARK in text] == []
