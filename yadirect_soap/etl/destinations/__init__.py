"""The destinations of a sync; each module is imported only when it is used."""
