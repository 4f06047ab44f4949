"""What both ends agree on: the contract, the messages and the wires.  Pure: no network, no clock, no state."""
