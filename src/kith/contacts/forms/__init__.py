"""Forms made from the fields' declarations."""
