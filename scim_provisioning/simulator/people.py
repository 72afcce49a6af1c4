"""Make up a company's directory: people and groups, the same ones every time.

Must not know how a provider words them.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

GIVEN_NAMES = (
    "Amara Björn Chloé Dmitri Elif François Grażyna Hiroshi Imani José Katarzyna Lars Mei Ngozi "
    "Óscar Priya Quentin Rosa Søren Thảo Ursula Viktor Wanjiru Ximena Yusuf Zoë Aoife Bruno "
    "Camila Darius Esther Fatima Giorgos Hanna Ivan Jean-Luc Keiko Leila Mateo Noor Olga Pedro "
    "Ruth Samir Tomáš Uma Vera Wei Yara Zsófia Anders Beatriz Cillian Divya Emeka Freya Gustavo "
    "Halima Ines Jonas Kofi Lucía Marek Nadia"
).split()

FAMILY_NAMES = (
    "Okafor,Lindström,Dubois,Petrov,Yılmaz,Müller,Nowak,Tanaka,Mwangi,García Márquez,Kowalska,"
    "Nielsen,Chen,Adeyemi,Ibáñez,Sharma,van der Berg,Rossi,Sørensen,Nguyễn,Fischer,Novák,Kamau,"
    "Hernández,Demir,Lefèvre,O'Sullivan,Costa,Rojas,Popescu,Cohen,Al-Farsi,Papadopoulos,Virtanen,"
    "Ivanova,Moreau,Satō,Haddad,Fernández,Rahman,Sokolova,Silva,Goldberg,Mansour,Dvořák,Iyer,"
    "Weber,Zhang,Benali,Szabó,Berg,Carvalho,Byrne,Reddy,Obi,Hansen,Almeida,Diallo,Conti,Schmidt,"
    "Mensah"
).split(",")

TITLES = {
    "Engineering": ("Software Engineer", "Staff Engineer", "Site Reliability Engineer"),
    "Customer Success": ("Support Specialist", "Onboarding Manager"),
    "Sales": ("Account Executive", "Sales Engineer", "Regional Director"),
    "Finance": ("Accountant", "Payroll Analyst"),
    "Design": ("Product Designer", "UX Researcher"),
    "People": ("Recruiter", "HR Business Partner"),
    "Legal": ("Counsel", "Privacy Officer"),
}

PLACES = (
    ("Europe/Berlin", "de-DE", "+49 30 901820"),
    ("America/New_York", "en-US", "+1 212 55501"),
    ("Europe/London", "en-GB", "+44 20 79460"),
    ("Asia/Kolkata", "en-IN", "+91 22 25501"),
    ("America/Sao_Paulo", "pt-BR", "+55 11 95550"),
    ("Asia/Tokyo", "ja-JP", "+81 3 55501"),
    ("Africa/Nairobi", "en-KE", "+254 20 5550"),
)

# Letters that Unicode does not decompose into a base letter and a mark.
BASE_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    external_id: str
    user_name: str
    given_name: str
    family_name: str
    title: str
    department: str
    employee_number: str
    timezone: str
    locale: str
    phone: str

    @property
    def display_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    name: str
    members: tuple[Person, ...]


def invent_people(count: int, *, domain: str = "acme.example") -> list[Person]:
    """Make up `count` people; the first n are the same whatever the count."""
    return [_person(number, domain) for number in range(count)]


def invent_teams(count: int, people: Sequence[Person]) -> list[Team]:
    """Make up `count` groups of these people: departments first, then projects."""
    departments = list(TITLES)[:count]
    teams = [
        Team(name=name, members=tuple(one for one in people if one.department == name))
        for name in departments
    ]
    projects = range(1, count - len(departments) + 1)
    return teams + [
        Team(name=f"Project {number}", members=tuple(people[number - 1 :: len(projects)]))
        for number in projects
    ]


def _person(number: int, domain: str) -> Person:
    given, family = _name(number)
    department = list(TITLES)[number * 3 % len(TITLES)]
    titles = TITLES[department]
    timezone, locale, phone = PLACES[number * 5 // 3 % len(PLACES)]
    return Person(
        external_id=f"00u{_digest(number)}",
        user_name=f"{_login(number, given, family)}@{domain}",
        given_name=given,
        family_name=family,
        title=titles[number % len(titles)],
        department=department,
        employee_number=str(700001 + number),
        timezone=timezone,
        locale=locale,
        phone=f"{phone}{number % 1000:03}",
    )


def _name(number: int) -> tuple[str, str]:
    turn, position = divmod(number, len(GIVEN_NAMES))
    return GIVEN_NAMES[position], FAMILY_NAMES[(position * 7 + turn) % len(FAMILY_NAMES)]


def _login(number: int, given: str, family: str) -> str:
    # Every pair of names comes up once before the first comes again.
    again = number // (len(GIVEN_NAMES) * len(FAMILY_NAMES))
    return f"{_ascii(given)}.{_ascii(family)}{again + 1 if again else ''}"


def _ascii(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.lower().translate(BASE_LETTERS))
    return "".join(letter for letter in decomposed if letter.isascii() and letter not in " '")


def _digest(number: int) -> str:
    return hashlib.sha256(f"person {number}".encode()).hexdigest()[:17]
