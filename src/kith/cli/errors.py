"""How a command says that it was used wrongly or could not do its work."""


class WrongUse(Exception):
    """The command line does not make sense; exit code 2."""


class Failed(Exception):
    """The work could not be done; exit code 1."""
