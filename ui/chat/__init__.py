"""The chat page, which gradio serves."""
