"""The door for other sites: the widget's script, the page it shows in a frame, who may show it, and a sample host page."""
