"""The emulator's own addresses under /_emulator/, which it serves only on request.

Programs in any language inject faults, move the clock, create accounts and read calls there, as JSON; /_emulator/admin
shows all of it in a browser.
"""

from .router import PREFIX, AdminRouter

__all__ = ["PREFIX", "AdminRouter"]
