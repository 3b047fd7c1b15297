"""Fields that an administrator makes, and what they say of the built-in ones."""
