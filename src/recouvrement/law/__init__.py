"""Dated legal parameters, and what the engine asks of a country's law."""
