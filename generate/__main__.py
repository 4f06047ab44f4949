"""`python -m generate`: compiles the bundled descriptions and writes the types anew."""

from pathlib import Path

from yadirect_soap.protocol.compiled import BUNDLED, compile_all
from yadirect_soap.protocol.contract import Contract, bundled_directory
from yadirect_soap.protocol.facts import bundled as bundled_facts

from .files import texts, write


def main() -> None:
    """Writes everything that is generated into the checkout that this module stands in."""
    compile_all(bundled_directory(), BUNDLED)
    write(texts(Contract(bundled_directory()), bundled_facts()), Path(__file__).resolve().parents[1])


main()
