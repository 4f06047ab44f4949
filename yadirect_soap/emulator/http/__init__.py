"""HTTP in front of the emulator: a server on a socket, WSGI, an adapter for requests, routes and delivery."""
