"""Sign-in, profile, administration."""
