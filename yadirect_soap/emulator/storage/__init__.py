"""Where the emulator keeps objects: SQLite, ranges of rows, rows that are computed from their number, private files."""
