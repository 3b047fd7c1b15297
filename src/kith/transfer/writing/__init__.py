"""Tables as files, written row by row as they come."""
