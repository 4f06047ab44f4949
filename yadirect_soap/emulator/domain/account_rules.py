"""The rules of an account's members; they hold for accounts from the control API, seed files, Python and the API."""

import re
from collections.abc import Iterator

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _, composed, joined
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.contract import nearest
from yadirect_soap.protocol.dates import is_day

from ..user_files.records import shown, unusable
from .account import Account
from .currencies import codes

_LONGEST_LOGIN = 255
_LONGEST_NAME = 1000
_LONGEST_TOKEN = 4000
_LARGEST_UNITS = 10**12
_NUMBERS = (("client_id", 2**63 - 1), ("country_id", 2**31 - 1), ("daily_units", _LARGEST_UNITS))
_LANGUAGE = re.compile("[A-Z]{2}")


def require_valid(account: Account) -> None:
    """Raises ConfigurationError with every violation of the rules."""
    if lines := [composed("{member}: {text}", member=member, text=text) for member, text in violations(account)]:
        raise ConfigurationError(joined("\n  ", lines))


def require_valid_token(token: str) -> None:
    """Raises ConfigurationError, without the token in it, for a token that no Authorization header can carry."""
    try:
        headers.write_authorization(token)
    except ValueError as error:
        raise ConfigurationError(composed("token: {error}", error=error)) from None
    if len(token) > _LONGEST_TOKEN:
        raise ConfigurationError(
            _(
                "token: found {count} characters, expected at most {most}",
                count=len(token),
                most=_LONGEST_TOKEN,
            )
        )


def violations(account: Account) -> Iterator[tuple[str, str]]:
    """Yields each member that breaks a rule, with what was found and what was expected."""
    yield from _logins(account)
    for member, maximum in _NUMBERS:
        if not 0 <= getattr(account, member) <= maximum:
            yield (
                member,
                _(
                    "found {value}, expected a number from 0 to {maximum}",
                    value=shown(getattr(account, member)),
                    maximum=maximum,
                ),
            )
    currencies = codes()
    if account.currency and account.currency not in currencies:
        hint = nearest(account.currency, currencies)
        yield (
            "currency",
            _(
                "found {value}, expected one of {currencies}, or none{hint}",
                value=shown(account.currency),
                currencies=", ".join(currencies),
                hint=hint,
            ),
        )
    if not is_day(account.created_at):
        yield "created_at", _("found {value}, expected a day such as 2026-03-01", value=shown(account.created_at))
    if not _LANGUAGE.fullmatch(account.language):
        yield "language", _("found {value}, expected two capital letters such as RU", value=shown(account.language))
    yield from _texts(account)


def _logins(account: Account) -> Iterator[tuple[str, str]]:
    named = [(member, getattr(account, member)) for member in ("login", "agency", "represents")]
    named += [(f"clients[{index}]", login) for index, login in enumerate(account.clients)]
    for member, login in named:
        if (login or member == "login") and not _is_login(login):
            yield (
                member,
                _("found {value}, expected a login: Latin letters, digits, and any of _ . @ + -", value=shown(login)),
            )


def _texts(account: Account) -> Iterator[tuple[str, str]]:
    for member in ("first_name", "last_name"):
        if len(getattr(account, member)) > _LONGEST_NAME:
            yield (
                member,
                _(
                    "found {count} characters, expected at most {most}",
                    count=len(getattr(account, member)),
                    most=_LONGEST_NAME,
                ),
            )
    for member in ("first_name", "last_name", "restrictions", "closed_strategies", "details"):
        for path, text in unusable(getattr(account, member)):
            yield f"{member}{path}", text


def _is_login(login: str) -> bool:
    try:
        return bool(headers.write_client_login(login)) and len(login) <= _LONGEST_LOGIN
    except ValueError:
        return False
