"""The web service: the HTTP interface, the chat page and the plain page of a notice."""
