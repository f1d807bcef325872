"""How an answer, its quotations and its sources look, on every page alike."""
