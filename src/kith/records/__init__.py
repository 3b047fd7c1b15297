"""The write door."""
