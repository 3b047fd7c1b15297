"""Makes the values of demo contacts, in batches for the write door.

Companies come first, so that the people after them find their employers by name.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any, NamedTuple

from kith.contacts.demo.nations import City, Nation, Word, business, filled, nations
from kith.core.text import fold

Values = dict[str, Any]
BATCH = 1_000
COMPANIES_OF_ALL = 0.2
FOR_WOMEN = {"Mr.": "Ms.", "Shri": "Smt."}
FOR_MEN = {"Ms.": "Mr.", "Mrs.": "Mr.", "Smt.": "Shri"}
_NOT_IN_ADDRESS = re.compile(r"[^a-z0-9]+")


class Company(NamedTuple):
    """What the people of a company need to know of it."""

    name: str
    domain: str
    nation: Nation
    city: City
    address: str


def demo_contacts(
    count: int, *, seed: int = 1, today: dt.date | None = None
) -> Iterator[list[Values]]:
    """`count` contacts as {field: value}, a thousand at a time; the same for the same seed.

    `created_at` lies in the two years before `today`, and lacks where no day is given.
    """
    maker = _Maker(Random(seed), today)  # noqa: S311  the same seed shall make the same ones
    batch: list[Values] = []
    for number in range(count):
        batch.append(maker.company() if number < count * COMPANIES_OF_ALL else maker.person())
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


@dataclass
class _Maker:
    random: Random
    today: dt.date | None

    def __post_init__(self) -> None:
        self._nations = nations()
        self._weights = list(accumulate(nation.weight for nation in self._nations))
        self._words = business()
        self._companies: list[Company] = []
        self._names: set[str] = set()

    def company(self) -> Values:
        nation = self._nation()
        city = self.random.choice(nation.cities)
        name = self._company_name(nation, city)
        company = Company(
            name.native, f"{slug(name.latin)}.example", nation, city, self._street(nation)
        )
        self._companies.append(company)
        return self._company_values(company) | self._common() | self._site(company)

    def _company_values(self, company: Company) -> Values:
        some, one = self._some, self.random.choice
        nation, city = company.nation, company.city
        values: Values = {
            "kind": "company",
            "name": company.name,
            "contact_type": one(self._words["types"]),
            "email": f"info@{company.domain}",
            "office_phone": nation.phone(self.random, city.landline),
            "industry": one(self._words["industries"]),
            "site_type": one(self._words["site_types"]),
        }
        if nation.iso == "IN":
            values["salutation"] = "M/S"
        if some(0.7):
            values["website"] = f"www.{company.domain}"
        if some(0.3):
            values["mobile"] = nation.phone(self.random, one(nation.mobile))
        if some(0.4):
            values["annual_revenue"] = self.random.randrange(1, 900) * 10_000
        if some(0.2):
            values["linkedin"] = f"linkedin.com/company/{company.domain.partition('.')[0]}"
        return values

    def person(self) -> Values:
        employer = self._employer() if self._some(0.8) else None
        nation = employer.nation if employer else self._nation()
        female = self._some(0.48)
        given = self.random.choice(nation.female if female else nation.male)
        family = self.random.choice(nation.family)
        values: Values = {
            "kind": "person",
            "name": full_name(nation, given.native, family.native),
            "mobile": self._mobile(nation),
            "gender": "female" if female else "male",
            **self._parts_of_name(nation, given, family),
            **self._common(),
        }
        self._add_dates(values)
        self._add_title(values, nation)
        return values | self._place(nation, employer, f"{given.latin}.{family.latin}")

    def _parts_of_name(self, nation: Nation, given: Word, family: Word) -> Values:
        """Where the family name comes first, the parts are named; Latin forms are aliases."""
        values: Values = {}
        if (given.native, family.native) != (given.latin, family.latin):
            values["aliases"] = [f"{given.latin} {family.latin}"]
        elif nation.iso == "IN" and self._some(0.1):
            values["aliases"] = [f"{given.native}ji"]
        if nation.family_first:
            values |= {"given_name": given.native, "family_name": family.native}
        return values

    def _place(self, nation: Nation, employer: Company | None, user: str) -> Values:
        """Address and e-mail: the employer's, or their own."""
        user = _NOT_IN_ADDRESS.sub(".", fold(user)).strip(".")
        number = self.random.randrange(1, 1000)
        if employer is None:
            city = self.random.choice(nation.cities)
            home = Company("", "mail.example", nation, city, self._street(nation))
            return {"email": f"{user}{number}@{home.domain}"} | self._site(home)
        return {
            "email": f"{user}{number}@{employer.domain}",
            "company": employer.name,
            "designation": self.random.choice(self._words["designations"]),
            **self._site(employer),
        }

    def _mobile(self, nation: Nation) -> str:
        first = nation.phone(self.random, self.random.choice(nation.mobile))
        if self._some(0.1):
            return f"{first}, {nation.phone(self.random, self.random.choice(nation.mobile))}"
        return first

    def _add_dates(self, values: Values) -> None:
        if self._some(0.6):
            values["birth_date"] = f"{self.random.randrange(1945, 2006)}-{self._month_day()}"
        if self._some(0.15):
            values["anniversary"] = f"{self.random.randrange(1990, 2026)}-{self._month_day()}"

    def _month_day(self) -> str:
        return f"{self.random.randrange(1, 13):02}-{self.random.randrange(1, 29):02}"

    def _add_title(self, values: Values, nation: Nation) -> None:
        title = self.random.choice(nation.titles)
        if title:
            others = FOR_WOMEN if values["gender"] == "female" else FOR_MEN
            values["salutation"] = others.get(title, title)

    def _common(self) -> Values:
        """What some have: each field with its share of contacts."""
        words, one = self._words, self.random.choice
        made = (
            ("tags", 0.35, lambda: self.random.sample(words["tags"], one((1, 1, 2, 3)))),
            ("categories", 0.25, lambda: [one(words["categories"])]),
            ("temperature", 0.4, lambda: one(words["temperatures"])),
            ("priority", 0.3, lambda: self.random.randrange(1, 6)),
            ("reference", 0.25, lambda: one(words["references"])),
            ("remarks", 0.08, lambda: one(words["remarks"])),
            ("important", 0.03, lambda: True),
        )
        values = {name: make() for name, share, make in made if self._some(share)}
        if self.today:
            values["created_at"] = self._moment(self.today)
        return values

    def _moment(self, today: dt.date) -> str:
        """More of them lately, as a growing firm has it."""
        back = dt.timedelta(days=int(730 * self.random.random() ** 2) + 1)
        clock = dt.time(self.random.randrange(7, 18), self.random.randrange(60), tzinfo=dt.UTC)
        return dt.datetime.combine(today - back, clock).isoformat()

    def _site(self, company: Company) -> Values:
        nation, city = company.nation, company.city
        return {
            "address1": company.address,
            "area": self.random.choice(nation.areas),
            "city": city.name,
            "state": city.state,
            "postal_code": filled(self.random, city.postal) or None,
            "country": nation.iso,
        }

    def _street(self, nation: Nation) -> str:
        number = self.random.randrange(1, 200)
        return nation.address.format(n=number, street=self.random.choice(nation.streets))

    def _company_name(self, nation: Nation, city: City) -> Word:
        """A name that no other company here has, so that employers are found by it."""
        for attempt in range(1, 1_000):
            first, trade, legal = self._first_name(nation), *self._trade(nation)
            parts = [first, trade, legal]
            if attempt > 3:
                parts.insert(2, Word(city.name, city.name))
            if attempt > 20:
                parts.append(Word(str(attempt), str(attempt)))
            name = Word(nation.glue.join(p.native for p in parts), " ".join(p.latin for p in parts))
            if fold(name.native) not in self._names:
                break
        self._names.add(fold(name.native))
        return name

    def _first_name(self, nation: Nation) -> Word:
        if self._some(0.3):
            brand = self.random.choice(self._words["brands"])
            return Word(brand, brand)
        return self.random.choice(nation.family)

    def _trade(self, nation: Nation) -> tuple[Word, Word]:
        return self.random.choice(nation.companies), self.random.choice(nation.suffixes)

    def _nation(self) -> Nation:
        return self.random.choices(self._nations, cum_weights=self._weights)[0]

    def _employer(self) -> Company | None:
        """Few companies are large and many are small."""
        place = int(len(self._companies) * self.random.random() ** 1.7)
        return self._companies[place] if self._companies else None

    def _some(self, share: float) -> bool:
        return self.random.random() < share


def full_name(nation: Nation, given: str, family: str) -> str:
    return f"{family} {given}" if nation.family_first else f"{given} {family}"


def slug(text: str) -> str:
    return _NOT_IN_ADDRESS.sub("-", fold(text))[:40].strip("-")
