"""The search index and its query language."""
