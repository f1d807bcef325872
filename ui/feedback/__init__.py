"""What visitors say of an answer: taken in, masked, kept for a while."""
