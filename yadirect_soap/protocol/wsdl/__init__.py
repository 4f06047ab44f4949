"""The service descriptions (wsdl/): read for the contract, and kept in one canonical form."""
