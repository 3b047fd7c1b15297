"""What everything stands on: errors, clock, field declarations. No Django app."""
