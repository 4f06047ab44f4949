"""Code made from the contract: the types of every service, and the services as a type checker sees them.

`make generate` writes it after a change of wsdl/ or facts.toml, the same bytes each time.  It is no part of the
installed package: what is written is.
"""
