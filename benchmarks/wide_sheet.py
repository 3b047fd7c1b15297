"""The template of the guide as a sheet: 60 columns, of which nearly all rows fill 47."""

from collections.abc import Iterator

from benchmarks import sheets
from benchmarks.kill_sheets import pan

MORE = (
    "Alias names",
    "Mobile Number1",
    "Office Phone1",
    "Other Number",
    "Address 2",
    "Reference",
    "Annual Revenue",
    "Skype ID",
    "PAN Number",
    "VAT Number",
    "CST Number",
    "ST Number",
    "TAN Number",
    "Anniversary Date",
    "Class Name",
    "Class Code",
    "GST Register Type",
    "Gender",
    "Business Contact Type",
    "Currency",
    "Facebook",
    "LinkedIn",
    "Instagram",
    "YouTube",
    "Twitter",
    "Default price list",
    "Concerned Person",
    "Credit Limit",
    "Credit Days",
    "Bank Name",
    "Language",
    # Nearly always empty in a sheet of people.
    "Division",
    "Privacy",
    "Relation",
    "Relation To",
    "GST Number",
    "Adhar Number",
    "GST Member Type",
    "Date Of Death",
    "Transporter ID",
)
HEADINGS = (*sheets.HEADINGS, *MORE)


def rows(count: int) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(sheets.rows(count)):
        indian = row[12] == "India"
        name = row[1].split()[1].lower()
        yield (
            *row,
            f"Nick {number}" if number % 3 == 0 else "",
            f"82{20_000_000 + number}" if indian else "",
            f"079{36_000_000 + number}" if indian else "",
            f"83{20_000_000 + number}" if indian else "",
            f"Opposite gate {number % 90}",
            ("Exhibition", "Website", "Newspaper")[number % 3],
            str(100_000 + number % 5000 * 100),
            f"live:{name}",
            pan(number) if indian else "",
            f"VAT{number:09d}",
            f"CST{number:09d}",
            f"ST{number:09d}",
            "",
            f"2005-0{1 + number % 9}-2{number % 9}",
            ("Gold", "Silver", "Bronze")[number % 3],
            f"CL{number % 40:03d}",
            str(1 + number % 4),
            str(1 + number % 2),
            str(1 + number % 2),
            "INR" if indian else "GBP",
            *(f"https://www.{site}.com/{name}" for site in ("facebook", "linkedin", "instagram")),
            f"https://www.youtube.com/@{name}",
            f"https://x.com/{name}",
            ("Retail", "Bulk Buyer Price")[number % 2],
            f"Mr. {name.title()}",
            str(10_000 + number % 90 * 1000),
            str(30 + number % 3 * 15),
            ("State Bank of India", "HDFC Bank", "ICICI Bank")[number % 3],
            "English",
            *("",) * 9,
        )
