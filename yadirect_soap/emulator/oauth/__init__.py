"""An OAuth server beside the emulated API: its tokens act for the emulator's accounts."""

from .endpoints import Endpoints as Endpoints
