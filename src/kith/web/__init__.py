"""Page shell and the kit of page parts."""
