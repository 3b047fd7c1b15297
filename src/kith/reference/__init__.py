"""Option lists, cities, countries, number series."""
