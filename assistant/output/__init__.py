"""How an answer reaches people and programs: as JSON, in a terminal, and while it is made."""
