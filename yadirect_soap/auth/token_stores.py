"""Stores sign-ins: in the keyring of the system, or in a file of mode 0600 for each profile."""

from pathlib import Path
from typing import Any, Literal, Protocol

from yadirect_soap import atomic_files
from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _, reason_of
from yadirect_soap.text_files import read_text

from . import locations, private_files
from .sign_in import SignIn

StoreName = Literal["keyring", "file"]

_SERVICE = "yadirect-soap"


class TokenStore(Protocol):
    """The interface of a store for the sign-ins of profiles."""

    def location(self, profile: str) -> str:
        """Returns the place of a profile's sign-in, for a message."""

    def load(self, profile: str) -> SignIn | None:
        """Returns the sign-in of a profile; None if there is none."""

    def save(self, profile: str, sign_in: SignIn) -> None:
        """Stores a sign-in, which replaces the one before."""

    def remove(self, profile: str) -> None:
        """Removes the sign-in of a profile, if there is one."""


class FileStore:
    """Stores each sign-in in a file that only its owner can read, and replaces the file completely."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file(self, profile: str) -> Path:
        """Returns the file of a profile."""
        return self._folder / f"{locations.checked_profile(profile)}.json"

    def location(self, profile: str) -> str:
        """Returns the path of the file."""
        return str(self.file(profile))

    def load(self, profile: str) -> SignIn | None:
        """Returns the sign-in in the file; ConfigurationError if others can read it, or it contains something else."""
        file = self.file(profile)
        private_files.require_private(file)
        if not file.exists():
            return None
        return SignIn.from_json(read_text(file), str(file))

    def save(self, profile: str, sign_in: SignIn) -> None:
        """Writes the file, which has mode 0600 from its first byte on."""
        make_private_folder(self._folder)
        atomic_files.write_bytes(self.file(profile), sign_in.as_json().encode(), mode=0o600)

    def remove(self, profile: str) -> None:
        """Removes the file."""
        self.file(profile).unlink(missing_ok=True)


class KeyringStore:
    """Stores each sign-in as a password in the keyring of the system."""

    def __init__(self, keyring: Any) -> None:
        self._keyring = keyring

    def location(self, profile: str) -> str:
        """Returns the name of the keyring and of the entry in it."""
        return f"{type(self._keyring).__name__} of {type(self._keyring).__module__}, entry {_SERVICE}/{profile}"

    def load(self, profile: str) -> SignIn | None:
        """Returns the sign-in in the keyring; ConfigurationError if it is locked, or holds something else."""
        text = self._run(profile, _("read"), lambda: self._keyring.get_password(_SERVICE, profile))
        return None if text is None else SignIn.from_json(text, self.location(profile))

    def save(self, profile: str, sign_in: SignIn) -> None:
        """Writes the entry; ConfigurationError if the keyring is locked."""
        self._run(profile, _("written"), lambda: self._keyring.set_password(_SERVICE, profile, sign_in.as_json()))

    def remove(self, profile: str) -> None:
        """Removes the entry."""
        if self._run(profile, _("read"), lambda: self._keyring.get_password(_SERVICE, profile)) is not None:
            self._run(profile, _("written"), lambda: self._keyring.delete_password(_SERVICE, profile))

    def _run(self, profile: str, verb: str, action: Any) -> Any:
        from keyring.errors import KeyringError  # noqa: PLC0415  an extra

        try:
            return action()
        except KeyringError as error:
            # Its text may hold what was to be written: only the kind is told.
            raise ConfigurationError(
                _(
                    "{place} cannot be {verb} ({kind}): unlock the keyring, or sign in with `--store file`",
                    place=self.location(profile),
                    verb=verb,
                    kind=type(error).__name__,
                )
            ) from None


def stores(config: Path) -> dict[StoreName, TokenStore]:
    """Returns the stores that can be used, the preferred one first.

    Args:
        config: the configuration, beside which the files are.

    Returns:
        The keyring, where keyring is installed and has a place for passwords, and the files.
    """
    files: dict[StoreName, TokenStore] = {"file": FileStore(locations.token_folder(config))}
    try:
        import keyring  # noqa: PLC0415  an extra
    except ImportError:
        return files
    backend = keyring.get_keyring()
    # A backend whose priority is below 1 keeps nothing, or keeps it unprotected.
    return {"keyring": KeyringStore(backend), **files} if backend.priority >= 1 else files


def find(config: Path, profile: str) -> tuple[TokenStore, SignIn] | None:
    """Returns the store with the sign-in of a profile, and the sign-in; the file is first, as it is never locked.

    Raises:
        ConfigurationError: a file is readable to others, or a keyring is locked.
    """
    for store in reversed(stores(config).values()):
        if (sign_in := store.load(profile)) is not None:
            return store, sign_in
    return None


def make_private_folder(folder: Path) -> None:
    """Makes a folder that only its owner can enter; ConfigurationError if it cannot be made."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            _("{folder} cannot be made: {reason}", folder=folder, reason=reason_of(error))
        ) from None
