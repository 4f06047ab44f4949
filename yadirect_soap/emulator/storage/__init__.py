"""The emulator's storage: SQLite, ranges of rows, rows that are computed from their number, private files."""
