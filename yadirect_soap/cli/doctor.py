"""`yadirect-soap doctor`: checks everything that a call needs, and prints what to correct."""

import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

import click

from yadirect_soap import AuthError, ConfigurationError, DirectError, NotSentError, __version__
from yadirect_soap.auth import token_stores
from yadirect_soap.auth.locations import DEFAULT_PROFILE, config_file
from yadirect_soap.escaping import one_line
from yadirect_soap.language import _, cleaned, composed, in_words, joined, ngettext, spoken

from . import auth_state, client_options, output, pager, streams
from .command_types import command, option

if TYPE_CHECKING:
    from yadirect_soap import Direct, Page

_REGISTER = "https://yandex.ru/dev/direct/doc/en/concepts/register"
_OLD = 90
"""The days after which the user's own WSDLs count as old."""
_FEW = 0.1
"""The part of the daily limit below which the remaining units count as few."""
_SKEW = 60
"""The seconds by which the clock may differ from the server's."""
_INDENT = 21
"""The number of characters before the text of a finding."""
_LIBRARIES = ("requests", "urllib3", "zeep", "lxml", "click", "rich")
_EXTRAS = ("PyYAML", "pyarrow")
_PRIVILEGES: Mapping[str, str] = MappingProxyType(
    {
        "EDIT_CAMPAIGNS": _("edit campaigns"),
        "IMPORT_XLS": _("import XLS"),
        "TRANSFER_MONEY": _("transfer money"),
    }
)


_CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "versions": _("versions"),
        "contract": _("contract"),
        "profile": _("profile"),
        "settings": _("settings"),
        "proxy": _("proxy"),
        "token": _("token"),
        "connection": _("connection"),
        "clock": _("clock"),
        "login": _("login"),
        "rights": _("rights"),
        "units": _("units"),
        "call": _("call"),
    }
)
"""The names of checks as a terminal shows them."""


class Finding(NamedTuple):
    """The result of one check."""

    check: str
    state: Literal["ok", "warning", "failed"]
    text: str
    exit_code: int = 0


@command("doctor")
@option("--output", "format", type=click.Choice(["text", "json"]), default="text", help="default: text")
@client_options.add
def doctor(format: str, **options: Any) -> int:
    """Check versions, contract, settings, proxy, token, login, rights and units, and say what to do.

    It makes one call, clients.get, which costs 10 units and changes nothing. The exit code is 0 where calls work, else
    that of what failed.
    """
    streams.check_stdout()
    findings: list[Finding] = []
    for finding in _findings(options):
        findings.append(finding)
        if format == "text":
            print(_line(finding), flush=True)
    if format == "json":
        print(output.as_json([finding._asdict() for finding in findings]))
    return next((finding.exit_code for finding in findings if finding.state == "failed"), 0)


def _findings(options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yields the result of each check; a check needs the earlier ones, so the first failure is the last result."""
    from yadirect_soap import Direct

    yield _versions()
    try:
        yield _contract(options)
        settings = {"retry": None} | client_options.settings(options)
        with Direct.from_env(**settings) as direct:
            profile = _profile(options)
            if profile:
                yield _profile_finding(profile)
            yield _settings(direct)
            yield _proxy(direct.settings.root)
            yield from _account(direct, _token_source(options, profile))
    except DirectError as error:
        yield _failure(error)


def _versions() -> Finding:
    libraries, extras = (
        joined(", ", [composed("{name} {version}", name=name, version=_installed(name) or absent) for name in names])
        for names, absent in ((_LIBRARIES, _("missing")), (_EXTRAS, _("not installed")))
    )
    python = _("Python {version} on {system}", version=platform.python_version(), system=platform.system())
    return Finding(
        "versions",
        "ok",
        _(
            "yadirect-soap {version}, {python}; {libraries}; extras: {extras}",
            version=__version__,
            python=python,
            libraries=libraries,
            extras=extras,
        ),
    )


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _contract(options: Mapping[str, Any]) -> Finding:
    contract = client_options.contract(options)
    folder = client_options.wsdl_folder(options)
    count = ngettext("{count} service", "{count} services", len(contract))
    if folder is None:
        text = _("{services}, as old as this release; `contract diff` compares them with the API's", services=count)
        return Finding("contract", "ok", text)
    newest = max(file.stat().st_mtime for file in folder.glob("*.wsdl"))
    days = int((time.time() - newest) // 86_400)
    age = ngettext("{count} day old", "{count} days old", days)
    text = _("{services} in {folder}, {age}", services=count, folder=folder, age=age)
    if days <= _OLD:
        return Finding("contract", "ok", text)
    return Finding(
        "contract",
        "warning",
        _("{text}: `contract refresh --wsdl {folder}` brings them up to date", text=text, folder=folder),
    )


def _profile(options: Mapping[str, Any]) -> str:
    """Returns the profile whose settings are used; "" for none."""
    name = options["profile"] or os.environ.get("YADIRECT_PROFILE", "")
    has_token = options["token_file"] or os.environ.get("YADIRECT_TOKEN")
    return str(name or ("" if has_token else DEFAULT_PROFILE))


def _profile_finding(profile: str) -> Finding:
    """Returns the profile and its file; a warning if it has both a token file and a sign-in."""
    config = config_file(os.environ)
    if auth_state.file_in_use(config, profile) and token_stores.find(config, profile):
        return Finding("profile", "warning", auth_state.unused_sign_in(config, profile))
    return Finding("profile", "ok", _("{profile}, of {config}", profile=profile, config=config))


def _token_source(options: Mapping[str, Any], profile: str) -> str:
    """Returns the source of the token: --token-file, else YADIRECT_TOKEN, else the profile."""
    if options["token_file"]:
        return str(options["token_file"])
    return "YADIRECT_TOKEN" if os.environ.get("YADIRECT_TOKEN") else _("profile {name}", name=profile)


def _settings(direct: "Direct") -> Finding:
    settings = direct.settings
    client = _(", for client {login}", login=settings.client_login) if settings.client_login else ""
    return Finding(
        "settings",
        "ok",
        composed(
            "{root}, {version}, {transport}{whom}",
            root=settings.root,
            version=settings.version,
            transport=settings.transport,
            whom=client,
        ),
    )


def _proxy(root: str) -> Finding:
    """Returns the proxy that the environment sets for an address; its password is not shown."""
    from urllib.parse import urlsplit
    from urllib.request import getproxies, proxy_bypass

    from yadirect_soap.protocol.masked_text import without_credentials

    parts = urlsplit(root)
    proxies = getproxies()
    address = proxies.get(parts.scheme) or proxies.get("all")
    if not address or proxy_bypass(parts.netloc):
        return Finding("proxy", "ok", _("none"))
    return Finding(
        "proxy",
        "ok",
        _("{address}, from the environment or the system", address=without_credentials(address)),
    )


def _account(direct: "Direct", token_source: str) -> Iterator[Finding]:
    """Yields the checks of connection, token, clock, login, rights and units, all from one call."""
    fields = ["Login", "ClientId", "Type", "Currency", "Archived", "Grants"]
    page = cast("Page[Any]", direct.call("clients", "get", {"FieldNames": fields}))
    client: Mapping[str, Any] = page[0] if page else {}
    yield Finding(
        "token", "ok", _("from {source}; it is valid, and never shown", source=cleaned(token_source, one_line))
    )
    yield Finding("connection", "ok", _("{root} answers", root=direct.settings.root))
    yield clock(page.raw.headers.get("Date", ""), datetime.now(UTC))
    yield _login(client)
    yield _rights(client)
    yield _units(page)


def clock(date: str, now: datetime) -> Finding:
    """Compares the clock of this machine with the server's.

    Args:
        date: the header Date of a response; "" if it has none.
        now: the time of this machine.
    """
    try:
        difference = (now - parsedate_to_datetime(date)).total_seconds()
    except (TypeError, ValueError):
        return Finding("clock", "ok", _("the server does not send the time"))
    if abs(difference) <= _SKEW:
        return Finding("clock", "ok", _("as the server's"))
    seconds = abs(difference)
    if difference > 0:
        text = _("{seconds:,.0f} s ahead of the server's", seconds=seconds)
    else:
        text = _("{seconds:,.0f} s behind the server's", seconds=seconds)
    return Finding("clock", "warning", _("{text}: set the clock; Changes and reports depend on it", text=text))


def _login(client: Mapping[str, Any]) -> Finding:
    if not client:
        return Finding("login", "warning", _("clients.get returned no client: is it a client of this agency?"))
    words = [str(client.get("Login")), f"ClientId {client.get('ClientId')}", str(client.get("Type", "")).lower()]
    text: str = one_line(", ".join([*filter(None, words), *filter(None, [client.get("Currency")])]))
    if client.get("Type") == "AGENCY":
        hint = _("name a client by --client-login (agencyclients.get lists them) to work on campaigns")
        text = joined("; ", [text, hint])
    if client.get("Archived") == "YES":
        return Finding("login", "warning", joined("; ", [text, _("archived: it can only be read")]))
    return Finding("login", "ok", text)


def _rights(client: Mapping[str, Any]) -> Finding:
    grants = client.get("Grants") or ()
    if not grants:
        return Finding("rights", "ok", _("the API names none for this login"))
    may = [_privilege(grant) for grant in grants if grant.get("Value") == "YES"]
    may_not = [_privilege(grant) for grant in grants if grant.get("Value") != "YES"]
    parts = [_("may {rights}", rights=joined(", ", may))] * bool(may)
    parts += [_("may not {rights}", rights=joined(", ", may_not))] * bool(may_not)
    is_reader = _PRIVILEGES["EDIT_CAMPAIGNS"] in may_not
    return Finding("rights", "warning" if is_reader else "ok", joined("; ", parts))


def _privilege(grant: Mapping[str, Any]) -> str:
    name = str(grant.get("Privilege"))
    return _PRIVILEGES.get(name, one_line(name, 100))


def _units(page: "Page[Any]") -> Finding:
    units = page.units
    if units is None:
        return Finding("units", "warning", _("the response has no header Units: is the endpoint the API's?"))
    payer = units.login or _("the login")
    text = _("{left:,} of {limit:,} left, paid by {payer}", left=units.left, limit=units.limit, payer=payer)
    if units.left >= units.limit * _FEW:
        return Finding("units", "ok", text)
    return Finding("units", "warning", joined("; ", [text, _("each hour adds 1/24")]))


def _failure(error: DirectError) -> Finding:
    """Returns the failed check by the class of its error, with advice."""
    check, advice = "call", ""
    if isinstance(error, ConfigurationError):
        check = "token" if "token" in str(error) else "settings"
        advice = _("how to get one: {address}", address=_REGISTER) if "no token" in str(error) else ""
    elif isinstance(error, AuthError):
        check = "token"
    elif isinstance(error, NotSentError):
        check = "connection"
    return Finding(check, "failed", joined("; ", [text for text in (in_words(error), advice) if text]), error.exit_code)


def _line(finding: Finding) -> str:
    marks: Mapping[str, str] = {"ok": _("ok"), "warning": _("warning"), "failed": _("FAILED")}
    text = pager.hanging(spoken(finding.text), indent=_INDENT)
    return f"{_colored(spoken(marks[finding.state]), finding.state)}{spoken(_CHECKS[finding.check]):<12}{text}"


def _colored(mark: str, state: str) -> str:
    from . import display

    padded = f"{mark:<9}"
    if not display.is_colorful():
        return padded
    style: Callable[..., str] = click.style
    return style(padded, fg={"ok": "green", "warning": "yellow", "failed": "red"}[state], bold=state == "failed")
