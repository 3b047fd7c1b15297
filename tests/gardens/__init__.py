"""A second, tiny record type: it proves that the mechanisms know nothing of contacts."""
