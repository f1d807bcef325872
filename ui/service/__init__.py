"""What stands before every door: who is answered, how much, and what is said when it fails."""
