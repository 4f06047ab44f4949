"""The end that answers: an emulator of the API with state, for tests and demonstrations; never imports the client.

with Emulator().serve() as address:
    ...  # any client of the API, asking at `address` with the token demo-token
"""

from .app import Emulator
from .domain.clock import Clock

__all__ = ["Clock", "Emulator"]
