-- A word in everything that was written, as far as the asker sees it. The policies would ask each record of the town for its
-- ground before its words are looked at; here the index of pairs of letters comes first, and only what has the words is asked.

-- Every record that may be seen, and some that are not: what each ground of 03_sight.sql hangs on. For search_records alone.
CREATE OR REPLACE FUNCTION maybe_seen(a asker_binding) RETURNS TABLE (id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.id FROM records_record r WHERE r.agency_id = ANY(a.own)
    UNION SELECT s.record_id FROM (
        SELECT v.id FROM visible_people() v
        UNION SELECT o.id FROM records_consentreach c JOIN records_person p ON p.id = c.person_id
              JOIN records_person o ON o.identity = p.identity WHERE c.agency_id = a.agency AND c.ended_at IS NULL) p,
        LATERAL (SELECT x.record_id FROM records_subject x WHERE x.person_id = p.id OFFSET 0) s
    UNION SELECT m.record_id FROM records_itemmaterial m WHERE m.municipality_id = a.municipality
    UNION SELECT f.record_id FROM records_referral f WHERE f.receiver_id = a.agency
    UNION SELECT r.id FROM records_record r WHERE r.addressee_id = a.agency
    UNION SELECT r.id FROM records_sitting t JOIN records_record r ON r.sitting_id = t.id WHERE t.municipality_id = a.municipality
    UNION SELECT r.id FROM records_agency g JOIN records_record r ON r.agency_id = g.id AND r.kind IN ('NOTICE', 'BREAK_GLASS')
          WHERE g.municipality_id = a.municipality AND a.sets && ARRAY['COORD', 'PRIV']
    UNION SELECT r.id FROM records_record r WHERE 'PRIV' = ANY(a.sets) AND r.municipality_id = a.municipality AND r.archived_at IS NOT NULL
$$;

-- Whether the words stand in more than one of forty records: of the newest, or of those a month before them, since a busy day can
-- be about one thing. For search_records alone.
CREATE OR REPLACE FUNCTION word_is_common(town uuid, patterns text[], since timestamptz, until timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT bool_or(met > 0 AND met * 40 >= looked_at) FROM (VALUES (interval '0'), (interval '30 days')) b(back), LATERAL (
        SELECT count(*) FILTER (WHERE record_words(n.text, n.fact, n.opinion) ~ ALL (patterns)) AS met, count(*) AS looked_at FROM (
            SELECT r.text, r.fact, r.opinion FROM records_record r
            WHERE r.municipality_id = town AND r.written_at >= since AND r.written_at < least(until, asker_at()) - b.back
            ORDER BY r.written_at DESC LIMIT 100) n) l
$$;

-- A page of the records that have all the words (as rules/wording folds them; none: every record) and that the asker sees, the
-- newest first, of a time, an agency (NULL: all), a kind (''). What is common among the newest is met by walking back from
-- them; what is rare, by the index, and only as many are read as the page needs. Each is asked for its ground until the page is
-- full; where after `patience` askings so few are seen that the page would need some hundred more, the others are looked for among
-- what may be seen at all: that is quicker.
CREATE OR REPLACE FUNCTION search_records(
    asked text[], since timestamptz, until timestamptz, of_agency uuid, of_kind text, at_most integer, skipped integer,
    patience integer DEFAULT 100
) RETURNS TABLE (id uuid, ground text)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    a asker_binding := asker();
    -- Each カナ of a word stands for its かな too: the texts are in one width and size, but not in one kana.
    patterns text[] := ARRAY(SELECT (SELECT string_agg(
            CASE WHEN l.letter COLLATE "C" BETWEEN 'ァ' AND 'ヶ' OR l.letter IN ('ヽ', 'ヾ') THEN '[' || l.letter || chr(ascii(l.letter) - 96) || ']'
                 WHEN position(l.letter IN '\.*+?()[]{}|^$') > 0 THEN '\' || l.letter ELSE l.letter END, '' ORDER BY l.place)
        FROM string_to_table(w, NULL) WITH ORDINALITY l(letter, place)) FROM unnest(asked) w);
    grams bigint[] := ARRAY(SELECT DISTINCT g FROM unnest(asked) w, unnest(word_grams(a.municipality, w)) g);
    tried integer := 0;
    met integer := 0;
    by_pairs boolean := false;
    hits refcursor;
    hit record;
BEGIN
    IF a.staff IS NULL OR at_most < 1 OR NOT (reads_cases(a.sets) OR 'PRIV' = ANY(a.sets)) THEN RETURN; END IF;
    IF of_agency IS NOT NULL THEN
        OPEN hits FOR SELECT r.id, r.written_at FROM records_record r
            WHERE r.municipality_id = a.municipality AND r.agency_id = of_agency AND (of_kind = '' OR r.kind = of_kind)
              AND r.written_at >= since AND r.written_at < until AND record_words(r.text, r.fact, r.opinion) ~ ALL (patterns)
            ORDER BY r.written_at DESC, r.id;
    ELSIF word_is_common(a.municipality, patterns, since, until) THEN
        OPEN hits FOR SELECT r.id, r.written_at FROM records_record r
            WHERE r.municipality_id = a.municipality AND (of_kind = '' OR r.kind = of_kind)
              AND r.written_at >= since AND r.written_at < until AND record_words(r.text, r.fact, r.opinion) ~ ALL (patterns)
            ORDER BY r.written_at DESC, r.id;
    ELSE
        patience := patience * 2;  -- what is rare is soon asked to its end
        by_pairs := true;
        -- OFFSET 0: by this index and no other, whatever the order or the time that is wanted might tempt the planner to.
        OPEN hits FOR SELECT f.id, f.written_at FROM (
                SELECT r.id, r.written_at, r.kind, r.municipality_id FROM records_record r
                WHERE word_grams(r.municipality_id, record_words(r.text, r.fact, r.opinion)) @> grams OFFSET 0) f
            WHERE f.municipality_id = a.municipality AND (of_kind = '' OR f.kind = of_kind)
              AND f.written_at >= since AND f.written_at < until
            ORDER BY f.written_at DESC, f.id;
    END IF;
    LOOP
        FETCH hits INTO hit;
        IF NOT FOUND THEN RETURN; END IF;
        EXIT WHEN patience = 0 OR (tried >= patience AND (skipped + at_most - met) * tried > met * 400);
        -- Pairs that stand apart are no word.
        CONTINUE WHEN by_pairs AND NOT (SELECT record_words(r.text, r.fact, r.opinion) ~ ALL (patterns) FROM records_record r WHERE r.id = hit.id);
        tried := tried + 1;
        ground := (grounds_of_record(a, hit.id, true))[1];
        CONTINUE WHEN ground IS NULL;
        met := met + 1;
        CONTINUE WHEN met <= skipped;
        id := hit.id;
        RETURN NEXT;
        IF met = skipped + at_most THEN RETURN; END IF;
    END LOOP;
    RETURN QUERY
        SELECT n.id, g.ground FROM (
            SELECT r.id FROM maybe_seen(a) m, LATERAL (SELECT x.* FROM records_record x WHERE x.id = m.id OFFSET 0) r
            WHERE r.municipality_id = a.municipality AND (of_agency IS NULL OR r.agency_id = of_agency)
              AND (of_kind = '' OR r.kind = of_kind) AND r.written_at >= since AND r.written_at < until
              AND (r.written_at < hit.written_at OR (r.written_at = hit.written_at AND r.id >= hit.id))
            ORDER BY r.written_at DESC, r.id OFFSET 0) n,
            LATERAL (SELECT (grounds_of_record(a, r.id, true))[1] FROM records_record r
                     WHERE r.id = n.id AND record_words(r.text, r.fact, r.opinion) ~ ALL (patterns) OFFSET 0) AS g(ground)
        WHERE g.ground IS NOT NULL
        LIMIT at_most - greatest(met - skipped, 0) OFFSET greatest(skipped - met, 0);
END $$;
