"""The client: Direct and what it needs to call the API; never imports the emulator."""
