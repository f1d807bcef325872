"""What the kinds of things that people ask for are called, for whoever counts them."""

from prompts import label, label_keys


def name_ask(value: str, language: str) -> str:
    """`value` is a key of kinds.toml; one of an older release is shown as it is."""
    return label("kinds", value, language) if value in label_keys("kinds") else value
