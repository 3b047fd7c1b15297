"""What every slice stands on: errors, the clock, declarations, the registry. No Django app."""
