"""What changed, by whom, through which door."""
