"""People and companies that do not exist, some of them trying."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Someone:
    id: int
    name: str
    kind: str = "person"
    what: str = ""
    phone: str = ""
    email: str = ""
    city: str = ""
    stars: int = 0
    mood: str = ""
    tags: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return "/gallery/card/"


LONG = (
    "Shree Vasupujya Swami Exports, Imports, Logistics and General Trading Company Private Limited"
)
THIRTY = [f"tag number {n}" for n in range(1, 31)]
TINTS = ("", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "grey")
TINTED = [(name, TINTS[at % len(TINTS)]) for at, name in enumerate(THIRTY)]
ROWS = [
    ("Anjali Smithson", "person", "Export manager, Horus Tech Solutions", "+91 93270 58088", "anjali@horustech.in", "Ahmedabad", 5, "red", ["key", "export"]),
    ("Bhatnagar & Sons", "company", "", "+91 79 2686 2513", "office@bhatnagar.co.in", "Pune", 3, "orange", ["vendor"]),
    ("Chloé Smyth", "person", "Buyer, Nordvik Møbler AS", "+47 992 45 110", "chloe.smyth@nordvik.no", "Tromsø", 4, "orange", ["furniture"]),
    ("Đặng Thị Hoa", "person", "Accountant, Saigon Ceramics", "+84 91 234 56 78", "hoa.dang@saigonceramics.vn", "Đà Nẵng", 2, "blue", []),
    ("Edward Goldsmith", "person", "Director, Goldsmith Interiors Ltd", "+44 7700 900 412", "ed@goldsmith-interiors.co.uk", "Leeds", 5, "red", ["vip", "key"]),
    (LONG, "company", "", "+91 22 4015 9000", "a.very.long.address.indeed.for.a.company@faithful-logistics-and-trading.example", "Thiruvananthapuram", 1, "blue", THIRTY),
    ("Gaurav Keith", "person", "Plant head, Vasupujya Traders", "+91 98250 11243", "gaurav.k@vasupujya.in", "Rajkot", 3, "orange", ["key"]),
    ("Hanna Liepiņa", "person", "Owner, Liepa Design", "+371 26 123 456", "hanna@liepa.lv", "Rīga", 4, "red", []),
    ("محمد بن عبد الله الأنصاري", "person", "مدير المبيعات، شركة الخليج", "+971 50 123 4567", "m.ansari@khaleej.example", "دبي", 4, "red", ["مهم"]),
    ("דנה כהן־לוי", "person", "מנהלת רכש", "+972 52 123 4567", "dana@example.co.il", "תל אביב", 2, "orange", []),
    ("王小明", "person", "采购经理, 上海光明贸易", "+86 138 1234 5678", "wang@guangming.example", "上海", 3, "blue", []),
    ("Ishita Sawith", "person", "Purchase officer, Horus Tech Solutions", "+91 90990 44821", "ishita@horustech.in", "Ahmedabad", 2, "orange", []),
    ("Judith Øvrebø", "person", "Nordvik Møbler AS", "+47 411 90 233", "judith@nordvik.no", "Ålesund", 0, "blue", ["newsletter"]),
    ("Keith & Kin Catering", "company", "", "+44 113 496 0999", "hello@keithandkin.example", "Leeds", 3, "orange", ["vendor"]),
    ("Lalith Perera", "person", "Consultant", "+94 77 123 4567", "lalith@perera.lk", "Colombo", 1, "blue", []),
    ("o'Neil", "person", "", "", "", "", 0, "", []),
]  # fmt: skip
PEOPLE = [Someone(n, *row) for n, row in enumerate(ROWS, 1)]
