"""The contract as JSON, which the package loads in place of the WSDLs: written from wsdl/."""

from yadirect_soap.protocol.contract import bundled_directory
from yadirect_soap.protocol.contract_cache import BUNDLED, compile_all


def write() -> None:
    """Compiles the bundled WSDLs into the folder that ships with the package."""
    compile_all(bundled_directory(), BUNDLED)
