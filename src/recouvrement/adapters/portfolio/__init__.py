"""Reader of a portfolio folder: ``creancier.toml``, three or four CSV files, and e-invoices beside them."""

from recouvrement.adapters.portfolio.reader import read_portfolio

__all__ = ["read_portfolio"]
