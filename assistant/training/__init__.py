"""Trains the models that answers are made with; nothing here runs when a question is answered."""
