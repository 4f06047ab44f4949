"""What to do about an error of the API, by its code, in English and Russian; the texts are in advice.toml."""

from collections.abc import Mapping
from functools import cache
from importlib import resources


def advice(code: int, language: str = "en") -> str:
    """What to do about an error or a warning; "" for a code that is not known.

    Args:
        code: the API's code, such as 8800.
        language: "ru" for Russian, everything else is English.
    """
    return _texts().get(code, {}).get("ru" if language == "ru" else "en", "")


@cache
def _texts() -> Mapping[int, Mapping[str, str]]:
    import tomllib  # noqa: PLC0415  only an error needs it

    file = resources.files("yadirect_soap.protocol").joinpath("advice.toml")
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["advice"]
    return {int(code): texts for code, texts in rows.items()}
