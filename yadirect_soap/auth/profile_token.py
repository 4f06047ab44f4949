"""The token of a profile that is signed in: a function that refreshes it in time, once for all processes."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from yadirect_soap import extras
from yadirect_soap.errors import ConfigurationError, NotSentError
from yadirect_soap.forks import ForkLock
from yadirect_soap.language import _

from . import locations, token_stores
from .oauth import Application, SignInRefused
from .sign_in import SignIn

_MARGIN = 300
"""Seconds before its end at which a token is refreshed, so that it does not expire on the way."""
_LONGEST_REFRESH = 120
"""Seconds to wait for another process that refreshes the token."""
_LEAST_AGE = 300
"""Seconds in which a token that the API refuses is not refreshed again: a newer one would not help."""


class ProfileToken:
    """Returns the current token of a profile each time that it is called.  Threads may share it.

    Args:
        config: the configuration, beside which the tokens are.
        profile: the profile.
        connection: how the OAuth server is reached: proxies, verify and cert of a requests.Session.
        now: returns seconds since the epoch.
    """

    def __init__(
        self,
        config: Path,
        profile: str,
        *,
        connection: Mapping[str, Any] | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._config = config
        self._profile = profile
        self._connection = connection or {}
        self._now = now
        self._lock = ForkLock()
        self._sign_in: SignIn | None = None
        self._refreshed_at: float | None = None

    def __call__(self) -> str:
        """Returns the token.

        Raises:
            ConfigurationError: nobody is signed in, or the token has expired and the server does not refresh it.
            NotSentError: the token has expired and the OAuth server gave no response.
        """
        with self._lock:
            if self._sign_in is None or not self._sign_in.is_valid(self._now(), margin=_MARGIN):
                self._sign_in = self._current()
            return self._sign_in.access_token

    def refresh(self) -> SignIn:
        """Refreshes the token now, whenever it expires; errors are those of a call."""
        with only_process(self._config, self._profile):
            return self._refreshed(*self._stored())

    def refresh_refused(self, token: str) -> bool:
        """Replaces a token that the API refused before its end, as one that was revoked; errors are those of a call.

        Args:
            token: the token that was refused; another thread or process may have replaced it already.

        Returns:
            Whether there is another token now; False if this one was refreshed a moment ago, so that another is refused
            too.
        """
        with self._lock:
            if self._refreshed_at is not None and self._now() - self._refreshed_at < _LEAST_AGE:
                return self._sign_in is not None and self._sign_in.access_token != token
            with only_process(self._config, self._profile):
                store, sign_in = self._stored()
                if sign_in.access_token == token:
                    sign_in = self._refreshed(store, sign_in)
            self._sign_in, self._refreshed_at = sign_in, self._now()
            return True

    def _current(self) -> SignIn:
        _store, sign_in = self._stored()
        if sign_in.is_valid(self._now(), margin=_MARGIN):
            return sign_in
        if not sign_in.refresh_token and sign_in.is_valid(self._now()):
            return sign_in
        with only_process(self._config, self._profile):
            # Another process may have refreshed it while this one waited.
            store, sign_in = self._stored()
            if sign_in.is_valid(self._now(), margin=_MARGIN):
                return sign_in
            try:
                return self._refreshed(store, sign_in)
            except NotSentError:
                if sign_in.is_valid(self._now()):
                    return sign_in
                raise

    def _stored(self) -> tuple[token_stores.TokenStore, SignIn]:
        stored = token_stores.find(self._config, self._profile)
        if stored is None:
            raise ConfigurationError(
                _(
                    "profile {profile!r} is not signed in; run `yadirect-soap auth login --profile {profile}`",
                    profile=self._profile,
                )
            )
        return stored

    def _refreshed(self, store: token_stores.TokenStore, sign_in: SignIn) -> SignIn:
        if not sign_in.refresh_token:
            end = "" if sign_in.expires_at is None else _(" expires at {moment} and", moment=moment(sign_in.expires_at))
            raise ConfigurationError(
                _(
                    "the token of profile {profile!r}{end} cannot be refreshed: the server gave no refresh "
                    "token; run `yadirect-soap auth login --profile {profile}`",
                    profile=self._profile,
                    end=end,
                )
            )
        application = Application(
            sign_in.client_id,
            sign_in.client_secret,
            address=sign_in.address,
            connection=self._connection,
            now=self._now,
        )
        try:
            new = application.refresh(sign_in)
        except SignInRefused as refused:
            raise SignInRefused(
                _(
                    "the token of profile {profile!r} cannot be refreshed: {error}; run `yadirect-soap auth login "
                    "--profile {profile}`",
                    profile=self._profile,
                    error=refused.args[0],
                ),
                refused.code,
            ) from None
        try:
            store.save(self._profile, new)
        except ConfigurationError:
            # The old refresh token is used up: a keyring that was locked meanwhile must not lose the new one.
            token_stores.FileStore(locations.token_folder(self._config)).save(self._profile, new)
        return new


def moment(seconds: float) -> str:
    """Returns a moment in UTC, to the second, for a message."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


@contextmanager
def only_process(config: Path, profile: str) -> Iterator[None]:
    """Holds the lock of a profile while its sign-in is replaced: two processes would lose a refresh token.

    Raises:
        ConfigurationError: filelock is not installed, or another process holds the lock for too long.
    """
    with extras.needed(_("refreshing a token"), "auth"):
        import filelock  # noqa: PLC0415  an extra
    folder = locations.token_folder(config)
    token_stores.make_private_folder(folder)
    try:
        with filelock.FileLock(folder / f"{profile}.lock", timeout=_LONGEST_REFRESH):
            yield
    except filelock.Timeout:
        raise ConfigurationError(
            _(
                "another process has held {folder}.lock for {seconds} seconds",
                folder=folder / profile,
                seconds=_LONGEST_REFRESH,
            )
        ) from None
