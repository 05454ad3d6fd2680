"""The law files on time and on what may be done: limitation, procedure, holidays, routes."""

from collections.abc import Iterable, Iterator

from law_pages import words
from law_pages.cells import BREAK, Notes, day, rate, table, text, whole_money
from law_pages.values import ORIGIN, coverage, days, origin, with_sources

from recouvrement.jurisdictions.fr.actes_de_prescription import ActRow, acts_table
from recouvrement.jurisdictions.fr.delais_de_procedure import PeriodRow
from recouvrement.jurisdictions.fr.delais_de_procedure import table as periods_table
from recouvrement.jurisdictions.fr.jours import LocalDay, local_holidays
from recouvrement.jurisdictions.fr.lignes_datees import DatedRow
from recouvrement.jurisdictions.fr.parametres import parametre
from recouvrement.jurisdictions.fr.regimes_de_prescription import RegimeRow, reforms_table, regimes_table
from recouvrement.jurisdictions.fr.voies_donnees import CostRow, RouteRow, Threshold
from recouvrement.jurisdictions.fr.voies_donnees import table as routes_table

RECORD = ("Texte", "Du", "Au", *ORIGIN)


def _record(row: DatedRow, notes: Notes) -> tuple[str, ...]:
    return text(row.article), *days(row), *origin(row, row.sources, notes)


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(f"`{code}`" for code in codes)


def _yes(said: bool) -> str:  # noqa: FBT001  # a cell
    return "oui" if said else "non"


def _length(count: int, unit: str) -> str:
    return words.unit(unit, is_one=count < 2).format(count=count).replace(" ", "\u00a0")


def _length_of(months: int | None, in_days: int | None) -> str:
    return _length(months, "months") if months else _length(in_days, "days") if in_days else ""


def regimes() -> str:
    """Return what each regime is for, its successive lengths, and the bounds of common law."""
    file, notes = regimes_table(), Notes()
    shown = [(f"`{row.id}`", text(row.label), *_regime(row)) for row in file.regimes]
    lengths = [
        (f"`{row.id}`", _length(row.years, "years"), *_record(row, notes))
        for regime in file.regimes
        for row in file.versions_of(regime)
    ]
    limits = [(text(row.label), _length(row.years, "years"), *_record(row, notes)) for row in file.limits]
    header = ("Code", "Créance", "Nature", "Départ", "Texte du départ", "Confiance", "Contrat", "Butoir de vingt ans")
    written = (
        table(header, shown),
        "### Durées",
        table(("Code", "Durée", *RECORD), lengths),
        "### Bornes de droit commun",
        table(("Borne", "Durée", *RECORD), limits),
        coverage(file.first_day, file.last_day, file.coverage),
    )
    return with_sources("\n\n".join(written), notes)


def _regime(row: RegimeRow) -> tuple[str, ...]:
    starts = f"{BREAK}ou ".join(text(words.required("departs_de_prescription", start)) for start in row.starts)
    contract = _yes(row.adjustable)
    if row.adjustment_article:
        contract += f" ({text(row.adjustment_article)}, {words.confidence(row.adjustment_confidence)})"
    return (
        words.required("natures_de_delai", row.nature),
        starts,
        text(row.start_article),
        words.confidence(row.start_confidence),
        contract,
        _yes(row.has_long_stop),
    )


def acts() -> str:
    """Return what each act does to each kind of claim."""
    file, notes = acts_table(), Notes()
    rows = [
        (
            f"`{row.id}`",
            text(row.label),
            text(words.required("valeurs.effets", row.effect)),
            _claims(row),
            BREAK.join(_particulars(row)),
            *_record(row, notes),
        )
        for row in file.acts
    ]
    written = table(("Code", "Acte", "Effet", "Créances", "Précisions", *RECORD), rows)
    return with_sources(f"{written}\n\n{coverage(file.first_day, file.last_day, file.coverage)}", notes)


def _claims(row: ActRow) -> str:
    shown = ", ".join(words.required("natures_de_delai", nature) for nature in row.natures)
    if row.regimes:
        shown += f"{BREAK}seulement {_codes(row.regimes)}"
    return f"{shown}{BREAK}sauf {_codes(row.except_regimes)}" if row.except_regimes else shown


def _particulars(row: ActRow) -> Iterator[str]:
    if row.target:
        yield f"porte sur {_codes(row.target)}"
    if row.floor_months:
        yield f"{_length(row.floor_months, 'months')} au moins restent ensuite"
    if row.max_months:
        yield f"compte {_length(row.max_months, 'months')} au plus"
    if row.beyond_long_stop:
        yield "porte au-delà des vingt ans"
    if row.doubt:
        yield f"signalé\u00a0: {text(words.required('valeurs.doutes', row.doubt))}"


def reforms() -> str:
    """Return the laws that shortened periods, and the days on which none expired."""
    file, notes = reforms_table(), Notes()
    rows = [
        (text(row.label), _codes(row.regimes), _yes(row.sources_print_later), *_record(row, notes))
        for row in file.reforms
    ]
    windows = [(text(row.label), day(row.in_time_through), *_record(row, notes)) for row in file.windows]
    written = (
        table(("Réforme", "Régimes", "Des sources donnent un jour de plus", *RECORD), rows),
        "### Période protégée",
        table(("Période", "Acte à temps jusqu’au", *RECORD), windows),
        coverage(file.first_day, file.last_day, file.coverage),
    )
    return with_sources("\n\n".join(written), notes)


def periods() -> str:
    """Return the periods that run from the steps of a procedure."""
    file, notes = periods_table(), Notes()
    rows = [
        (
            f"`{row.step}`",
            text(words.required("valeurs.etape", row.step)),
            text(row.label),
            _period(row),
            "attendre" if row.is_waiting else "agir",
            text(words.required("decomptes_de_procedure", row.counting)),
            BREAK.join(_terms(row)),
            *_record(row, notes),
        )
        for row in file.rows
    ]
    header = ("Code", "Étape", "Délai", "Durée", "Pour", "Décompte", "Précisions", *RECORD)
    written = f"{table(header, rows)}\n\n{coverage(file.first_day, file.last_day, file.coverage)}"
    return with_sources(written, notes)


def _period(row: PeriodRow) -> str:
    length = _length_of(row.months, row.days)
    if row.parameter is not None:
        length = _length(int(parametre(row.parameter).on(row.from_).value), "months")
    return f"{length}, {_length(row.safe_days, 'days')} par prudence" if row.safe_days else length


def _terms(row: PeriodRow) -> Iterator[str]:
    if row.after:
        yield f"à la suite de «\u00a0{text(words.required('valeurs.delais', row.after))}\u00a0»"
    if row.not_before:
        yield f"pas avant la fin de «\u00a0{text(words.required('valeurs.delais', row.not_before))}\u00a0»"
    if row.by_order_date:
        yield "selon la date de l’ordonnance"
    if row.only_in_person:
        yield "si la signification a été faite à personne"
    if row.abroad_months and row.abroad_article and row.abroad_confidence:
        more = f"{_length(row.abroad_months, 'months')} de plus à l’étranger"
        if row.overseas_months:
            more += f", {_length(row.overseas_months, 'months')} outre-mer"
        yield f"{more} ({text(row.abroad_article)}, {words.confidence(row.abroad_confidence)})"
    yield from (text(words.required("conditions", condition)) for condition in row.conditions)
    yield from (f"signalé\u00a0: {text(words.required('valeurs.doutes', doubt))}" for doubt in row.doubts)


def holidays() -> str:
    """Return the regions, and the holidays that are theirs alone."""
    file, notes = local_holidays(), Notes()
    names = {row.id: text(row.label) for row in file.regions}
    own = [(names[row.region], text(row.label), *_holiday(row), *_record(row, notes)) for row in file.days]
    places = [(f"`{row.id}`", names[row.id], *_record(row, notes)) for row in file.regions]
    written = (
        table(("Région", "Fête", "Jour", "Condition", *RECORD), own),
        "### Jours nationaux, par région",
        table(("Code", "Région", *RECORD), places),
        coverage(file.first_day, file.last_day, file.coverage),
    )
    return with_sources("\n\n".join(written), notes)


def _holiday(row: LocalDay) -> tuple[str, str]:
    if row.after_easter is not None:
        shown = f"{_length(abs(row.after_easter), 'days')} {'avant' if row.after_easter < 0 else 'après'} Pâques"
    else:
        shown = _month_day(row.day or "")
    if row.other_reading:
        shown += f" ; {_month_day(row.other_reading)} selon une autre source".replace(" ;", "\u202f;")
    return shown, text(words.required("conditions", row.condition)) if row.condition else ""


def _month_day(value: str) -> str:
    month, _, number = value.partition("-")
    return f"{number}/{month}"


def routes() -> str:
    """Return the routes, what opens or closes them, thresholds, times and costs."""
    file, notes = routes_table(), Notes()
    shown = [(f"`{row.id}`", text(row.label), *_route(row), *_record(row, notes)) for row in file.routes]
    points = [(f"`{row.id}`", text(row.label), *_record(row, notes)) for row in file.points]
    thresholds = [(text(row.label), *_threshold(row), *_record(row, notes)) for row in file.thresholds]
    delays = [
        (f"`{row.route}`", text(row.label), _length_of(row.months, row.days), *_record(row, notes))
        for row in file.delays
    ]
    costs = [(text(row.label), *_cost(row), *_record(row, notes)) for row in file.costs]
    written = (
        table(("Code", "Voie", "Acte qui interrompt", "Attente imposée", *RECORD), shown),
        "### Règles",
        table(("Code", "Règle", *RECORD), points),
        "### Seuils, atteints compris",
        table(("Seuil", "Montant", "Vu pour la dernière fois le", *RECORD), thresholds),
        "### Délais des voies",
        table(("Voie", "Délai", "Durée", *RECORD), delays),
        "### Coûts",
        table(("Coût", "Voies", "Juridictions", "Montant", *RECORD), costs),
        f"Tribunaux des activités économiques\u00a0: {', '.join(file.pilot_towns)}.",
        f"États membres de l’Union européenne\u00a0: {_codes(file.european_union)}.",
        coverage(file.first_day, file.last_day, file.coverage),
    )
    return with_sources("\n\n".join(written), notes)


def _route(row: RouteRow) -> tuple[str, str]:
    waits = (_length_of(row.wait_months, None), _length_of(None, row.wait_days))
    return text(words.required("interruptions", row.interrupted_by)), " et ".join(wait for wait in waits if wait)


def _threshold(row: Threshold) -> tuple[str, str]:
    return whole_money(row.euros), day(row.seen_on) if row.seen_on else ""


def _cost(row: CostRow) -> tuple[str, str, str]:
    amount = "montant non lu" if row.euros is None else whole_money(row.euros)
    if row.per_cent is not None and row.cap is not None:
        amount = f"{rate(row.per_cent)} de la demande, {whole_money(row.cap)} au plus"
    if row.above is not None:
        amount += f", pour une demande de plus de {whole_money(row.above)}"
    courts = ", ".join(text(words.required("valeurs.tribunal", court)) for court in row.courts)
    return _codes(row.routes), courts, amount
