"""Splits texts at commas, as options have them."""

from typing import overload


@overload
def split_at_commas(text: str) -> list[str]: ...
@overload
def split_at_commas(text: str | None) -> list[str] | None: ...
def split_at_commas(text: str | None) -> list[str] | None:
    """Returns the parts of an option's text without blanks around them; None for an option that was not given."""
    return None if text is None else [part.strip() for part in text.split(",") if part.strip()]
