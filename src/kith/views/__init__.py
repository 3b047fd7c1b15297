"""Saved views: how a list was filtered, sorted and laid out, kept under a name."""
