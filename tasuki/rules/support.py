"""アウトリーチ・見守り・参加支援・助言: the lighter lines of support, each with its own guard (T09, T20–T21, T27–T28)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from tasuki.rules.refusal import Refusal, first, refused_if


def why_not_outreach(
    *, has_case: bool, basis: str, to_own_agency: bool, consent_reaches: bool, invited: bool, can_be_asked: bool
) -> Refusal | None:
    """T09: on consent that reaches the outreach body, an item it was invited to, or one's own purpose."""
    return first(
        refused_if(not has_case, "NO_CASE"),
        refused_if(not can_be_asked, "CANNOT_BE_ASKED"),
        refused_if(basis == "OWN_PURPOSE" and not to_own_agency, "OWN_PURPOSE_IS_ONES_OWN"),
        refused_if(basis == "CONSENT" and not consent_reaches, "CONSENT_DOES_NOT_REACH"),
        refused_if(basis == "ARTICLE_106_6" and not invited, "NOT_INVITED_TO_ITEM"),
    )


def why_not_visit(*, has_strand: bool) -> Refusal | None:
    """A visit belongs to an outreach that was started for this agency."""
    return refused_if(not has_strand, "OUTREACH_NOT_STARTED")


@dataclass(frozen=True)
class Watcher:
    """What must hold for an agency that shall look in on somebody (settled 26)."""

    name: str
    in_office: bool
    city_section: bool
    barred: bool
    knows: bool


def why_not_watch(watchers: Iterable[Watcher], *, every_days: int, triggers: int) -> Refusal | None:
    """T27: who, how often, what calls for help, who goes first; each a section of the city or with a ground."""
    return first(
        refused_if(every_days < 1, "INTERVAL_MISSING"),
        refused_if(triggers == 0, "TRIGGER_MISSING"),
        *(refused_if(not one.in_office, "CONTRACT_ENDED", name=one.name) for one in watchers),
        *(
            refused_if(one.barred or not (one.city_section or one.knows), "WATCHER_WITHOUT_GROUND", name=one.name)
            for one in watchers
        ),
    )


OTHER_SIGNAL = "その他"
SIGNALS = (
    "新聞や郵便がたまる", "雨戸やカーテンが閉まったまま", "夜に灯りがつかない", "電話に出ない", "約束の場所に来ない", "体の具合が急に悪い",
    "救急搬送", "近所からの通報",
)  # fmt: skip
"""What calls for help wherever somebody is looked in on, beside the signals of a card (F17)."""


def signals_of(card: Iterable[str]) -> list[str]:
    """Return the signals that may have fired, those of the card first, その他 last."""
    return list(dict.fromkeys([*card, *SIGNALS, OTHER_SIGNAL]))


def signal_in(words: str, card: Iterable[str]) -> str:
    """Return the signal that words say, for a story that gives no code; その他 when they say none."""
    return next((one for one in signals_of(card) if one in words), OTHER_SIGNAL)


def why_not_trigger(*, signal: str, card: Iterable[str], words: str) -> Refusal | None:
    """T28: which signal has fired; その他 says in words what was seen."""
    return first(
        refused_if(signal not in signals_of(card), "SIGNAL_MISSING"),
        refused_if(signal == OTHER_SIGNAL and not words.strip(), "SIGNAL_WITHOUT_WORDS"),
    )


@dataclass(frozen=True)
class OpenTurn:
    """当番: whose turn it is to look in, and whose it was before somebody took it over."""

    agency: UUID
    taken_from: UUID | None = None


def turn_of(rota: Sequence[UUID], turn: UUID | None, taken_from: UUID | None = None) -> OpenTurn:
    """Return the turn that stands now; before anybody looked in it is the first of the rota."""
    return OpenTurn(turn or rota[0], taken_from)


def turn_after(rota: Sequence[UUID], turn: OpenTurn, looked_in: UUID) -> OpenTurn:
    """Return whose turn is next after somebody looked in (様 F17).

    Who looks in outside their turn has done a kindness: the turn stays. A turn taken over is followed by the one after
    whose turn it was, so that nobody is passed over and nobody has two in a row for having helped.
    """
    if looked_in != turn.agency or not rota:
        return turn
    whose = turn.taken_from or turn.agency
    return OpenTurn(rota[(rota.index(whose) + 1) % len(rota)] if whose in rota else rota[0])


def turns_ahead(rota: Sequence[UUID], turn: OpenTurn, count: int) -> list[UUID]:
    """Return whose turns come, the open one first."""
    found = [turn]
    while rota and len(found) < count:
        found.append(turn_after(rota, found[-1], found[-1].agency))
    return [one.agency for one in found]


def why_not_take_turn(*, ended: bool, on_card: bool, has_turn: bool) -> Refusal | None:
    """当番を引き継ぐ: somebody of the card takes the open turn; whose it was is not blamed, the next turn is as planned."""
    return first(
        refused_if(ended, "NO_WATCH"), refused_if(not on_card, "NOT_ON_ROTA"), refused_if(has_turn, "TURN_IS_YOURS")
    )


def why_not_participation(*, plan_wants_it: bool, programme_runs: bool) -> Refusal | None:
    """T20: 参加支援 starts on a decided plan with 参加支援 要, where the town runs the programme (第2号)."""
    return first(
        refused_if(not plan_wants_it, "PLAN_WITHOUT_PARTICIPATION"),
        refused_if(not programme_runs, "PROGRAMME_NOT_RUNNING"),
    )


def why_not_advise(*, names_people: bool, consent_reaches: bool) -> Refusal | None:
    """Agencies advise each other freely; with a name only when the consent reaches the one asked."""
    return refused_if(names_people and not consent_reaches, "ADVICE_WITH_A_NAME")
