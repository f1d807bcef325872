"""The server-rendered pages: notices, measures."""
