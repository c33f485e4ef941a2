"""Mutants: the law broken on purpose, one line at a time, to prove that the oracle would see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tasuki.ops import Unfit
from tasuki.ops.database import Server
from tasuki.ops.oracle.search import search
from tasuki.ops.oracle.stage import TEMPLATE, bench
from tasuki.records.policies import PREFIX, SQL


@dataclass(frozen=True)
class Mutant:
    """One textual change of one file below records/sql."""

    name: str
    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Caught:
    """After how many worlds a mutant was seen (0: never), and the first difference."""

    name: str
    file: str
    after: int
    difference: str


LISTED = "functions/05_visible.sql"
SIGHT, ASKER, FACTS, WRITING = (f"functions/{name}.sql" for name in ("03_sight", "02_asker", "04_facts", "08_writing"))

MUTANTS = (
    Mutant("人の閲覧制限を見ない", SIGHT, "    IF is_barred(a, ids) THEN RETURN held; END IF;\n", ""),
    Mutant("解けた閲覧制限がまだ効く", SIGHT, "b.person_id = ANY(ids) AND b.ended_at IS NULL\n                   AND (b.agency_id = a.agency OR b.staff_id = a.staff))\n$$", "b.person_id = ANY(ids)\n                   AND (b.agency_id = a.agency OR b.staff_id = a.staff))\n$$"),
    Mutant("記録の閲覧制限を見ない", SIGHT, "WHERE s.record_id = rec AND b.ended_at IS NULL AND (b.agency_id", "WHERE false AND b.ended_at IS NULL AND (b.agency_id"),
    Mutant("ケースの閲覧制限を見ない", SIGHT, "WHERE s.case_id = c AND s.left_at IS NULL AND b.ended_at IS NULL", "WHERE false AND s.left_at IS NULL AND b.ended_at IS NULL"),
    Mutant("撤回した同意がまだ届く", SIGHT, "AND r.since <= at AND r.ended_at IS NULL AND (r.until IS NULL OR day <= r.until)", "AND r.since <= at AND (r.until IS NULL OR day <= r.until)"),
    Mutant("同意の最後の日に届かない", SIGHT, "AND r.since <= at AND r.ended_at IS NULL AND (r.until IS NULL OR day <= r.until)", "AND r.since <= at AND r.ended_at IS NULL AND (r.until IS NULL OR day < r.until)"),
    Mutant("同意から除いた人を忘れる", SIGHT, "AND (x.agency_id = to_agency OR x.staff_id = to_staff)))", "AND x.agency_id = to_agency))"),
    Mutant("撤回した同意がまだ記録に届く", SIGHT, "AND c.since <= a.at AND c.ended_at IS NULL AND", "AND c.since <= a.at AND"),
    Mutant("情報の種類を問わない", SIGHT, "AND c.data_class = r.data_class", "AND c.data_class = c.data_class"),
    Mutant("範囲を問わない", SIGHT, "AND r.scope = 'CASE_TEAM' AND EXISTS", "AND EXISTS"),
    Mutant("全員でなく、1人の同意で開く", SIGHT, "WHERE s.record_id = rec AND NOT EXISTS (\n            SELECT FROM records_person o JOIN records_consentreach", "WHERE s.record_id = rec AND s.id = (SELECT min(f.id::text)::uuid FROM records_subject f WHERE f.record_id = rec) AND NOT EXISTS (\n            SELECT FROM records_person o JOIN records_consentreach"),
    Mutant("誓約を問わない", SIGHT, "AND has_pledge(a.staff, day_of(a.at)))", ")"),
    Mutant("誓約の最後の日を1日のばす", SIGHT, "AND day <= p.until)", "AND day <= p.until + 1)"),
    Mutant("席が人について動く", SIGHT, "AND s.staff_id = a.staff AND s.agency_id = a.agency", "AND s.staff_id = a.staff"),
    Mutant("代理の後任も席を継ぐ", SIGHT, "AND s.staff_id = a.staff AND s.agency_id = a.agency\n                   AND has_pledge(a.staff, day_of(a.at)))", "AND (s.staff_id = a.staff OR s.is_deputy) AND s.agency_id = a.agency\n                   AND has_pledge(a.staff, day_of(a.at)))"),
    Mutant("会議の1つの席がすべての議題を開く", SIGHT, "WHERE s.item_id = item AND s.staff_id = a.staff AND s.agency_id", "WHERE s.item_id IN (SELECT o.id FROM records_agendaitem i JOIN records_agendaitem o ON o.sitting_id = i.sitting_id WHERE i.id = item) AND s.staff_id = a.staff AND s.agency_id"),
    Mutant("見えない議題の席が、人を開く", SIGHT, "SELECT is_seated(a, item) AND NOT EXISTS (", "SELECT is_seated(a, item) OR NOT EXISTS ("),
    Mutant("取り下げたつなぎが閉じない", SIGHT, "ELSE at < answered_at + interval '30 days' END", "ELSE true END"),
    Mutant("30日の終わりを1つのばす", SIGHT, "ELSE at < answered_at + interval '30 days' END", "ELSE at <= answered_at + interval '30 days' END"),
    Mutant("終結したつなぎが開いたまま", SIGHT, "WHEN 'ACCEPTED' THEN closed_at IS NULL", "WHEN 'ACCEPTED' THEN true"),
    Mutant("緊急閲覧が封をした議題を開く", SIGHT, "WHEN is_seated(a, item) THEN ARRAY['ARTICLE_106_6'] ELSE held END", "WHEN is_seated(a, item) OR has_emergency(a, people) THEN ARRAY['ARTICLE_106_6'] ELSE held END"),
    Mutant("緊急閲覧が閉じない", SIGHT, "AND e.opened_at <= a.at AND a.at < e.until)", "AND e.opened_at <= a.at)"),
    Mutant("緊急閲覧が同僚にも開く", SIGHT, "WHERE e.person_id = ANY(ids) AND e.staff_id = a.staff", "WHERE e.person_id = ANY(ids) AND (e.staff_id = a.staff OR e.agency_id = a.agency)"),
    Mutant("伏せた情報提供者を緊急閲覧が開く", SIGHT, "IF NOT r.informant_confidential AND EXISTS", "IF EXISTS"),
    Mutant("住所の保護を見ない", SIGHT, "RETURN NOT EXISTS (SELECT FROM records_protection", "RETURN true OR NOT EXISTS (SELECT FROM records_protection"),
    Mutant("同じ世帯の人も見える", SIGHT, "JOIN records_person o ON o.identity = q.identity AND o.municipality_id = q.municipality_id\n    WHERE q.id = p AND q.municipality_id", "JOIN records_person o ON o.household_id = q.household_id AND o.municipality_id = q.municipality_id\n    WHERE q.id = p AND q.municipality_id"),
    Mutant("名寄せを忘れる", SIGHT, "JOIN records_person o ON o.identity = q.identity AND o.municipality_id = q.municipality_id\n    WHERE q.id = p AND q.municipality_id", "JOIN records_person o ON o.id = q.id AND o.municipality_id = q.municipality_id\n    WHERE q.id = p AND q.municipality_id"),
    Mutant("終わった見守りがまだ庁内の根拠になる", SIGHT, "WHERE w.ended_at IS NULL AND (a.agency = ANY", "WHERE (a.agency = ANY"),
    Mutant("委託の見守りも庁内の根拠になる", SIGHT, "AND g.mode = '直営'", ""),
    Mutant("判断の前に支援決定権者が見る", SIGHT, "WHERE p.record_id = rec AND is_before_the_decider(p))", "WHERE p.record_id = rec)"),
    Mutant("申込みの後の支援決定権者が見ない（町の設定）", SIGHT, "OR (p.applied_on IS NOT NULL AND town_decider(p.municipality_id) = 'city_before')", ""),
    Mutant("申込みの後の支援決定権者が、どの町でも見る", LISTED, "AND town_decider(a.municipality) = 'city_before'", ""),
    Mutant("管理者が業務の記録を見る", ASKER, "'DESK', 'PARTNER']", "'DESK', 'PARTNER', 'MGR', 'ADMIN']"),
    Mutant("委託の終わりが1日のびる", ASKER, "day_of(moment) <= a.contract_until)", "day_of(moment) <= a.contract_until + 1)"),
    Mutant("委託が最後の日に切れる", ASKER, "day_of(moment) <= a.contract_until)", "day_of(moment) < a.contract_until)"),
    Mutant("制限された議題にも招集した機関が書ける（INSERT）", WRITING, "WHERE x.item_id = item AND asker_is_barred(x.person_id))", "WHERE false)"),
    Mutant("守秘の確認を問わない", ASKER, "    IF owes_acknowledgment(who) THEN RETURN bind_asker(NULL); END IF;\n", ""),
    Mutant("前の年度の守秘の確認で足りる", ASKER, "AND k.agency_id = a.agency AND k.fiscal_year = fiscal_year_of(a.at))", "AND k.agency_id = a.agency)"),
    Mutant("ほかの機関での守秘の確認で足りる", ASKER, "AND k.agency_id = a.agency AND k.fiscal_year", "AND k.fiscal_year"),
    Mutant("終わった在籍がまだ効く", ASKER, "AND p.since <= moment AND (p.until IS NULL OR moment < p.until)", "AND p.since <= moment AND (p.until IS NULL OR moment <= p.until)"),
    Mutant("終わった機関の記録をだれも継がない", ASKER, "AND least(e.contract_until, e.valid_until) < day_of(at) AND e.id <> whose", "AND false"),
    Mutant("自治体の境を忘れる", "policies/agency.sql", "FOR SELECT TO tasuki_app\n    USING (municipality_id = (select asker_municipality()))", "FOR SELECT TO tasuki_app\n    USING (true)"),
    Mutant("見えない議題の人も名簿に出る", "policies/subject.sql", "r.kind NOT IN ('SUMMONS', 'SITTING') OR", "true OR"),
    Mutant("電話の記録の番号が、記録と同じだけ見える", FACTS, "SELECT record_ground(rec) IS NOT NULL\n        AND NOT EXISTS (SELECT FROM records_subject s WHERE s.record_id = rec AND NOT sees_address(s.person_id))", "SELECT record_ground(rec) IS NOT NULL"),
    Mutant("電話の鍵を保護しない", "policies/searchkey.sql", "AND (kind <> 'PHONE' OR sees_address(person_id))", ""),
    Mutant("約束を役割なしに読める", FACTS, "SELECT reads_cases((asker()).sets)\n       AND", "SELECT"),
    Mutant("書く人を問わない（INSERT）", "policies/subject.sql", "AND may_write_about(record_id, person_id, kind, agency_id)", ""),
    Mutant("見えないケースに書ける（INSERT）", "policies/record.sql", "AND may_write_in_case(case_id, kind, amends_id)", ""),
    Mutant("他人の名で同意を書ける（INSERT）", "policies/consentreach.sql", "AND writes_consent(consent_id, person_id)", ""),
    Mutant("誓約なしに席を出せる（INSERT）", WRITING, "has_pledge(who, day_of(asker_at()))\n        OR", "true\n        OR"),
    Mutant("知らない人を議題にできる（INSERT）", WRITING, "AND may_name(p) AND (asker_knows(p) OR EXISTS (", "AND may_name(p) AND (true OR EXISTS ("),
    Mutant("席の人も議題を書き換えられる（UPDATE）", "policies/agendaitem.sql", "item_ground(id) IS NOT NULL AND prepares(sitting_id)", "item_ground(id) IS NOT NULL"),
    Mutant("よその記録を閉じられる（UPDATE）", "policies/record.sql", "USING (municipality_id = (select asker_municipality()) AND agency_id = (select asker_agency()) AND record_ground(id) IS NOT NULL AND archived_at IS NULL)", "USING (municipality_id = (select asker_municipality()))"),
    Mutant("一覧が閲覧制限を忘れる（人）", LISTED, "AND p.identity NOT IN (SELECT b.identity FROM barred b)", ""),
    Mutant("一覧が閲覧制限を忘れる（ケース）", LISTED, "AND h.id NOT IN (SELECT b.case_id FROM barred b)", ""),
    Mutant("一覧が同意の除外を忘れる", LISTED, "AND NOT EXISTS (SELECT FROM records_consentexclusion x WHERE x.consent_id = r.consent_id\n                          AND (x.agency_id = a.agency OR x.staff_id = a.staff))", ""),
    Mutant("一覧が封をした議題の席を忘れる", LISTED, "WHERE s.staff_id = a.staff AND s.agency_id = a.agency\n                        AND has_pledge", "WHERE has_pledge"),
    Mutant("保存に移したケースが受け付けた機関に残る", SIGHT, "IF k.state = 'ARCHIVED' THEN RETURN CASE WHEN 'PRIV' = ANY(a.sets) THEN ARRAY['LAW'] ELSE held END; END IF;", "IF k.state = 'ARCHIVED' AND 'PRIV' = ANY(a.sets) THEN RETURN ARRAY['LAW']; END IF;"),
    Mutant("保存に移した記録が書いた機関に残る", SIGHT, "IF r.archived_at IS NOT NULL THEN RETURN CASE WHEN 'PRIV' = ANY(a.sets) THEN ARRAY['LAW'] ELSE held END; END IF;", "IF r.archived_at IS NOT NULL AND 'PRIV' = ANY(a.sets) THEN RETURN ARRAY['LAW']; END IF;"),
    Mutant("保存に移した議題が席で開く", SIGHT, "IF i.archived_at IS NOT NULL THEN RETURN CASE WHEN 'PRIV' = ANY(a.sets) THEN ARRAY['LAW'] ELSE held END; END IF;", ""),
    Mutant("個人情報保護担当が生きた記録の人も見る", SIGHT, "AND NOT EXISTS (SELECT FROM records_subject s WHERE s.person_id = ANY(ids) AND s.kind <> 'KEPT')", ""),
    Mutant("一覧が保存を忘れる（ケース）", LISTED, "AND h.id NOT IN (SELECT k.id FROM kept k)", ""),
    Mutant("保存に移したケースに書ける（INSERT）", WRITING, "SELECT c IS NULL OR NOT case_is_kept(c) AND (case_ground(c) IS NOT NULL", "SELECT c IS NULL OR (case_ground(c) IS NOT NULL"),
    Mutant("保存に移したケースを書き換えられる（UPDATE）", "policies/case.sql", "AND state NOT IN ('ARCHIVED', 'DISPOSED') AND", "AND"),
    Mutant("記録の一覧が保存を忘れる", "functions/07_lists.sql", " AND r.archived_at IS NULL THEN 'HOLDER'", " THEN 'HOLDER'"),
    Mutant("記録の一覧が閲覧制限を忘れる", "functions/07_lists.sql", "SELECT FROM records_bar x WHERE x.ended_at IS NULL AND (x.agency_id = b.agency OR x.staff_id = b.staff)) AS barred", "SELECT FROM records_bar x WHERE false) AS barred"),
    Mutant("名前の検索が緊急の根拠を落とす", "functions/06_search.sql", "            OR EXISTS (SELECT FROM records_emergency e WHERE e.person_id = o.id AND e.staff_id = a.staff)\n", ""),
    Mutant("名前の検索が見守りの根拠を落とす", "functions/06_search.sql", "            OR EXISTS (SELECT FROM records_subject s WHERE s.person_id = o.id AND s.kind = 'WATCH')\n", ""),
    Mutant("ことばの検索が保存を落とす", "functions/07_words.sql", "    UNION SELECT r.id FROM records_record r WHERE 'PRIV' = ANY(a.sets) AND r.municipality_id = a.municipality AND r.archived_at IS NOT NULL\n", ""),
    Mutant("取り出しが、同じ人のほかのサインインでも見える", "policies/export.sql", "    USING (municipality_id = (select asker_municipality()) AND staff_id = (select asker_staff()) AND session = (select asker_session()));\nCREATE POLICY app_insert", "    USING (municipality_id = (select asker_municipality()) AND staff_id = (select asker_staff()));\nCREATE POLICY app_insert"),
    Mutant("時間を過ぎた取り出しが読める", "policies/exportpiece.sql", " AND (select asker_at()) < e.until));", "));"),
    Mutant("一覧が見守りの根拠を落とす", LISTED, "AND w.ended_at IS NULL AND (a.agency = ANY(w.watchers)", "AND w.ended_at IS NULL AND false AND (a.agency = ANY(w.watchers)"),
)  # fmt: skip


def changed_text(mutant: Mutant, folder: Path = SQL) -> str:
    """Return the file with the mutant in it. Raises Unfit when the text that it changes is not there exactly once."""
    text = (folder / mutant.file).read_text(encoding="utf-8")
    if text.count(mutant.old) != 1:
        raise Unfit(
            f"壊し方「{mutant.name}」の元の文が {mutant.file} に {text.count(mutant.old)} か所あります（1か所のはず）。"
        )
    return text.replace(mutant.old, mutant.new)


def plant(server: Server, name: str, mutant: Mutant) -> None:
    """Break the law in the database `name`."""
    text = changed_text(mutant)
    with psycopg.connect(server.admin_dsn(name)) as admin:
        if mutant.file.startswith("policies/"):
            table = PREFIX + Path(mutant.file).stem
            for (policy,) in admin.execute(
                "SELECT policyname FROM pg_policies WHERE tablename = %s", [table]
            ).fetchall():
                admin.execute(f'DROP POLICY "{policy}" ON {table}'.encode())
        admin.execute(text.encode())


def try_all(server: Server, worlds: int, seed: int, only: str | None = None) -> Iterable[Caught]:
    """Break the law once for each mutant, in a copy of its own, and search until it is seen or the worlds run out."""
    chosen = [one for one in MUTANTS if only in {None, one.name}]
    for one in MUTANTS:
        changed_text(one)  # a mutant that fits no more is told before the long search
    for mutant in chosen:
        yield try_one(server, mutant, worlds, seed)


def try_one(server: Server, mutant: Mutant, worlds: int, seed: int) -> Caught:
    """Plant one mutant in a copy and search for it."""
    name = "oracle_mutant"
    server.drop(name)
    server.clone(TEMPLATE, name)
    plant(server, name, mutant)
    with bench(server, name) as on:
        outcome = search(on, worlds, seed, shrinking=0)
    difference = str(outcome.differences[0]) if outcome.differences else ""
    return Caught(mutant.name, mutant.file, outcome.after, difference[:150])
