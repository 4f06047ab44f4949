"""Files that users write, in JSON, YAML or TOML: reads them and builds records from them."""
