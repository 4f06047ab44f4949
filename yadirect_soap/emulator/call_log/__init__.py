"""The last calls that the emulator answered, for assertions and for its pages."""
