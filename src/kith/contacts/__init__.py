"""People, companies and how to reach them."""
