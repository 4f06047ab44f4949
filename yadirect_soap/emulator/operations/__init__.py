"""What answers an operation: generic CRUD, the rules of each service, and operations that are no CRUD."""
