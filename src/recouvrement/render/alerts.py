"""What a note to the staff says: the facts that the reasons of the action tell, and what to do about each."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from recouvrement.domain.case import Case
from recouvrement.domain.decision import Action
from recouvrement.domain.events import PlanAgreed, StopPlaced
from recouvrement.domain.money import Money
from recouvrement.domain.reasons import Reason
from recouvrement.domain.vocabulary import Channel, DocumentKind, StopKind
from recouvrement.errors import InvalidInput
from recouvrement.render import formats
from recouvrement.render.staff_names import CHANNELS, outcome_words
from recouvrement.render.typography import spaced

STOPS: dict[StopKind, str] = {
    StopKind.DISPUTE: "litige",
    StopKind.PROMISE_TO_PAY: "promesse de paiement",
    StopKind.PAYMENT_IN_PROCESS: "paiement en cours",
    StopKind.CREDIT_NOTE_AWAITED: "avoir attendu",
    StopKind.MEDIATION: "médiation",
    StopKind.MANUAL_HOLD: "suspension décidée par vos services",
    StopKind.ASSIGNMENT: "créance cédée",
}
"""French name of each stop."""

_AND = spaced(" ; ")
_COLON = spaced(" : ")


class AlertRow(NamedTuple):
    """One fact the staff is told."""

    title: str
    facts: str
    to_do: str


def alert_rows(action: Action, case: Case) -> tuple[AlertRow, ...]:
    """Return one row for each reason of a note to the staff that tells a fact; none for another document.

    An action without any such reason gets one row that says so: a note that says nothing would be thrown away.
    """
    if action.document is not DocumentKind.STAFF_ALERT:
        return ()
    rows = tuple(
        _WRITERS[reason.code](reason, case) for reason in every_reason(action.reasons) if reason.code in _WRITERS
    )
    return tuple(row._replace(to_do=spaced(row.to_do)) for row in rows) or (
        AlertRow(
            "Fait à examiner",
            " ".join(f"{reason.code.replace('_', ' ')}." for reason in action.reasons) or "Aucun motif n’est indiqué.",
            "ouvrir le dossier et vérifier ce qui a changé.",
        ),
    )


def alert_title(rows: tuple[AlertRow, ...]) -> str:
    """Return the title of the note: that of its facts when they are all of one kind."""
    titles = {row.title.partition("\u00a0(")[0] for row in rows}
    return titles.pop() if len(titles) == 1 else f"{len(rows)}{formats.NO_BREAK}points à examiner"


def every_reason(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """Yield the reasons and their parts, each before its own parts."""
    for reason in reasons:
        yield reason
        yield from every_reason(reason.parts)


def _titled(title: str, name: str | None) -> str:
    return f"{title}{formats.NO_BREAK}({name})" if name else title


def _day(text: str | None) -> str:
    try:
        return formats.long_date(date.fromisoformat(text or ""))
    except ValueError:
        return text or ""


def _amount(text: str | None) -> Money | None:
    """Return an amount as a reason writes it, ``1250.00 EUR``; ``None`` when there is none."""
    number, _, currency = (text or "").partition(" ")
    try:
        return Money.of(number, currency)
    except InvalidInput:
        return None


def _sentence(*parts: str) -> str:
    """Return the parts that are not empty as one sentence."""
    said = _AND.join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _sums(wanted: Money | None, received: Money | None, *, verb: str, by: str) -> tuple[str, str, str]:
    """Return what was to come, what came, and what is missing where both are known."""
    when = f" au plus tard le {by}" if by else ""
    missing = wanted - received if wanted is not None and received is not None else None
    return (
        f"{formats.money(wanted)} {verb}{when}" if wanted is not None else f"{verb}{when}" if by else "",
        f"{formats.money(received)} reçus" if received is not None else "",
        f"il manque {formats.money(missing)}" if missing is not None and missing.minor > 0 else "",
    )


def _promise_broken(reason: Reason, case: Case) -> AlertRow:
    stop_id = reason.input("stop_id")
    stop = _stop(case, stop_id)
    sums = _sums(
        _amount(reason.input("amount")),
        _amount(reason.input("received")),
        verb="promis",
        by=_day(reason.input("pay_by")),
    )
    return AlertRow(
        _titled("Promesse de paiement non tenue", stop_id),
        _sentence(*sums, *_told(stop)),
        "rappeler le débiteur pour savoir ce qui s’est passé. La relance reprend d’elle-même ; un nouvel engagement "
        "s’enregistre comme une nouvelle promesse.",
    )


def _plan_in_default(reason: Reason, case: Case) -> AlertRow:
    plan_id = reason.input("plan_id")
    plan = _plan(case, plan_id)
    sums = _sums(
        _amount(reason.input("expected")),
        _amount(reason.input("received")),
        verb="attendus",
        by=_day(reason.input("due_on")),
    )
    days = f"dans les {formats.count(plan.notice_days, 'jour', 'jours')}" if plan else "dans le délai convenu"
    end = (
        "et le tout devient exigible, comme il a été convenu"
        if plan is not None and plan.accelerates
        else "et ses factures reviennent à la relance ; aucune exigibilité immédiate du tout n’a été convenue"
    )
    return AlertRow(
        _titled("Échéancier non respecté", plan_id),
        _sentence(*sums),
        f"notifier le défaut au débiteur et enregistrer le jour où la notification l’atteint. Sans elle, l’échéancier "
        f"reste en vigueur. S’il ne paie pas ce qui manque {days} de cette notification, l’échéancier prend fin {end}.",
    )


def _plan_ended(reason: Reason, case: Case) -> AlertRow:
    plan_id = reason.input("plan_id")
    plan = _plan(case, plan_id)
    accelerates = plan.accelerates if plan is not None else reason.input("accelerates") in {"True", "true", "yes"}
    effect = (
        "le tout est exigible, comme il a été convenu"
        if accelerates
        else "aucune exigibilité immédiate du tout n’a été convenue"
    )
    return AlertRow(
        _titled("Fin d’un échéancier", plan_id),
        _sentence("le défaut a été notifié et ce qui manquait n’est pas venu", effect),
        "décider de la suite ; à défaut, la relance reprend d’elle-même pour ce qui est échu.",
    )


def _stop_review(reason: Reason, case: Case) -> AlertRow:
    stop_id = reason.input("stop_id")
    stop = _stop(case, stop_id)
    written = reason.input("stop") or (stop.stop.value if stop else "")
    kind = next((words for known, words in STOPS.items() if known.value == written), "suspension")
    since, review_on = _day(reason.input("since")), _day(reason.input("review_on"))
    return AlertRow(
        _titled("Suspension à revoir", stop_id),
        _sentence(
            f"{kind} depuis le {since}" if since else kind,
            f"à revoir le {review_on}" if review_on else "",
            *_told(stop),
        ),
        "vérifier si elle a encore lieu d’être ; la lever, ou fixer une nouvelle date de revue.",
    )


def _direct_debit_silent(reason: Reason, _case: Case) -> AlertRow:
    due_on = _day(reason.input("due_on"))
    return AlertRow(
        _titled("Prélèvement sans nouvelles", reason.input("item")),
        _sentence(
            f"échéance du {due_on}" if due_on else "",
            "le prélèvement n’est ni encaissé ni rejeté",
        ),
        "vérifier auprès de la banque qu’il a été présenté, puis enregistrer le paiement ou le rejet. Aucune relance "
        "ne part d’ici là.",
    )


_MISSING: dict[str, tuple[str, str]] = {
    "proof_of_order_or_delivery": (
        "aucune preuve de la commande, de la livraison ou de l’acceptation n’est au dossier",
        "retrouver cette preuve et l’enregistrer (ligne « preuve ») ; à défaut, décider de la suite.",
    ),
    "debtor_kind": (
        "on ne sait pas si le débiteur est un professionnel, un consommateur ou une personne publique",
        "compléter la fiche du débiteur.",
    ),
}
"""By thing the claim gate misses: the fact, and what to do."""


def _gate_lacks(reason: Reason, _case: Case) -> AlertRow:
    missing = reason.input("missing") or ""
    fact, to_do = _MISSING.get(missing, (f"il manque{_COLON}{missing}", "compléter le dossier."))
    stage = reason.input("stage") or ""
    return AlertRow(
        _titled("Créance incomplète", stage),
        _sentence(fact, f"l’étape {stage} attend" if stage else ""),
        f"{to_do} L’étape reprend d’elle-même dès la nuit suivante.",
    )


def _gate_waits_for_dispute(reason: Reason, case: Case) -> AlertRow:
    stop_id, stage, since = reason.input("stop_id"), reason.input("stage"), _day(reason.input("since"))
    return AlertRow(
        _titled("Litige sans fin connue", stop_id),
        _sentence(
            f"une part est contestée depuis le {since}" if since else "une part est contestée",
            *_told(_stop(case, stop_id)),
            f"l’étape {stage} attend" if stage else "",
        ),
        "répondre au débiteur et régler le litige, puis en enregistrer la fin (ligne « levee ») ou l’avoir accordé. "
        "Aucune mise en demeure ne part d’ici là.",
    )


def _debtor_unreachable(reason: Reason, _case: Case) -> AlertRow:
    stage = reason.input("stage") or ""
    ways = " ou ".join(CHANNELS[way] for way in Channel if way.value in (reason.input("channels") or "").split(" "))
    return AlertRow(
        _titled("Débiteur injoignable", stage),
        _sentence(f"l’étape {stage} devait partir" + (f" par {ways}" if ways else ""), "aucune adresse ne convient"),
        "trouver une adresse et compléter la fiche du débiteur ; s’il avait refusé ce moyen et l’accepte de nouveau, "
        "l’enregistrer (ligne « accord_de_canal »). Rien ne part d’ici là.",
    )


def _message_refused(reason: Reason, _case: Case) -> AlertRow:
    way = next((CHANNELS[way] for way in Channel if way.value == reason.input("channel")), "")
    return AlertRow(
        _titled("Message refusé", reason.input("action")),
        _sentence(f"le message à envoyer par {way} a été refusé pour de bon" if way else "le message a été refusé"),
        "vérifier l’adresse et corriger la fiche du débiteur, ou enregistrer que l’adresse ne sert plus (ligne "
        "« adresse_rejetee ») pour que le moyen suivant soit pris. Rien ne part d’ici là.",
    )


def _proposal_unanswered(reason: Reason, _case: Case) -> AlertRow:
    action, proposed_on, stage = reason.input("action"), _day(reason.input("proposed_on")), reason.input("stage")
    return AlertRow(
        _titled("Proposition sans réponse", action),
        _sentence(
            f"l’étape {stage} est proposée depuis le {proposed_on}" if proposed_on else f"l’étape {stage} est proposée",
            "personne ne l’a approuvée ni refusée",
        ),
        f"l’approuver (« recouvrement approve … {action} ») ou la refuser (« recouvrement refuse … {action} »). Rien "
        "ne part d’ici là pour ces factures.",
    )


def _end_unanswered(reason: Reason, case: Case) -> AlertRow:
    ended_on, outcome = _day(reason.input("ended_on")), reason.input("outcome") or ""
    decision = outcome_words(outcome, case.debtor.kind)
    return AlertRow(
        "Fin de scénario sans suite",
        _sentence(
            f"décision attendue depuis le {ended_on}{_COLON}{decision}" if ended_on else decision,
            "rien n’est enregistré depuis",
        ),
        "décider, et enregistrer ce qui est fait : l’acte ou la démarche (lignes « acte », « procedure »), un avoir, "
        "un paiement ou une suspension. Aucune relance ne part plus d’elle-même.",
    )


def _told(stop: StopPlaced | None) -> tuple[str, ...]:
    """Return what was noted with a stop."""
    if stop is None:
        return ()
    return (
        f"motif{_COLON}{stop.cause}" if stop.cause else "",
        f"suivi par {stop.owner}" if stop.owner else "",
        f"note{_COLON}{stop.note.rstrip('.')}" if stop.note else "",
    )


def _stop(case: Case, stop_id: str | None) -> StopPlaced | None:
    stops = (event for event in case.history if isinstance(event, StopPlaced))
    return next((stop for stop in stops if stop.stop_id == stop_id), None)


def _plan(case: Case, plan_id: str | None) -> PlanAgreed | None:
    plans = (event for event in case.history if isinstance(event, PlanAgreed))
    return next((plan for plan in plans if plan.plan_id == plan_id), None)


_WRITERS: dict[str, Callable[[Reason, Case], AlertRow]] = {
    "promise_broken": _promise_broken,
    "plan_in_default": _plan_in_default,
    "plan_ended": _plan_ended,
    "stop_review": _stop_review,
    "direct_debit_silent": _direct_debit_silent,
    "gate_lacks": _gate_lacks,
    "gate_waits_for_dispute": _gate_waits_for_dispute,
    "debtor_unreachable": _debtor_unreachable,
    "message_refused": _message_refused,
    "proposal_unanswered": _proposal_unanswered,
    "end_unanswered": _end_unanswered,
}
"""By reason code: how the fact is told."""
