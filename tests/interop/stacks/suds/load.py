"""Prints how many of the WSDLs in the arguments have operations for suds."""

import sys
from pathlib import Path

import suds.client

addresses = [Path(name).as_uri() if name.startswith("/") else name for name in sys.argv[1:]]
clients = [suds.client.Client(address, cache=None) for address in addresses]
print(sum(bool(client.wsdl.services[0].ports[0].methods) for client in clients))
