"""What may answer a clause: its items, how well each fits, and whether what is wanted is printed."""
