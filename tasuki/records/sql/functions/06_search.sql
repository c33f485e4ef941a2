-- Finding people: the access test is inside, so that a search tells nothing of who may not be seen.

-- What a text must have among its pairs of letters to stand in a key; one letter alone stands at the beginning.
CREATE OR REPLACE FUNCTION asked_grams(town uuid, asked text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE WHEN length(asked) = 1 THEN ARRAY[town::text || '^' || asked]
           ELSE ARRAY(SELECT town::text || substr(asked, i, 2) FROM generate_series(1, length(asked) - 1) i) END
$$;

-- Whom a text finds, seen or not; for search_people alone. The smaller `rank` is the likelier. Its figures, from the left:
-- how the key was met (0 a whole key, 1 a whole one by sound, or each word at the edge of one, 2 and 3 its beginning, 4 each
-- word, 5 and 6 its middle), by which name (0 the one of today, 1 ALIAS, 2 FORMER), by which reading of the text, and in
-- three figures how much longer the key is.
CREATE OR REPLACE FUNCTION search_hits(town uuid, keys text[], words text[]) RETURNS TABLE (person uuid, rank integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH asked AS MATERIALIZED (
        SELECT q.text, name_sound(q.text) AS sound, q.place::integer, q.place > cardinality(keys) AS word, asked_grams(town, f.form) AS grams
        FROM unnest(keys || ARRAY(SELECT w FROM unnest(words) w WHERE length(w) > 1 AND cardinality(words) > 1))
             WITH ORDINALITY q(text, place)
        CROSS JOIN LATERAL (SELECT q.text UNION SELECT name_sound(q.text) WHERE length(name_sound(q.text)) > 1) f(form)
    ), hit AS MATERIALIZED (
        SELECT a.text, a.sound, a.place, a.word, k.person_id, k.kind, k.key, position(a.text IN k.key) AS at,
               CASE WHEN position(a.text IN k.key) = 0 THEN name_sound(k.key) END AS heard
        FROM asked a JOIN records_searchkey k ON name_grams(k.municipality_id, k.key) @> a.grams
        WHERE k.municipality_id = town AND k.key <> ''
          AND (position(a.text IN k.key) > 0 OR position(a.sound IN name_sound(k.key)) > 0)
          AND (k.kind <> 'PHONE' OR sees_address(k.person_id))
    ), met AS (
        SELECT h.person_id, h.kind, h.place, least(length(h.key) - length(h.text), 999) AS longer,
               CASE WHEN h.key = h.text THEN 0 WHEN h.heard = h.sound THEN 1 WHEN h.at = 1 THEN 2 WHEN h.heard ^@ h.sound THEN 3
                    WHEN h.at > 0 THEN 5 ELSE 6 END AS level
        FROM hit h WHERE NOT h.word
        UNION ALL
        SELECT h.person_id, min(h.kind), 0, 0,
               CASE WHEN count(DISTINCT h.text) FILTER (WHERE h.at IN (1, length(h.key) - length(h.text) + 1)
                                                        OR h.heard ^@ h.sound OR right(h.heard, length(h.sound)) = h.sound)
                         = cardinality(words) THEN 1 ELSE 4 END
        FROM hit h WHERE h.word GROUP BY h.person_id
        HAVING count(DISTINCT h.text) = (SELECT count(*) FROM unnest(words) w WHERE length(w) > 1)
           AND NOT EXISTS (SELECT FROM unnest(words) w WHERE length(w) = 1 AND NOT EXISTS (
               SELECT FROM records_searchkey n WHERE n.person_id = h.person_id AND position(w IN n.key) > 0
                 AND n.kind <> 'PHONE'))
    )
    SELECT m.person_id, min(m.level * 100000 + CASE m.kind WHEN 'FORMER' THEN 20000 WHEN 'ALIAS' THEN 10000 ELSE 0 END
                            + m.place * 1000 + m.longer)
    FROM met m GROUP BY m.person_id
$$;

-- Of some people, in their order, all whom the asker may see, and some whom not: what each ground of 03_sight.sql hangs on, asked
-- of all of them at once. For search_people alone.
CREATE OR REPLACE FUNCTION maybe_known(a asker_binding, people uuid[]) RETURNS TABLE (id uuid, place bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.id, h.place FROM unnest(people) WITH ORDINALITY h(id, place) WHERE EXISTS (
        SELECT FROM records_person q JOIN records_person o ON o.identity = q.identity WHERE q.id = h.id AND (
            EXISTS (SELECT FROM records_subject s WHERE s.person_id = o.id AND s.agency_id = ANY(a.own))
            OR EXISTS (SELECT FROM records_consentreach c WHERE c.person_id = o.id AND c.agency_id = a.agency)
            OR EXISTS (SELECT FROM records_itemperson x JOIN records_agendaitem i ON i.id = x.item_id
                       WHERE x.person_id = o.id AND i.basis = 'ARTICLE_106_6')
            OR EXISTS (SELECT FROM records_subject s JOIN records_referral f ON f.record_id = s.record_id
                       WHERE s.person_id = o.id AND s.kind IN ('REFERRAL', 'HAND_BACK') AND f.receiver_id = a.agency)
            OR EXISTS (SELECT FROM records_subject s WHERE s.person_id = o.id AND s.kind = 'WATCH')
            OR EXISTS (SELECT FROM records_emergency e WHERE e.person_id = o.id AND e.staff_id = a.staff)
            OR ('CITY' = ANY(a.sets) AND EXISTS (SELECT FROM records_subject s WHERE s.person_id = o.id AND s.kind = 'PLAN'))
            OR 'PRIV' = ANY(a.sets)) OFFSET 0)
    ORDER BY h.place
$$;

-- Whether few people are seen at all, so that gathering them all costs less than asking for some dozens.
CREATE OR REPLACE FUNCTION sees_few(a asker_binding) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT a.sets && ARRAY['CITY', 'PRIV']
       AND NOT EXISTS (SELECT FROM records_subject s WHERE s.agency_id = ANY(a.own) OFFSET 2000)
       AND NOT EXISTS (SELECT FROM records_consentreach c WHERE c.agency_id = a.agency OFFSET 2000)
$$;

-- The people whom a text finds and the asker sees, the likeliest first: a hundred at a time are narrowed to who may be seen, and
-- those are asked for their ground one by one until the page is full. Where the asker sees few people, or few of several hundred,
-- the others are looked for among everybody that the asker sees: that is quicker.
CREATE OR REPLACE FUNCTION search_people(keys text[], words text[], at_most integer)
RETURNS TABLE (person uuid, ground text, rank integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 SET search_path = public, pg_temp AS $$
DECLARE
    a asker_binding := asker();
    asked integer := 0;
    found integer := 0;
    people uuid[];
    ranks integer[];
    enough integer := 300;
    maybe record;
BEGIN
    SELECT array_agg(h.person ORDER BY h.rank, h.person), array_agg(h.rank ORDER BY h.rank, h.person) INTO people, ranks
    FROM search_hits(a.municipality, keys, words) h;
    IF people IS NULL THEN  -- whom nobody bears must not be told from somebody hidden by how soon the answer comes
        SELECT k.person_id INTO person FROM records_searchkey k WHERE k.municipality_id = a.municipality LIMIT 1;
        PERFORM maybe_known(a, ARRAY[person]), grounds_of_person(a, person, true);
    END IF;
    IF cardinality(people) > 120 AND sees_few(a) THEN enough := 0; END IF;
    WHILE asked < cardinality(people) AND found < at_most AND (asked < enough OR found * 16 > asked) LOOP
        FOR maybe IN SELECT m.id, m.place FROM maybe_known(a, people[asked + 1:asked + 100]) m LOOP
            ground := (grounds_of_person(a, maybe.id, true))[1];
            CONTINUE WHEN ground IS NULL;
            found := found + 1;
            person := maybe.id;
            rank := ranks[asked + maybe.place];
            RETURN NEXT;
            EXIT WHEN found = at_most;
        END LOOP;
        asked := asked + 100;
    END LOOP;
    IF asked < cardinality(people) AND found < at_most THEN
        RETURN QUERY SELECT h.id, v.ground, h.rank
            FROM unnest(people[asked + 1:], ranks[asked + 1:]) WITH ORDINALITY h(id, rank, place)
            JOIN visible_people() v ON v.id = h.id ORDER BY h.place LIMIT at_most - found;
    END IF;
END $$;

-- Break-glass: full name or kana together with the birthday, nothing less, never who is barred, and only for who may break the
-- glass (7.1) or makes a disclosure. Who is put away is found for a request for disclosure alone.
CREATE OR REPLACE FUNCTION find_for_emergency(folded text, birthday text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id FROM records_person p JOIN records_searchkey k ON k.person_id = p.id
    WHERE (SELECT (asker()).sets) && ARRAY['FIRST', 'COORD', 'OUT', 'PART', 'COMM', 'PRIV']
      AND p.municipality_id = asker_municipality() AND p.born = birthday AND k.key = folded
      AND k.kind IN ('NAME', 'KANA') AND NOT is_barred(asker(), same_person(p.id))
      AND (asker_may('PRIV') OR NOT rests(same_person(p.id))) ORDER BY p.id LIMIT 1
$$;
