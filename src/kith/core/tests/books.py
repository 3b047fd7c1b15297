"""Reference lists and users for the tests of kinds, without a database."""

from collections.abc import Iterable

from kith.core.kinds import Context
from kith.core.text import fold

OPTIONS = {
    1: ("type", "Customer"), 2: ("type", "Vendor"), 3: ("type", "Both"), 4: ("type", "Other"),
    5: ("tag", "VIP"), 6: ("tag", "Mutual Funds, Other"), 7: ("tag", 'The "best"'),
    8: ("tag", "2024"),
}  # fmt: skip
USERS = {1: ("anjali@example.com", "Anjali Rao", "E01"), 2: ("li@example.com", "Lì Wáng", "E02")}


class Options:
    def find(self, list_name: str, text: str) -> int | None:
        wanted = (list_name, fold(text))
        return next((i for i, (n, label) in OPTIONS.items() if (n, fold(label)) == wanted), None)

    def label(self, option_id: int) -> str:
        return OPTIONS[option_id][1]

    def labels(self, list_name: str) -> Iterable[str]:
        return [label for name, label in OPTIONS.values() if name == list_name]

    def forget(self) -> None:
        """Nothing is kept."""


class Users:
    def find(self, text: str) -> int | None:
        return next((i for i, names in USERS.items() if fold(text) in map(fold, names)), None)

    def label(self, user_id: int) -> str:
        return USERS[user_id][1]


def india(**given: str) -> Context:
    return Context(default_country="IN", options=Options(), users=Users(), **given)
