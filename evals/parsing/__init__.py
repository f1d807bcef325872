"""How well notices are read: against hand annotations, and against counts that share no code with the reader."""
