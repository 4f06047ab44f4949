"""The service descriptions (WSDLs): reads them for the contract, and keeps them in one canonical form."""
