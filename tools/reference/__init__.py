"""The reference pages of the documentation, one for each operation, made of the contract and the facts.

`make docs` writes them into docs/reference/, the same bytes each time, and builds the site; they are not kept in
version control, and this is no part of the installed package.
"""
