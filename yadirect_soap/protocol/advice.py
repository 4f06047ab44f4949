"""Advice on the API's errors, by their codes, in English and Russian; the texts are in advice.toml."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

from yadirect_soap.language import bilingual


def advice(code: int, language: str = "en") -> str:
    """Returns the advice on an error or a warning; "" for an unknown code.

    Args:
        code: the API's code, such as 8800.
        language: "ru" for Russian; anything else is English.

    Returns:
        One sentence, or "".  One in English is Russian on a Russian terminal.
    """
    texts = _texts().get(code)
    if texts is None:
        return ""
    return texts["ru"] if language == "ru" else bilingual(texts["en"], texts["ru"])


@cache
def _texts() -> Mapping[int, Mapping[str, str]]:
    import tomllib  # noqa: PLC0415  only an error needs it

    file = resources.files("yadirect_soap.protocol").joinpath("advice.toml")
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["advice"]
    return {int(code): texts for code, texts in rows.items()}
