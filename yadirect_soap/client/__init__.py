"""The end that asks: Direct and what it needs to ask well; never imports the emulator."""
