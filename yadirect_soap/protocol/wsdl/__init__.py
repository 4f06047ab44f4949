"""The service descriptions (WSDLs): reads them for the contract, and writes them in one canonical form."""
