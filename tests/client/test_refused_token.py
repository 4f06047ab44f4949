"""A token that the API refuses before its end: it is refreshed once, and the call goes out once more."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from tests.client.test_profile_token import SignedIn, signed_in
from yadirect_soap import AuthError, Direct
from yadirect_soap.auth.profile_token import ProfileToken
from yadirect_soap.emulator.fault_injection import Fault

__all__ = ["signed_in"]

ONE_REFRESH = 3
"""An access token and a refresh token, and one by the count itself."""
SETS = "negativekeywordsharedsets"


def _add_set(direct: Direct) -> object:
    return direct.call(SETS, "add", {"NegativeKeywordSharedSets": [{"Name": "Free", "NegativeKeywords": ["free"]}]})


def _iterate(direct: Direct) -> object:
    return list(direct.campaigns.items(FieldNames=["Id"]))


def _report(direct: Direct) -> object:
    report = direct.reports.get(
        ReportType="CAMPAIGN_PERFORMANCE_REPORT", FieldNames=["Clicks"], DateRangeType="LAST_7_DAYS"
    )
    return list(report)


CALLS: dict[str, Callable[[Direct], object]] = {"write": _add_set, "iterated pages": _iterate, "report": _report}


def _number_of_sets(signed_in: SignedIn) -> int:
    with Direct("demo-token", endpoint=signed_in.address) as direct:
        return len(direct.call(SETS, "get", {"FieldNames": ["Id"]}))


def _issued(signed_in: SignedIn) -> int:
    """Counts what the OAuth server has issued; counting issues one more."""
    return signed_in.emulator.store.next_id("oauth", 1)


@pytest.mark.parametrize("settings", [{}, {"retry": None}, {"transport": "json"}], ids=["soap", "no retry", "json"])
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_revoked_token_is_refreshed(
    signed_in: SignedIn,
    caplog: pytest.LogCaptureFixture,
    call: Callable[[Direct], object],
    settings: dict[str, Any],
) -> None:
    """A call whose token was revoked early succeeds with a new token: at once, and without a retry policy too."""
    with Direct.from_profile("demo", **settings) as direct:
        signed_in.emulator.accounts.revoke(signed_in.sign_in.access_token)
        with caplog.at_level(logging.WARNING, "yadirect_soap"):
            assert call(direct)
    (line,) = [record.getMessage() for record in caplog.records if record.name == "yadirect_soap"]
    assert "error 53); it was refreshed, and the call is repeated" in line
    stored = signed_in.store.load("demo")
    assert stored is not None
    assert stored.access_token != signed_in.sign_in.access_token


def test_a_write_acts_once(signed_in: SignedIn) -> None:
    """A write whose token was refused did nothing, so that its second attempt makes one object."""
    before = _number_of_sets(signed_in)
    with Direct.from_profile("demo") as direct:
        signed_in.emulator.accounts.revoke(signed_in.sign_in.access_token)
        _add_set(direct)
    assert _number_of_sets(signed_in) == before + 1


def test_threads_share_one_refresh(signed_in: SignedIn) -> None:
    """Of threads whose token was refused, one refreshes it, and the others repeat their calls with its result."""
    with Direct.from_profile("demo") as direct, ThreadPoolExecutor(4) as pool:
        _iterate(direct)
        signed_in.emulator.accounts.revoke(signed_in.sign_in.access_token)
        before = _issued(signed_in)
        assert len(list(pool.map(lambda _: _iterate(direct), range(8)))) == 8
    assert _issued(signed_in) - before == ONE_REFRESH


def test_a_token_that_another_process_has_refreshed(signed_in: SignedIn) -> None:
    """A refused token is not refreshed if the stored one is another by now: that one is taken."""
    with Direct.from_profile("demo") as direct:
        _iterate(direct)
        signed_in.emulator.accounts.revoke(signed_in.sign_in.access_token)
        new = ProfileToken(signed_in.config, "demo").refresh()
        _iterate(direct)
        assert direct.settings.credentials() == new.access_token


def test_a_new_token_that_is_refused_too(signed_in: SignedIn) -> None:
    """Where the API refuses the new token too, its error comes back, and later calls do not refresh again."""
    signed_in.emulator.faults.inject(Fault(53), "campaigns.get", times=None)
    before = _issued(signed_in)
    with Direct.from_profile("demo") as direct:
        for _ in range(3):
            with pytest.raises(AuthError, match="error 53") as refused:
                _iterate(direct)
            assert refused.value.repeatable is False
    assert _issued(signed_in) - before == ONE_REFRESH
    assert len(signed_in.emulator.calls.of("campaigns.get")) == 4


def test_a_refresh_that_is_refused(signed_in: SignedIn) -> None:
    """Without a valid refresh token the error is that of the API, and names the command to sign in, and no secret."""
    signed_in.store.save("demo", replace(signed_in.sign_in, refresh_token="used-up-token"))
    signed_in.emulator.accounts.revoke(signed_in.sign_in.access_token)
    with Direct.from_profile("demo") as direct, pytest.raises(AuthError, match="error 53") as refused:
        _add_set(direct)
    text = str(refused.value)
    assert "the token of profile 'demo' cannot be refreshed" in text
    assert "invalid_grant" in text
    assert "run `yadirect-soap auth login --profile demo`" in text
    assert (refused.value.may_have_acted, refused.value.repeatable) == (False, False)
    for secret in ("used-up-token", signed_in.sign_in.access_token):
        assert secret not in text + repr(refused.value)
