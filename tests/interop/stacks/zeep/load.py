"""Prints how many of the WSDLs in the arguments have operations for zeep."""

import sys

import zeep

print(sum(bool(zeep.Client(address).service._operations) for address in sys.argv[1:]))
