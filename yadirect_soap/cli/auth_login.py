"""`yadirect-soap auth login`: an authorization code with PKCE in a browser, or a device code."""

import os
import secrets
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from yadirect_soap import ConfigurationError, DirectError, extras
from yadirect_soap.escaping import one_line
from yadirect_soap.language import _, spoken

from . import auth_state, client_options, notices
from .command_types import command, option
from .option_types import WholeNumber

if TYPE_CHECKING:
    from yadirect_soap.auth.oauth import Application
    from yadirect_soap.auth.sign_in import SignIn

_PORT = 8765
_SIGN_IN_TIMEOUT = 600
"""The seconds in which the user must sign in: the lifetime of a code."""
_EXAMPLES = """\b
Examples:
  yadirect-soap auth login --client-id ID
  yadirect-soap auth login --profile agency --device
The application at https://oauth.yandex.ru needs the right direct:api, and for
a browser the redirect URI http://127.0.0.1:8765/callback
"""


@command("login", epilog=_EXAMPLES)
@auth_state.profile_option
@option("--client-id", metavar="ID", envvar="YADIRECT_OAUTH_CLIENT_ID", help="the id of your application")
@option("--client-secret-file", metavar="FILE", help="a file with its secret (or YADIRECT_OAUTH_CLIENT_SECRET)")
@option("--device", is_flag=True, help="show a code to enter on another device, such as a telephone")
@option("--port", type=WholeNumber(1, 65_535), default=_PORT, help=f"the port of the redirect (default: {_PORT})")
@option("--no-browser", is_flag=True, help="print the address, and open no browser")
@option("--store", type=click.Choice(["keyring", "file"]), help="where to store the token (default: a usable keyring)")
@option("--oauth-url", metavar="URL", help="another OAuth server, such as that of an emulator")
@client_options.add_connection
def login(profile: str | None, **options: Any) -> None:
    """Sign in for a profile, and store its token where only you can read it.

    The tokens of an earlier sign-in are replaced when the new ones are there. A call of clients.get, which costs 10
    units, then shows whose token it is.
    """
    from yadirect_soap.auth import token_stores
    from yadirect_soap.auth.profile_token import only_process

    config, name = auth_state.config_and_profile(profile)
    token_file = auth_state.file_in_use(config, name)
    earlier = token_stores.find(config, name)
    available = token_stores.stores(config)
    store_name = options["store"] or next(iter(available))
    if store_name not in available:
        raise ConfigurationError(
            _(
                "--store keyring: there is no usable keyring: {command}, or take --store file",
                command=extras.command("keyring"),
            )
        )
    application = _application(options, earlier[1] if earlier else None)
    sign_in = _by_device(application) if options["device"] else _by_browser(application, options)
    store = available[store_name]
    with only_process(config, name):
        store.save(name, sign_in)
        for other_name, other in available.items():
            if other_name != store_name:
                other.remove(name)
    notices.note(
        _("signed in as profile {name!r}; the token is stored in {place}", name=name, place=store.location(name))
    )
    if token_file is not None:
        notices.note(auth_state.unused_sign_in(config, name))
    if acts_for := _login_of(name, sign_in):
        notices.note(_("the token acts for {login}", login=one_line(acts_for, 80)))
        with only_process(config, name):
            # The token may have been refreshed meanwhile: only the login is new.
            store.save(name, replace(store.load(name) or sign_in, login=acts_for))


def _application(options: dict[str, Any], earlier: "SignIn | None") -> "Application":
    """Returns the application that the options name, else that of the earlier sign-in."""
    from yadirect_soap.auth.oauth import Application
    from yadirect_soap.auth.private_files import read_token, require_private
    from yadirect_soap.auth.sign_in import ADDRESS

    client_id = options["client_id"] or (earlier.client_id if earlier else "")
    if not client_id:
        raise ConfigurationError(
            _(
                "no application: register one at https://oauth.yandex.ru with the right direct:api, and name its id "
                "by --client-id or YADIRECT_OAUTH_CLIENT_ID"
            )
        )
    is_same = earlier is not None and earlier.client_id == client_id
    secret = os.environ.get("YADIRECT_OAUTH_CLIENT_SECRET") or (earlier.client_secret if earlier and is_same else "")
    if options["client_secret_file"]:
        file = Path(options["client_secret_file"])
        require_private(file)
        secret = read_token(file)
    address = options["oauth_url"] or (earlier.address if earlier and is_same else ADDRESS)
    _check_address(address)
    settings = client_options.given_settings(options)
    connection = {key: settings[key] for key in ("proxies", "verify", "cert") if settings.get(key) is not None}
    return Application(client_id, secret, address=address.rstrip("/"), connection=connection)


def _check_address(address: str) -> None:
    """Refuses an address without TLS, except on loopback: it would receive the secret in clear text."""
    from yadirect_soap.protocol.hosts import is_loopback

    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        return
    raise ConfigurationError(
        _("--oauth-url: found {address}, expected https://, or http:// on loopback", address=one_line(address, 80))
    )


def _by_browser(application: "Application", options: dict[str, Any]) -> "SignIn":
    from yadirect_soap.auth.callback import CallbackServer

    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    with CallbackServer(options["port"], state) as server:
        address = application.authorization_address(redirect_uri=server.redirect_uri, state=state, verifier=verifier)
        if options["no_browser"] or not _open_browser(address):
            _instruct(_("Open this address in a browser on this machine (on another one: --device):"), address)
        else:
            _instruct(_("Waiting for the sign-in in the browser. If it shows nothing, open"), address)
        code = server.wait(_SIGN_IN_TIMEOUT)
    return application.exchange(code, redirect_uri=server.redirect_uri, verifier=verifier)


def _open_browser(address: str) -> bool:
    """Opens a browser; returns whether that worked."""
    import webbrowser

    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False


def _by_device(application: "Application") -> "SignIn":
    codes = application.device_code()
    minutes = codes.expires_in / 60
    place = one_line(codes.verification_url, 200)
    _instruct(
        _(
            "Open {place} on any device and enter {code} within {minutes:.0f} minutes.",
            place=place,
            code=one_line(codes.user_code, 40),
            minutes=minutes,
        )
    )
    return application.wait_for_user(codes)


def _instruct(*lines: str) -> None:
    """Prints what the user must do now, also with --quiet."""
    print(*map(spoken, lines), sep="\n", file=sys.stderr, flush=True)


def _login_of(profile: str, sign_in: "SignIn") -> str:
    """Asks the API for the login of the token; prints a note and returns "" if the API refuses.

    The call goes to the address that later commands of the profile use.
    """
    from yadirect_soap import Direct

    settings: dict[str, Any] = {"token": sign_in.access_token, "client_login": None, "retry": None}
    try:
        with Direct.from_env(profile=profile, **settings) as direct:
            page: Any = direct.call("clients", "get", {"FieldNames": ["Login"]})
    except DirectError as error:
        notices.note(
            _("the token does not work with the API yet: {error}; `yadirect-soap doctor` tells more", error=error)
        )
        return ""
    return str(page[0]["Login"]) if page else ""
