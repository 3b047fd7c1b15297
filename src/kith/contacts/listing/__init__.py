"""The query behind the list of contacts: what its URL says, in what order, one page of it."""
