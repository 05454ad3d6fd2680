"""Prescription, forclusion and quadriennale: the last day to act on a claim, its acts taken into account."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from recouvrement.domain.calendar import MonthEnd, add_months
from recouvrement.domain.decision import Deadline, DeadlineKind, Doubt, PathStep
from recouvrement.domain.documents import Invoice, Item
from recouvrement.domain.light import quick
from recouvrement.domain.parties import Creditor, Debtor, DebtorKind
from recouvrement.domain.reasons import Authority
from recouvrement.domain.values import FIRST_DAY, LAST_DAY
from recouvrement.errors import InvalidInput
from recouvrement.jurisdictions.fr.compte_de_prescription import Count, Start
from recouvrement.jurisdictions.fr.departs_de_prescription import (
    DUE_DATE,
    Event,
    calendar_start,
    default_regime,
    default_regime_of,
    due_event,
    not_followed,
    start_at,
    starts_at_due_date,
    starts_of,
)
from recouvrement.jurisdictions.fr.interets_legaux import debtor_kind_unknown
from recouvrement.jurisdictions.fr.periodes_de_prescription import Point
from recouvrement.jurisdictions.fr.regimes_de_prescription import (
    RegimeRow,
    StartRule,
    regime_for,
    regime_named,
    regimes_table,
)
from recouvrement.law.jurisdiction import Limitation
from recouvrement.law.limitation import Act, LimitationAnswer, LimitationFacts


def limitation(facts: LimitationFacts) -> LimitationAnswer:
    """Return the last day to act on a claim of a named regime, with the dated chain that leads to it.

    The order of the acts is irrelevant, and an act never brings the last day forward unless it undoes another. A
    prescription that ends on a Sunday ends on that Sunday; for a forclusion the day is kept too, and the Monday that
    CPC art. 642 may give is a doubt. ``last_day`` is ``None`` while proceedings or a suspension last.

    >>> facts = LimitationFacts("b2c", date(2024, 1, 5), (Act("part_payment", date(2025, 3, 1)),))
    >>> limitation(facts).last_day
    datetime.date(2027, 3, 1)

    Raises ``InvalidInput`` for an unknown regime or act, for days out of order, and for a period that no contract may
    set.

    Sources:
        C. civ. art. 2219 to 2254; C. com. art. L110-4; C. conso. art. L218-2 and R312-35; loi 68-1250; CMR art. 32.
    """
    regime = regime_named(facts.regime)
    _refuse_days(facts)
    if facts.contract_years is not None:
        _refuse_contract(regime, facts.contract_years)
    start, doubts = _start(regime, facts)
    found = Count(regime, start, facts.contract_years).answer(facts.acts)
    return found._replace(doubts=(*doubts, *found.doubts))


def prescription(
    item: Item, invoice: Invoice, debtor: Debtor, creditor: Creditor, acts: Iterable[Act] = ()
) -> Limitation:
    """Return the last day on which an act is still in time on an item, with the dated chain that leads to it.

    Where several days may start the time, the acts are applied from each and the earliest result governs; a doubt says
    so. Penalties and indemnity follow the principal.

    Business: five years from the due date. Consumer: two years from completion or the due date, but five when the
    creditor is a private person. Public body: four years from the 1 January that follows performance. Other legal
    persons: five years. Unknown: two years, the shortest. A nature of claim with a time of its own comes first; towards
    a public body the earlier of the two governs.

    >>> from recouvrement.domain.money import Money
    >>> invoice = Invoice.single("F2021-7", issued_on=date(2020, 12, 31), due_on=date(2021, 1, 30),
    ...                          total=Money.of("1200.00", "EUR"))
    >>> debtor = Debtor(id="D1", name="Menuiserie Kervella", kind=DebtorKind.BUSINESS)
    >>> creditor = Creditor(id="C1", name="Scierie du Haut-Doubs")
    >>> prescription(invoice.items[0], invoice, debtor, creditor).deadline.last_day
    datetime.date(2026, 1, 30)

    Sources:
        C. com. art. L110-4; C. conso. art. L218-2; C. civ. art. 2224, 2228, 2229 and 2233; loi 68-1250 art. 1;
        com. 14 June 2023, n° 21-14.841; com. 26 Feb. 2020, n° 18-25.036; civ. 1, 19 May 2021, n° 20-12.520.
    """
    known = tuple(acts)
    nature = invoice.claim_nature or creditor.claim_nature
    if nature is None and not known and invoice.delivered_on is None and item.due_on is not None:
        plain = _plain(debtor.kind, item.due_on, is_private_creditor=creditor.is_natural_person)
        if plain is not None:
            return quick(Limitation, (_deadline(item, plain), ()))
    special = None if nature is None else regime_for(nature.value, debtor.kind)
    ordinary = regime_named(default_regime(debtor, creditor))
    regime = special or ordinary
    found, doubts = _of_item(regime, known, item=item, invoice=invoice, debtor=debtor, creditor=creditor)
    if special is not None and debtor.kind is DebtorKind.PUBLIC:
        # The quadriennale leaves special lapses standing: what ends first governs.
        other, other_doubts = _of_item(ordinary, known, item=item, invoice=invoice, debtor=debtor, creditor=creditor)
        inputs: dict[str, object] = {
            "regime": regime.id,
            "last_day": found.last_day,
            "other": ordinary.id,
            "other_last_day": other.last_day,
        }
        both = Doubt.of("special_regime_of_public_debtor", Authority.LAW, inputs, ordinary.start_source)
        if _end(other) < _end(found):
            found, doubts = other, other_doubts
        doubts = (*doubts, both)
    if debtor.kind is DebtorKind.UNKNOWN:
        doubts = (*doubts, debtor_kind_unknown())
    doubts = tuple(dict.fromkeys(doubts)) if len(doubts) > 1 else doubts
    return quick(Limitation, (_deadline(item, found), doubts))


def _deadline(item: Item, found: LimitationAnswer) -> Deadline | None:
    if found.last_day is None:
        return None
    return Deadline(kind=_PRESCRIPTION, item_id=item.id, last_day=found.last_day, regime=found.regime, path=found.path)


_PRESCRIPTION = DeadlineKind.PRESCRIPTION


@lru_cache(maxsize=8192)
def _plain(kind: DebtorKind, due_on: date, *, is_private_creditor: bool) -> LimitationAnswer | None:
    """Return what an item comes to that only its due date starts and no act moves; ``None`` where more is asked.

    Worked out once for all the items of such debtors that fall due that day.
    """
    if kind is DebtorKind.UNKNOWN:
        return None
    regime = regime_named(default_regime_of(kind, is_private_creditor=is_private_creditor))
    found = _from_due_date(regime.id, due_on, ()) if starts_at_due_date(regime) else None
    return found if found is not None and not found.doubts else None


def _of_item(
    regime: RegimeRow, acts: tuple[Act, ...], *, item: Item, invoice: Invoice, debtor: Debtor, creditor: Creditor
) -> tuple[LimitationAnswer, tuple[Doubt, ...]]:
    """Return the earliest result over every possible start, with its doubts."""
    starts = starts_of(regime, item, invoice, debtor, creditor)
    events = starts.events
    if len(events) == 1 and events[0].act == DUE_DATE:
        found = _from_due_date(regime.id, events[0].on, acts)
    else:
        found = _earliest(regime.id, tuple(sorted(events)), acts)
    if not found.doubts:
        return found, starts.doubts
    own = (
        doubt if doubt.code == "weak_source" else Doubt(code=doubt.code, item_id=item.id, reason=doubt.reason)
        for doubt in found.doubts
    )
    return found, (*starts.doubts, *own)


@lru_cache(maxsize=8192)
def _from_due_date(regime_id: str, due_on: date, acts: tuple[Act, ...]) -> LimitationAnswer:
    """Return what ``_earliest`` does for the start most items have: the quickest to look up."""
    return _earliest(regime_id, (due_event(due_on),), acts)


@lru_cache(maxsize=1024)
def _earliest(regime_id: str, events: tuple[Event, ...], acts: tuple[Act, ...]) -> LimitationAnswer:
    """Return the earliest result over some starts; worked out once for all the items that share their days."""
    regime = regime_named(regime_id)
    answers = [Count(regime, start_at(regime, event)).answer(acts) for event in events]
    place = min(range(len(events)), key=lambda index: (_end(answers[index]), index))
    others = not_followed(event for index, event in enumerate(events) if index != place)
    path = tuple(sorted((*answers[place].path, *others), key=lambda step: step.from_))
    return answers[place]._replace(path=path)


def _end(answer: LimitationAnswer) -> date:
    return answer.last_day or date.max


def _start(regime: RegimeRow, facts: LimitationFacts) -> tuple[Start, tuple[Doubt, ...]]:
    """Return the start of facts given by hand, where the regime adds its own months and days to the day given.

    Sources:
        CMR art. 32 § 1 c (three months, whose last day is not counted); CMF art. L131-32 (presentation of a cheque).
    """
    day, usual, source = facts.start_on, regime.starts[0], regime.start_source
    if facts.starts_at_midnight:
        _refuse_counted(regime, day)
        step = PathStep(from_=day, act="start_at_midnight", effect="period_starts", source=source)
        return Start(Point(day, is_counted=True), (step,), facts.born_on or day), ()
    if regime.start_rule is StartRule.CALENDAR_YEAR:
        start = calendar_start(regime, Event(day, "right_acquired", source))
        if (day.month, day.day) != (1, 1):
            return start, ()
        inputs: dict[str, object] = {"start": day, "year": day.year}
        return start, (Doubt.of("first_of_january_as_year_of_right", Authority.LAW, inputs, source),)
    from_ = add_months(day, regime.start_months, MonthEnd.CLAMP) if regime.start_months else day
    from_ = date.fromordinal(from_.toordinal() + regime.start_days)
    steps = [PathStep(from_=from_, act=usual, effect="period_starts", source=source)]
    if from_ != day:
        steps.insert(0, PathStep(from_=day, act=usual, effect="start_put_off", source=source))
    return Start(Point(from_), tuple(steps), facts.born_on or day), ()


def _refuse_counted(regime: RegimeRow, day: date) -> None:
    """Refuse a counted first day where the regime itself says how its start is reached."""
    if regime.start_rule is StartRule.CALENDAR_YEAR:
        if (day.month, day.day) == (1, 1):
            return
        hint = "Give the day the right was acquired without it, or a 1 January."
    elif regime.start_months or regime.start_days:
        hint = "Leave it out: the regime adds its own time to the day given."
    else:
        return
    raise InvalidInput(
        where="starts_at_midnight", found=f"{day.isoformat()} as first day counted, in regime {regime.id}", hint=hint
    )


def _refuse_days(facts: LimitationFacts) -> None:
    days = [
        facts.start_on,
        *(act.on for act in facts.acts),
        *(act.until for act in facts.acts if act.until is not None),
    ]
    far = next((day for day in days if not FIRST_DAY <= day <= LAST_DAY), None)
    if far is not None:
        raise InvalidInput(
            where="limitation",
            found=f"{far.isoformat()} is outside {FIRST_DAY.isoformat()} to {LAST_DAY.isoformat()}",
            hint="Correct the date.",
        )
    if facts.born_on is not None and facts.born_on > facts.start_on:
        raise InvalidInput(
            where="born_on",
            found=f"the right is born on {facts.born_on.isoformat()}, after the start on {facts.start_on.isoformat()}",
            hint="Give the birth of the right, no later than the start.",
        )


def _refuse_contract(regime: RegimeRow, years: int) -> None:
    """Refuse a period that the law lets no contract set.

    Sources:
        C. civ. art. 2254; C. conso. art. L218-1; C. assur. art. L114-3.
    """
    if not regime.adjustable:
        article = regime.adjustment_article or "no text read here allows it"
        raise InvalidInput(
            where="contract_years",
            found=f"the period of regime {regime.id} may not be set by contract ({article})",
            hint="Leave it out: the legal period runs.",
        )
    table = regimes_table()
    least, most = table.limit("contract_min").years, table.limit("contract_max").years
    if not least <= years <= most:
        raise InvalidInput(
            where="contract_years",
            found=f"{years} years; a contract may set {least} to {most} (C. civ. art. 2254)",
            hint="Check the clause; outside these bounds it is void.",
        )
