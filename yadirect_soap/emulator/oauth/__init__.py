"""An OAuth server for the emulated API: its tokens act for the emulator's accounts."""

from .endpoints import Endpoints as Endpoints
