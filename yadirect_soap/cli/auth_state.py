"""`yadirect-soap auth status`, `auth refresh` and `auth logout`: show, refresh and revoke the token of a profile."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from yadirect_soap import ConfigurationError, DirectError
from yadirect_soap.auth import locations, token_stores
from yadirect_soap.auth.config_file import TOKEN_FILE, ConfigFile
from yadirect_soap.language import _, spoken

from . import notices, output
from .command_types import command, option

if TYPE_CHECKING:
    from yadirect_soap.auth.sign_in import SignIn
    from yadirect_soap.auth.token_stores import TokenStore

_ACCESS_PAGE = "https://id.yandex.ru/personal/data-access"

profile_option = option(
    "--profile", metavar="NAME", envvar="YADIRECT_PROFILE", help=f"the profile (default: {locations.DEFAULT_PROFILE})"
)


def config_and_profile(profile: str | None) -> tuple[Path, str]:
    """Returns the configuration file and the name of the profile; raises ConfigurationError for a wrong name."""
    return locations.config_file(os.environ), locations.checked_profile(profile or locations.DEFAULT_PROFILE)


def _signed_in(profile: str | None) -> tuple[Path, str, "TokenStore", "SignIn"]:
    config, name = config_and_profile(profile)
    stored = token_stores.find(config, name)
    if stored is None:
        raise ConfigurationError(
            _("profile {name!r} is not signed in; run `yadirect-soap auth login --profile {name}`", name=name)
        )
    return (config, name, *stored)


@command("status")
@profile_option
@option("--output", "format", type=click.Choice(["text", "json"]), default="text", help="default: text")
def status(profile: str | None, format: str) -> None:
    """Show the login of a profile, when its token expires, and where it is stored; never the token.

    If the calls of the profile take the token from its token_file, that file is shown, and the sign-in if there is one.
    """
    config, name = config_and_profile(profile)
    token_file = file_in_use(config, name)
    values: dict[str, Any] = {"profile": name, "token file": None if token_file is None else str(token_file)}
    if token_file is None or token_stores.find(config, name) is not None:
        values |= _sign_in_values(profile)
    if token_file is not None and "login" in values:
        notices.note(unused_sign_in(config, name))
    if format == "json":
        print(output.as_json(values))
        return
    words = {True: _("yes"), False: _("no"), None: _("unknown")}
    names = _names()
    for key, value in values.items():
        if key != "token file" or value is not None:
            print(f"{spoken(names[key]):<12} {value if isinstance(value, str) else spoken(words[value])}")


def file_in_use(config: Path, profile: str) -> Path | None:
    """Returns the file from which a profile takes its token instead of from its sign-in; None if it names none."""
    return ConfigFile.read(config).token_file(profile)


def unused_sign_in(config: Path, profile: str) -> str:
    """Returns a sentence about why the sign-in of a profile is not used."""
    place = ConfigFile.read(config).location(profile, TOKEN_FILE)
    return _(
        "the sign-in of profile {profile!r} is not used: its calls take the token from the file that {place} names",
        profile=profile,
        place=place,
    )


def _names() -> dict[str, str]:
    """Returns the names of values as a terminal shows them."""
    return {
        "profile": _("profile"),
        "token file": _("token file"),
        "login": _("login"),
        "valid": _("valid"),
        "expires": _("expires"),
        "refreshes": _("refreshes"),
        "application": _("application"),
        "server": _("server"),
        "stored in": _("stored in"),
    }


def _sign_in_values(profile: str | None) -> dict[str, Any]:
    from yadirect_soap.auth.profile_token import moment

    _config, name, store, sign_in = _signed_in(profile)
    end = sign_in.expires_at
    return {
        "login": sign_in.login or None,
        "valid": sign_in.is_valid(time.time()),
        "expires": None if end is None else moment(end),
        "refreshes": bool(sign_in.refresh_token),
        "application": sign_in.client_id,
        "server": sign_in.address,
        "stored in": store.location(name),
    }


@command("refresh")
@profile_option
def refresh(profile: str | None) -> None:
    """Refresh the token of a profile now; calls do so by themselves shortly before it expires."""
    from yadirect_soap.auth.profile_token import ProfileToken, moment

    config, name, _store, _sign_in = _signed_in(profile)
    end = ProfileToken(config, name).refresh().expires_at
    notices.note(
        _(
            "profile {name!r}: the token is valid until {moment}",
            name=name,
            moment=_("further notice") if end is None else moment(end),
        )
    )


@command("logout")
@profile_option
def logout(profile: str | None) -> None:
    """Revoke the token of a profile, and remove it from this machine."""
    from yadirect_soap.auth.oauth import Application
    from yadirect_soap.auth.profile_token import only_process

    config, name = config_and_profile(profile)
    try:
        sign_in = _signed_in(profile)[3]
        Application(sign_in.client_id, sign_in.client_secret, address=sign_in.address).revoke(sign_in)
    except DirectError as error:
        notices.note(_("the token was not revoked: {error}; it can be at {page}", error=error, page=_ACCESS_PAGE))
    with only_process(config, name):
        for store in token_stores.stores(config).values():
            store.remove(name)
    notices.note(_("signed out of profile {name!r}", name=name))
