"""The destinations of a sync, one module each; a module is imported only when it is used."""
