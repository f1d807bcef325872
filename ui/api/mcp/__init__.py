"""The same answers as tools for agents, by the Model Context Protocol."""
