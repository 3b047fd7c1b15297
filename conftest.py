"""The fixtures that the tests beside the code and those in tests/ share."""

pytest_plugins = ["tests.people"]
