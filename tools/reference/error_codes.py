"""The page of the API's error codes: what each means for the caller, in English and in Russian."""

import tomllib
from collections.abc import Iterator
from importlib import resources

from yadirect_soap.errors import ApiError, api_error


def page() -> str:
    """The whole page, in Markdown."""
    return "\n".join(
        [
            "# Error codes",
            "",
            "What to do about each code of the API. In Python this text is `error.advice` and `notification.advice`.",
            "The last column says if the code means that nothing of the request was carried out.",
            "",
            "| code | class | what to do | что делать | refused |",
            "| --- | --- | --- | --- | --- |",
            *_rows(),
            "",
        ]
    )


def _rows() -> Iterator[str]:
    file = resources.files("yadirect_soap.protocol").joinpath("advice.toml")
    texts = tomllib.loads(file.read_text(encoding="utf-8"))["advice"]
    for code in sorted(map(int, texts)):
        error = api_error(code, "")
        kind = type(error).__name__ if type(error) is not ApiError else ""
        row_text = texts[str(code)]
        cells = (
            str(code),
            f"`{kind}`" if kind else "",
            row_text["en"],
            row_text["ru"],
            "yes" if error.refused else "no",
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
