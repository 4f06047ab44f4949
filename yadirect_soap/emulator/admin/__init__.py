"""The emulator's own addresses, beside the API's: everything under /_emulator/, and only where it was asked for.

Programs in any language inject faults, move the clock, make accounts and look at calls there, as JSON; people look at
all of it in a browser, at /_emulator/admin.
"""

from .router import PREFIX, AdminRouter

__all__ = ["PREFIX", "AdminRouter"]
