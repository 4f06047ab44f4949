"""`python -m yadirect_soap.protocol.compiled`: compiles the bundled descriptions anew, after a change of wsdl/."""

from ..contract import bundled_directory
from . import BUNDLED, compile_all

compile_all(bundled_directory(), BUNDLED)
