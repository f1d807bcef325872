"""The door for programs: questions, notices, state of the service."""
