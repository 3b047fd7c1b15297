"""Users, roles and permission names."""
