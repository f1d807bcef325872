"""The quoting composer: one module for each kind of finding."""
