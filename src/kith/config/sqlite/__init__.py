"""Django's SQLite backend, with turns at writing (`kith.core.turns`)."""
