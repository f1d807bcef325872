"""Who asks: the request and its number, the client behind it, the key it shows."""
