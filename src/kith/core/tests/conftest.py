"""Hypothesis without a clock or chance: tables load on first use, and a red test must stay red."""

from hypothesis import settings

settings.register_profile("kith", deadline=None, derandomize=True)
settings.load_profile("kith")
