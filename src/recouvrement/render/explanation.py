"""Why a decision says what it says: every action and every non-action as a tree, in French or in English."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from recouvrement.domain.decision import Action, ActionKind, ClaimItem, Deadline, Decision, Doubt, Hold, Segment
from recouvrement.domain.reasons import Authority, Confidence, Reason, Source
from recouvrement.domain.vocabulary import Channel
from recouvrement.errors import InvalidInput
from recouvrement.render.explain import ENGLISH
from recouvrement.render.explain_fr import FRENCH
from recouvrement.render.explain_names_fr import NAMES
from recouvrement.render.staff_names import CHANNELS, DOCUMENTS
from recouvrement.render.worded import Language

LanguageCode = Literal["fr", "en"]

LANGUAGES: Mapping[str, Language] = MappingProxyType({"fr": FRENCH, "en": ENGLISH})

_INDENT = "  "


class Explanation(NamedTuple):
    """One thing said, on whose authority, and what it rests on."""

    headline: str
    authority: Authority | None = None
    """``None`` for a heading, and for what the decision itself says."""
    article: str | None = None
    confidence: Confidence | None = None
    """How well the article was established."""
    children: tuple["Explanation", ...] = ()

    def as_data(self) -> dict[str, object]:
        """Return the tree as plain values, for JSON; what is empty is left out."""
        data: dict[str, object] = {"headline": self.headline}
        if self.authority is not None:
            data["authority"] = self.authority.value
        if self.article is not None:
            data["article"] = self.article
        if self.confidence is not None:
            data["confidence"] = self.confidence.value
        if self.children:
            data["children"] = [child.as_data() for child in self.children]
        return data


def explanation(decision: Decision, language: LanguageCode = "fr") -> Explanation:
    """Return why a decision does what it does, and why it does nothing where it does nothing.

    Its branches: what to do; for what nothing is done, why, until when and what comes next; what is owed and why; the
    deadlines with the path to each; the doubts; when to look again; what it was decided with.
    Raises ``InvalidInput`` for a language that has no words.
    """
    return _Teller(_language(language)).told(decision)


def lines(told: Explanation, language: LanguageCode = "fr", depth: int = 0) -> Iterator[str]:
    """Yield a tree line by line, two spaces deeper at each level."""
    yield _INDENT * depth + one_line(told, language)
    for child in told.children:
        yield from lines(child, language, depth + 1)


def one_line(told: Explanation, language: LanguageCode = "fr") -> str:
    """Return one thing said with its authority, its article and the mark of a source that is not firm."""
    words = _language(language)
    authority = f"[{words.authorities[told.authority]}] " if told.authority is not None else ""
    article = f" — {told.article}" if told.article is not None else ""
    mark = words.mark(told.confidence) if told.confidence is not None else ""
    return f"{authority}{told.headline}{article}{f' ({mark})' if mark else ''}"


def _document(action: Action) -> str:
    """Return the French name of a document, in the middle of a sentence."""
    return (DOCUMENTS.get(action.document) or NAMES.get(action.document.value, action.document.value)).lower()


def _language(code: str) -> Language:
    if code not in LANGUAGES:
        raise InvalidInput(
            where=f"language {code!r}", found="it has no words here", hint=f"Choose one of {', '.join(LANGUAGES)}."
        )
    return LANGUAGES[code]


class _Teller:
    """Tells a decision in one language."""

    def __init__(self, words: Language) -> None:
        self.words = words

    def told(self, decision: Decision) -> Explanation:
        words, claim = self.words, decision.claim
        on = self._day(decision.on.isoformat())
        actions = [self._action(action) for action in decision.actions]
        to_do = words.phrase("actions") if actions else words.phrase("nothing", on=on)
        branches = [
            Explanation(to_do, children=tuple(actions)),
            *self._branch(words.phrase("held"), map(self._hold, decision.holds)),
            *self._branch(words.phrase("sums", total=self._value("total", claim.total)), map(self._sum, claim.items)),
            *self._branch(words.phrase("deadlines"), map(self._deadline, decision.deadlines)),
            *self._branch(words.phrase("doubts"), map(self._doubt, decision.doubts)),
            Explanation(self._next(decision)),
            Explanation(self._made_with(decision)),
        ]
        return Explanation(words.phrase("case", case=decision.case_id, on=on), children=tuple(branches))

    @staticmethod
    def _branch(heading: str, parts: Iterable[Explanation]) -> Iterator[Explanation]:
        """Yield a heading with its parts; nothing when there is none."""
        kept = tuple(parts)
        if kept:
            yield Explanation(heading, children=kept)

    def _value(self, name: str, value: object) -> str:
        return self.words.value(name, str(value))

    def _day(self, day: str) -> str:
        return self.words.value("day", day)

    def _reason(self, reason: Reason) -> Explanation:
        source = reason.source
        return Explanation(
            self.words.reason(reason),
            authority=reason.authority,
            article=source.article if source is not None else None,
            confidence=source.confidence if source is not None else None,
            children=tuple(self._reason(part) for part in reason.parts),
        )

    def _reasons(self, reasons: Iterable[Reason]) -> tuple[Explanation, ...]:
        return tuple(self._reason(reason) for reason in dict.fromkeys(reasons))

    def _item(self, item_id: str | None) -> str:
        return item_id if item_id is not None else self.words.phrase("whole")

    def _action(self, action: Action) -> Explanation:
        words, is_french = self.words, self.words.code == "fr"
        # The name of a kind of action is the name of its phrase, a contact apart.
        phrase = "call" if action.channel is Channel.PHONE else "action"
        headline = words.phrase(
            phrase if action.kind is ActionKind.CONTACT else action.kind.value,
            document=_document(action) if is_french else action.document.value.replace("_", " "),
            channel=CHANNELS[action.channel] if is_french else action.channel.value.replace("_", " "),
            items=", ".join(action.listed),
            principal=self._value("principal", action.principal),
        )
        if action.pay_by is not None:
            headline += words.phrase("pay_by", day=self._day(action.pay_by.isoformat()))
        headline += words.phrase("stage", stage=action.stage)
        return Explanation(headline, children=self._reasons(action.reasons))

    def _hold(self, hold: Hold) -> Explanation:
        words = self.words
        why = words.set_text(words.holds[hold.kind])
        if hold.until is not None:
            why += words.phrase("until", until=self._day(hold.until.isoformat()))
        if hold.next_stage is not None:
            why += words.phrase("then", stage=hold.next_stage)
        return Explanation(
            words.phrase("hold", item=self._item(hold.item_id), why=why), children=self._reasons(hold.reasons)
        )

    def _sum(self, item: ClaimItem) -> Explanation:
        headline = self.words.phrase(
            "sum",
            item=item.item_id,
            principal=self._value("principal", item.principal),
            interest=self._value("interest", item.late_interest),
            indemnity=self._value("indemnity", item.indemnity),
            days=self._value("days", item.days_late),
        )
        segments = tuple(self._segment(segment) for segment in item.segments)
        return Explanation(headline, children=segments + self._reasons(item.reasons))

    def _segment(self, segment: Segment) -> Explanation:
        values = {
            "amount": segment.amount,
            "principal": segment.principal,
            "rate": f"{segment.rate:f}",
            "from": segment.from_.isoformat(),
            "through": segment.through.isoformat(),
            "days": segment.days,
        }
        written = {name: self._value(name, value) for name, value in values.items()}
        return self._sourced(self.words.phrase("segment", **written), segment.source)

    def _deadline(self, deadline: Deadline) -> Explanation:
        words = self.words
        path = [
            self._sourced(
                words.phrase(
                    "path",
                    on=self._day(step.from_.isoformat()),
                    act=words.coded(words.acts, step.act),
                    effect=words.coded(words.effects, step.effect),
                ),
                step.source,
            )
            for step in deadline.path
        ]
        headline = words.phrase(
            "deadline",
            item=self._item(deadline.item_id),
            deadline=self._value("deadline", deadline.kind.value),
            last_day=self._day(deadline.last_day.isoformat()),
            regime=self._value("regime", deadline.regime),
        )
        return Explanation(headline, children=tuple(path))

    @staticmethod
    def _sourced(headline: str, source: Source) -> Explanation:
        return Explanation(headline, Authority.LAW, source.article, source.confidence)

    def _doubt(self, doubt: Doubt) -> Explanation:
        told = self._reason(doubt.reason)
        return told._replace(headline=self.words.phrase("doubt", item=self._item(doubt.item_id), why=told.headline))

    def _next(self, decision: Decision) -> str:
        if decision.next_wakeup is None:
            return self.words.phrase("never")
        return self.words.phrase("next", on=self._day(decision.next_wakeup.isoformat()))

    def _made_with(self, decision: Decision) -> str:
        stamps = decision.stamps
        return self.words.phrase(
            "made_with",
            scenario=stamps.scenario,
            hash=stamps.scenario_hash,
            edition=stamps.law_edition,
            version=stamps.package_version,
            events=self._value("events", stamps.case_version),
        )
