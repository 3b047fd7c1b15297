"""Background jobs with progress."""
