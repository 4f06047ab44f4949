"""What client and emulator agree on: contract, messages and wires.  Pure: no network, no clock, no state."""
