"""Numbers: those that are claimed or told against those that are printed."""
