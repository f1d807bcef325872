"""Who am I: the measures that name what a visitor says of themselves."""
