"""How a reader says no. The child sends it to the parent as a code, a reason and its numbers."""


class Refusal(Exception):
    """The file can't be read.

    `code` is the kind of trouble that callers may act on, `reason` picks the sentence that
    people read, `params` fill it. Only code 'damaged' makes the parent try a second reader.
    """

    def __init__(self, code: str, reason: str = "", /, **params: str | int) -> None:
        super().__init__(code, reason, params)
        self.code = code
        self.reason = reason or code
        self.params = params
