"""What must hold in every database of Tasuki, each as one statement that gives the ids for which it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tasuki.rules.case import OVER
from tasuki.rules.codes import Kind
from tasuki.rules.referral import ReferralState


@dataclass(frozen=True)
class Invariant:
    """`statement` gives one column of ids (never a name); no rows mean that `sentence` holds.

    `live_only` marks what a database of rehearsals cannot keep, whose clock comes from a script.
    """

    name: str
    sentence: str
    statement: str
    live_only: bool = False


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))


# What is written about nobody in particular: a notice, a meeting, a review, a free advice.
_WITHOUT_PERSON = {Kind.NOTICE, Kind.SUMMONS, Kind.SITTING, Kind.MEETING, Kind.REVIEW, Kind.ADVICE}
_ANSWERED = {*ReferralState} - {ReferralState.OFFERED}

RELAY = (
    Invariant(
        "one_holder_now",
        "廃棄したもののほか、どのケースにも、たすきを持つ機関がいまちょうど1つある",
        """SELECT c.id FROM records_case c
        WHERE c.state <> 'DISPOSED' AND (SELECT count(*) FROM records_holding h WHERE h.case_id = c.id AND h.until IS NULL) <> 1""",
    ),
    Invariant(
        "sash_unbroken",
        "たすきは、ケースの始まりから途切れも重なりもなく渡っている",
        """SELECT DISTINCT c.id FROM records_case c JOIN (
            SELECT case_id, since, until,
                   lag(until) OVER w AS before, row_number() OVER w AS place
            FROM records_holding WINDOW w AS (PARTITION BY case_id ORDER BY since, until NULLS LAST)
        ) h ON h.case_id = c.id
        WHERE (h.place = 1 AND h.since <> c.opened_at) OR (h.place > 1 AND h.before IS DISTINCT FROM h.since)
           OR h.until < h.since""",
    ),
    Invariant(
        "holder_in_office",
        "動いているケースのたすきを、契約の終わった機関が持っていない",
        """SELECT h.case_id FROM records_holding h JOIN records_case c ON c.id = h.case_id
        JOIN records_agency g ON g.id = h.agency_id
        WHERE h.until IS NULL AND c.ended_at IS NULL AND least(g.contract_until, g.valid_until) < day_of(now())""",
        live_only=True,
    ),
    Invariant(
        "one_open_referral",
        "返事を待つつなぎは、1つのケースに1つまで",
        "SELECT case_id FROM records_referral WHERE state = 'OFFERED' GROUP BY case_id HAVING count(*) > 1",
    ),
    Invariant(
        "answered_referrals_say_when",
        "返事のあったつなぎには、いつ誰が答えたかがある",
        f"""SELECT id FROM records_referral
        WHERE (state IN ({_quoted(_ANSWERED)})) <> (answered_at IS NOT NULL AND answered_by_id IS NOT NULL)""",  # noqa: S608  words of an enum
    ),
    Invariant(
        "acceptance_moved_the_sash",
        "受けたつなぎでは、その瞬間にたすきが受けた機関へ移っている",
        """SELECT r.id FROM records_referral r WHERE r.state = 'ACCEPTED' AND NOT EXISTS (
            SELECT FROM records_holding h WHERE h.case_id = r.case_id AND h.agency_id = r.receiver_id
              AND (h.since = r.answered_at
                   OR h.since < r.answered_at AND (h.until IS NULL OR h.until > r.answered_at)))""",
    ),
    Invariant(
        "only_acceptance_moved_the_sash",
        "受けていないつなぎで、たすきが移っていない",
        """SELECT h.id FROM records_holding h WHERE h.reason IN ('ACCEPTED', 'HANDED_BACK') AND NOT EXISTS (
            SELECT FROM records_referral r WHERE r.case_id = h.case_id AND r.receiver_id = h.agency_id
              AND r.state = 'ACCEPTED' AND r.answered_at = h.since)""",
    ),
    Invariant(
        "ended_cases_say_when",
        "終わったケースには終わりの日時があり、動いているケースにはない",
        f"SELECT id FROM records_case WHERE (state IN ({_quoted(OVER)})) <> (ended_at IS NOT NULL)",  # noqa: S608  words of an enum
    ),
    Invariant(
        "workers_have_posts",
        "動いているケースの担当者には、いまの所属がある",
        """SELECT DISTINCT w.staff_id FROM records_caseworker w JOIN records_case c ON c.id = w.case_id
        WHERE w.until IS NULL AND c.ended_at IS NULL AND NOT EXISTS (
            SELECT FROM records_post p WHERE p.staff_id = w.staff_id AND (p.until IS NULL OR p.until > now()))""",
    ),
)

PEOPLE = (
    Invariant(
        "records_name_somebody",
        "人についての記録には、その人がある",
        f"""SELECT r.id FROM records_record r WHERE r.kind NOT IN ({_quoted(_WITHOUT_PERSON)})
        AND NOT (r.kind = 'PARTICIPATION' AND r.details ->> 'step' = 'host_follow_up')
        AND NOT EXISTS (SELECT FROM records_subject s WHERE s.record_id = r.id)""",  # noqa: S608  words of an enum
    ),
    Invariant(
        "subjects_repeat_their_record",
        "記録の対象者の行は、記録の機関と種類をそのまま写している",
        """SELECT s.id FROM records_subject s JOIN records_record r ON r.id = s.record_id
        WHERE s.agency_id <> r.agency_id OR (s.kind <> r.kind AND NOT (s.kind = 'KEPT' AND (
            r.archived_at IS NOT NULL OR r.kind IN ('SUMMONS', 'SITTING')))) OR (r.archived_at IS NOT NULL AND s.kind <> 'KEPT')""",
    ),
    Invariant(
        "put_away_is_whole",
        "保存に移したケースの記録と議題は、すべて保存に移り、ほかのケースのものは1つも移っていない",
        """SELECT r.id FROM records_record r JOIN records_case c ON c.id = r.case_id
        WHERE (c.state = 'ARCHIVED') <> (r.archived_at IS NOT NULL)
        UNION SELECT i.id FROM records_agendaitem i JOIN records_case c ON c.id = i.case_id
        WHERE (c.state = 'ARCHIVED') <> (i.archived_at IS NOT NULL)
        UNION SELECT c.id FROM records_case c WHERE (c.state IN ('ARCHIVED', 'DISPOSED')) <> EXISTS (
            SELECT FROM records_keeping k WHERE k.case_id = c.id AND k.archived_at IS NOT NULL)""",
    ),
    Invariant(
        "disposed_is_gone",
        "廃棄したケースには、台帳の1行のほか何もない",
        """SELECT c.id FROM records_case c WHERE c.state = 'DISPOSED' AND (
            NOT EXISTS (SELECT FROM records_keeping k WHERE k.case_id = c.id AND k.disposed_at IS NOT NULL)
            OR EXISTS (SELECT FROM records_record r WHERE r.case_id = c.id)
            OR EXISTS (SELECT FROM records_caseperson p WHERE p.case_id = c.id)
            OR EXISTS (SELECT FROM records_agendaitem i WHERE i.case_id = c.id))""",
    ),
    Invariant(
        "open_cases_have_people",
        "動いているケースには人がいて、みな同じ世帯に属する",
        """SELECT c.id FROM records_case c WHERE c.ended_at IS NULL AND NOT EXISTS (
            SELECT FROM records_caseperson p WHERE p.case_id = c.id AND p.left_at IS NULL)
        UNION SELECT c.id FROM records_case c JOIN records_caseperson p ON p.case_id = c.id AND p.left_at IS NULL
            JOIN records_person q ON q.id = p.person_id WHERE q.household_id <> c.household_id""",
    ),
    Invariant(
        "named_people_can_be_found",
        "名前のある人には、さがすための鍵がある",
        """SELECT p.id FROM records_person p WHERE concat(p.name, p.kana, p.alias) ~ '[[:alnum:]]' AND NOT EXISTS (
            SELECT FROM records_searchkey k WHERE k.person_id = p.id AND k.key <> ''
              AND k.kind IN ('NAME', 'KANA', 'ALIAS'))""",
    ),
    Invariant(
        "links_and_identity_agree",
        "名寄せされた人どうしだけが、同じ人として扱われている",
        """WITH RECURSIVE living AS (
            SELECT first AS one, second AS other FROM records_personlink WHERE ended_at IS NULL
            UNION SELECT second, first FROM records_personlink WHERE ended_at IS NULL
        ), near(person, reached) AS (
            SELECT one, one FROM living UNION SELECT n.person, l.other FROM near n JOIN living l ON l.one = n.reached
        ), settled AS (SELECT person, min(reached::text)::uuid AS identity FROM near GROUP BY person)
        SELECT p.id FROM records_person p LEFT JOIN settled s ON s.person = p.id
        WHERE p.identity <> coalesce(s.identity, p.id)""",
    ),
    Invariant(
        "consent_reaches_inside_its_period",
        "同意の及ぶ範囲は、同意した人と期間の中にある",
        """SELECT r.id FROM records_consentreach r JOIN records_consent c ON c.id = r.consent_id
        WHERE r.person_id <> c.person_id OR r.since < c.given_at
           OR (c.until IS NOT NULL AND (r.until IS NULL OR r.until > c.until))""",
    ),
)

MEETINGS = (
    Invariant(
        "decided_plans_were_judged_and_applied_for",
        "支援決定されたプランは、申込みがあり、決定者が会議の前に決める町のほかでは、先に適切と判断されている",
        """SELECT p.id FROM records_plan p WHERE (p.state = 'DECIDED' OR p.decided_at IS NOT NULL)
        AND (p.decided_at IS NULL OR p.applied_on IS NULL OR (p.judged_at IS NULL OR p.judged_at > p.decided_at)
             AND (SELECT s.body ->> 'd2_decider' FROM records_setting s WHERE s.municipality_id = p.municipality_id AND s.section = 'decision'
                  AND s.since <= p.decided_at ORDER BY s.since DESC, s.id DESC LIMIT 1) IS DISTINCT FROM 'city_before')""",
    ),
    Invariant(
        "one_decided_plan",
        "支援決定されたプランは、1つのケースに種類ごとに1つまで",
        "SELECT case_id FROM records_plan WHERE state = 'DECIDED' GROUP BY case_id, kind HAVING count(*) > 1",
    ),
    Invariant(
        "held_sittings_say_when",
        "開いた会議には、開いた日時がある",
        "SELECT id FROM records_sitting WHERE (state = 'HELD') <> (held_at IS NOT NULL)",
    ),
    Invariant(
        "sealed_guests_had_pledged",
        "同意によらない議題に招かれた人は、その日に守秘義務の誓約がある",
        """SELECT s.id FROM records_seat s JOIN records_agendaitem i ON i.id = s.item_id
        JOIN records_sitting t ON t.id = i.sitting_id
        WHERE i.basis = 'ARTICLE_106_6' AND s.present IS NOT FALSE
          AND NOT has_pledge(s.staff_id, day_of(coalesce(t.held_at, t.at)))""",
    ),
    Invariant(
        "numbers_are_given_once",
        "受付番号は、1つの自治体に1つずつ",
        """SELECT min(c.id::text) FROM records_consultation c WHERE c.number <> ''
        GROUP BY c.municipality_id, c.number HAVING count(*) > 1""",
    ),
)

HOUSE = (
    Invariant(
        "every_table_is_closed",
        "どの表にも行の保護が掛かり、持ち主にも効き、規則がある",
        """SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND c.relname ^@ 'records_' AND NOT (c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))""",
    ),
    Invariant(
        "no_rehearsal",
        "稽古用の印がない（あると、時計を外から動かせる）",
        "SELECT since::text FROM rehearsal",
        live_only=True,
    ),
)

# Lists of ids, which no foreign key watches: table, column, target.
NOBODY = "00000000-0000-0000-0000-000000000000"  # what the system did by itself stands in the journal under this
_LISTS = (
    ("conference", "secretariat", "agency"),
    ("conference", "members", "agency"),
    ("sitting", "secretariat", "agency"),
    ("sitting", "present", "staff"),
    ("watch", "watchers", "agency"),
    ("protection", "tell_nothing", "agency"),
)
_SINGLE = (
    ("personlink", "first", "person"),
    ("personlink", "second", "person"),
    ("journalline", "staff", "staff"),
    ("journalline", "agency", "agency"),
    ("readline", "staff", "staff"),
)


def borders() -> Invariant:
    """Give the invariant over every reference between two tables of municipalities; Django must be set up."""
    from tasuki.records.keys import wanted

    parts = [
        f"SELECT a.id FROM {key.table} a WHERE a.{key.columns[-1]} IS NOT NULL AND NOT EXISTS ("  # noqa: S608
        f"SELECT FROM {key.target} b WHERE b.{key.goals[-1]} = a.{key.columns[-1]}"
        " AND b.municipality_id = a.municipality_id)"
        for key in wanted()
        if len(key.goals) > 1
    ]
    parts += [_foreign(table, f"unnest(a.{column})", target) for table, column, target in _LISTS]
    parts += [_foreign(table, f"unnest(ARRAY[a.{column}])", target) for table, column, target in _SINGLE]
    sentence = "どの行も、同じ自治体の行だけを指している"
    return Invariant("inside_one_municipality", sentence, " UNION ALL ".join(parts))


def _foreign(table: str, ids: str, target: str) -> str:
    return (
        f"SELECT a.id FROM records_{table} a, {ids} x WHERE NOT EXISTS (SELECT FROM records_{target} b"  # noqa: S608
        f" WHERE b.id = x AND b.municipality_id = a.municipality_id) AND x <> '{NOBODY}'"
    )


def invariants(*, live: bool) -> Iterator[Invariant]:
    """Give all of them in the order in which they are told; `live` is False for a database of rehearsals."""
    for one in (*RELAY, *PEOPLE, *MEETINGS, borders(), *HOUSE):
        if live or not one.live_only:
            yield one
