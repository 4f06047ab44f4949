"""The grants of the OAuth server: authorization codes, device codes, tokens; stored in the store's notes.

https://yandex.ru/dev/id/doc/en/codes/code-url and the pages beside it.  A code works once; a refresh token too, and
then a new one takes its place.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from ..domain.accounts import Accounts
from ..domain.clock import Clock
from ..storage.store import Store

LIFETIME = 31_536_000
"""Lifetime of a token in seconds: a year, as that of Yandex's tokens with the right direct:api."""
CODE_LIFETIME = 600
INTERVAL = 5
"""Seconds between two polls of a device."""

_NOTE = "oauth"


class OAuthFault(Exception):
    """An error of OAuth, with its code and its description."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(description)
        self.code = code


class Grants:
    """Issues and redeems codes and tokens.  Safe to share among threads."""

    def __init__(self, store: Store, accounts: Accounts, clock: Clock) -> None:
        self._store, self._accounts, self._clock = store, accounts, clock

    def new_code(self, login: str, application: Mapping[str, str]) -> str:
        """Returns an authorization code for a login that allowed access.

        `application` has client_id, redirect_uri, device_id, code_challenge and code_challenge_method, "" for what the
        request did not have.
        """
        return self._new_credential("code", {"login": login, "expires": self._clock() + CODE_LIFETIME, **application})

    def new_device(self, client_id: str, device_id: str) -> tuple[str, str]:
        """Returns a device code and the code that the user enters."""
        user_code = f"{self._store.next_id('oauth user code', 10_000_001):08d}"
        device = {"client_id": client_id, "device_id": device_id, "user_code": user_code, "login": "", "polled": 0.0}
        return self._new_credential("device", {**device, "expires": self._clock() + CODE_LIFETIME}), user_code

    def allow_device(self, user_code: str, login: str | None) -> None:
        """Allows the access of the device that shows a code, or denies it without a login; KeyError if none does."""
        with self._store.transaction():
            notes, now = self._notes(), self._clock()
            for key, grant in notes.items():
                if grant.get("user_code") == user_code and grant["expires"] > now:
                    changed = {**grant, "login": login or "", "denied": login is None}
                    self._store.set_note(_NOTE, {**notes, key: changed})
                    return
        raise KeyError(user_code)

    def redeem_code(
        self, code: str, client_id: str, *, redirect_uri: str, verifier: str, has_secret: bool
    ) -> dict[str, Any]:
        """Exchanges an authorization code for tokens."""
        with self._store.transaction():
            grant = self._redeem("code", code, client_id)
            if grant is None or grant["expires"] <= self._clock():
                raise OAuthFault("invalid_grant", "Code has expired")
            if redirect_uri and redirect_uri != grant["redirect_uri"]:
                raise OAuthFault("invalid_grant", "redirect_uri does not match")
            if grant["code_challenge"]:
                if _challenge(verifier, grant["code_challenge_method"]) != grant["code_challenge"]:
                    raise OAuthFault("invalid_grant", "code_verifier not matched")
            elif not has_secret:
                raise OAuthFault("invalid_client", "client_secret is required without code_verifier")
            return self._tokens(grant)

    def poll_device(self, code: str, client_id: str) -> dict[str, Any]:
        """Exchanges a device code for tokens once the user has entered its code."""
        with self._store.transaction():
            notes, key = self._notes(), _key("device", code)
            grant = notes.get(key)
            now = self._clock()
            if grant is None or grant["client_id"] != client_id:
                raise OAuthFault("invalid_grant", "Unknown code")
            if grant["expires"] <= now:
                raise OAuthFault("expired_token", "Code has expired")
            if grant.get("denied"):
                raise OAuthFault("access_denied", "User denied access")
            if grant["login"]:
                self._redeem("device", code, client_id)
                return self._tokens(grant)
            self._store.set_note(_NOTE, {**notes, key: {**grant, "polled": now}})
            is_early = now - float(grant["polled"]) < INTERVAL
        if is_early:
            raise OAuthFault("slow_down", f"Poll every {INTERVAL} seconds")
        raise OAuthFault("authorization_pending", "User has not yet authorized your application")

    def refresh(self, token: str, client_id: str) -> dict[str, Any]:
        """Exchanges a refresh token for new tokens; the old access token stays valid until it expires."""
        with self._store.transaction():
            grant = self._redeem("refresh", token, client_id)
            if grant is None:
                raise OAuthFault("invalid_grant", "expired_token")
            return self._tokens(grant)

    def revoke(self, token: str, client_id: str) -> None:
        """Revokes an access token that was issued for a device, and its refresh token."""
        with self._store.transaction():
            notes = self._notes()
            grant = notes.get(_key("access", token))
            if grant is None or grant["client_id"] != client_id:
                raise OAuthFault("invalid_grant", "Token was not issued to this application")
            if not grant["device_id"]:
                raise OAuthFault("unsupported_token_type", "Token was issued without device_id")
            self._accounts.revoke(token)
            self._store.set_note(
                _NOTE, {key: other for key, other in notes.items() if other.get("access") != _key("access", token)}
            )

    def _tokens(self, grant: Mapping[str, Any]) -> dict[str, Any]:
        """New tokens for the login of a grant, as the server answers with them."""
        members = {name: grant[name] for name in ("login", "client_id", "device_id")}
        access = self._next_text("access")
        key = _key("access", access)
        refresh = self._new_credential("refresh", {**members, "access": key})
        self._accounts.grant(grant["login"], access, expires_at=self._clock() + LIFETIME)
        self._store.set_note(_NOTE, {**self._notes(), key: {**members, "access": key}})
        return {"token_type": "bearer", "access_token": access, "expires_in": LIFETIME, "refresh_token": refresh}

    def _redeem(self, kind: str, text: str, client_id: str) -> dict[str, Any] | None:
        """Returns the grant of a code, which is removed: it works once."""
        notes, key = self._notes(), _key(kind, text)
        grant: dict[str, Any] | None = notes.get(key)
        if grant is None or grant["client_id"] != client_id:
            return None
        del notes[key]
        self._store.set_note(_NOTE, notes)
        return grant

    def _new_credential(self, kind: str, grant: Mapping[str, Any]) -> str:
        """Returns a new code or token, under which a grant is stored."""
        with self._store.transaction():
            text = self._next_text(kind)
            self._store.set_note(_NOTE, {**self._notes(), _key(kind, text): dict(grant)})
        return text

    def _next_text(self, kind: str) -> str:
        """Returns a new code or token: equal emulators issue equal ones, and nobody's account is behind them."""
        number = self._store.next_id("oauth", 1)
        digest = hashlib.sha256(f"{kind} {number}".encode()).hexdigest()
        return digest[:16] if kind == "code" else f"emulated-{kind}-{digest[:40]}"

    def _notes(self) -> dict[str, Any]:
        return dict(self._store.note(_NOTE) or {})


def _key(kind: str, text: str) -> str:
    """Returns the key under which a code is stored: its digest, so that a database file discloses none."""
    return f"{kind} {hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _challenge(verifier: str, method: str) -> str:
    """Returns the challenge of a verifier; RFC 7636, section 4.2."""
    if method == "plain":
        return verifier
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
