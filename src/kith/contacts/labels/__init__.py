"""Labels and envelopes: on what, for whom, and where on the sheet."""
