"""Insolvency of the debtor: why earlier debts may no longer be demanded, and the time to declare them."""

from recouvrement.domain.calendar import MonthEnd, add_months
from recouvrement.domain.decision import Deadline, DeadlineKind, PathStep
from recouvrement.domain.parties import Insolvency, InsolvencyKind
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.jurisdictions.fr.jours import next_working_day
from recouvrement.jurisdictions.fr.parametres import parametre


def insolvency_stop(insolvency: Insolvency) -> Reason:
    """Return why debts born before the opening may no longer be demanded from the debtor.

    Sources:
        C. com. art. L622-7 and L622-21; for over-indebtedness of a private person, C. conso. art. L722-2 and L722-5.
    """
    source = (
        Source(article="C. conso. art. L722-2 et L722-5", confidence=Confidence.SECONDARY)
        if insolvency.kind is InsolvencyKind.SURENDETTEMENT
        else Source(article="C. com. art. L622-7 et L622-21", confidence=Confidence.SECONDARY)
    )
    inputs: dict[str, object] = {"kind": insolvency.kind, "opened_on": insolvency.opened_on}
    return Reason.of("insolvency_stop", Authority.LAW, inputs, source=source)


def declaration_de_creance(insolvency: Insolvency) -> Deadline | None:
    """Return the last day to declare the claim, or ``None`` when the publication is not known.

    Two months from publication in the BODACC, ending on the same day number or at the end of a shorter month. When
    that day is not worked the time is extended to the next working day (CPC art. 642, C. com. art. R662-1); the path
    shows it, but the last day given here is the earlier one. The two months more of creditors abroad are not counted.
    Over-indebtedness has no such declaration.

    >>> from datetime import date
    >>> redressement = Insolvency(
    ...     kind=InsolvencyKind.REDRESSEMENT_JUDICIAIRE, opened_on=date(2026, 3, 12), published_on=date(2026, 3, 20)
    ... )
    >>> declaration_de_creance(redressement).last_day
    datetime.date(2026, 5, 20)

    Sources:
        C. com. art. L622-24, R622-24 and R662-1; CPC art. 641 and 642.
    """
    published_on = insolvency.published_on
    if published_on is None or insolvency.kind is InsolvencyKind.SURENDETTEMENT:
        return None
    parameter = parametre("declaration_de_creance_delai")
    # A deadline must always be given: outside the covered days the nearest period is used, and the path says so.
    value = parameter.on(min(max(published_on, parameter.first_day), parameter.last_day))
    last_day = add_months(published_on, int(value.value), MonthEnd.CLAMP)
    path = [
        PathStep(from_=published_on, act="bodacc_publication", effect="period_starts", source=value.source),
        PathStep(from_=last_day, act="period_ends", effect="last_day", source=value.source),
    ]
    if not parameter.covers(published_on):
        path.append(PathStep(from_=published_on, act="period_not_covered", effect="nearest_used", source=value.source))
    extended = next_working_day(last_day)
    if extended != last_day:
        cpc_642 = Source(article="CPC art. 642", confidence=Confidence.COMMENTARY)
        path.append(PathStep(from_=extended, act="working_day_extension", effect="not_relied_on", source=cpc_642))
    return Deadline(
        kind=DeadlineKind.DECLARATION_DE_CREANCE,
        item_id=None,
        last_day=last_day,
        regime="declaration_de_creance",
        path=tuple(path),
    )
