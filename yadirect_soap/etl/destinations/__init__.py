"""The places that a sync can end in, a module each; none is imported before it is named."""
