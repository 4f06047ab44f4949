"""Files that a user wrote, in JSON, YAML or TOML: read, and held to what a record takes."""
