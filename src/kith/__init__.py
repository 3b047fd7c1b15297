"""Kith: a self-hosted contact centre."""
