"""Dunning engine for French receivables."""

__version__ = "0.1.0"
