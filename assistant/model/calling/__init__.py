"""The parts of the endpoint: what is exchanged, the wire with its libraries, and what keeps both in bounds."""
