"""A mise en demeure, as text, from facts in Python."""

from datetime import date
from pathlib import Path

from recouvrement import FRANCE, builtin
from recouvrement.adapters.portfolio import read_portfolio
from recouvrement.domain.vocabulary import DocumentKind
from recouvrement.engine.preview import preview
from recouvrement.render.documents import render_document
from recouvrement.render.letters import Letters

ON = date(2026, 11, 23)

portfolio = read_portfolio(Path(__file__).parent / "portefeuille")
case = next(case for case in portfolio.cases if case.debtor.id == "C016")
shown = preview(case, ON, document=DocumentKind.MISE_EN_DEMEURE, scenario=builtin("standard_b2b"), law=FRANCE)
document = render_document(shown.action, case, shown.decision.claim, on=ON, letters=Letters.built_in())
print(document.subject)
print(document.text)
