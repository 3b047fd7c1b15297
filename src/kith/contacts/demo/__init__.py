"""Believable contacts for trials and benchmarks; the same ones for the same seed."""

from kith.contacts.demo.generate import demo_contacts
from kith.contacts.demo.load import demo_load
from kith.contacts.demo.remove import demo_remove

__all__ = ["demo_contacts", "demo_load", "demo_remove"]
