-- Finding people: the access test is inside, so that a search tells nothing of who may not be seen.

-- Either one of the keys lies inside a key of the person, or each of the words does; a telephone only as its tail.
CREATE OR REPLACE FUNCTION search_people(keys text[], words text[], at_most integer)
RETURNS TABLE (person uuid, ground text, exact boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH mine AS (
        SELECT k.person_id, k.key, k.kind FROM records_searchkey k
        WHERE k.municipality_id = asker_municipality() AND k.key <> ''
          AND EXISTS (SELECT FROM unnest(keys || words) q WHERE position(q IN k.key) > 0)
    ), hit AS (
        SELECT m.person_id, bool_or(m.key = ANY(keys)) AS exact,
               min(CASE WHEN h.place > 0 THEN h.place ELSE 999 END) AS place
        FROM mine m CROSS JOIN LATERAL (SELECT max(position(q IN m.key)) AS place FROM unnest(keys) q) h
        WHERE m.kind <> 'PHONE' OR sees_address(m.person_id)
        GROUP BY m.person_id
        HAVING bool_or(h.place > 0) OR (cardinality(words) > 0 AND NOT EXISTS (
            SELECT FROM unnest(words) w WHERE NOT EXISTS (
                SELECT FROM mine n WHERE n.person_id = m.person_id AND position(w IN n.key) > 0
                  AND (n.kind <> 'PHONE' OR sees_address(n.person_id)))))
    )
    SELECT f.person_id, f.ground, f.exact FROM (
        SELECT h.*, (grounds_of_person(asker(), h.person_id, true))[1] AS ground FROM hit h
    ) f WHERE f.ground IS NOT NULL ORDER BY f.exact DESC, f.place, f.person_id LIMIT at_most
$$;

-- Break-glass: full name or kana together with the birthday, nothing less, and never who is barred.
CREATE OR REPLACE FUNCTION find_for_emergency(folded text, birthday text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id FROM records_person p JOIN records_searchkey k ON k.person_id = p.id
    WHERE p.municipality_id = asker_municipality() AND p.born = birthday AND k.key = folded
      AND k.kind IN ('NAME', 'KANA') AND NOT is_barred(asker(), same_person(p.id)) ORDER BY p.id LIMIT 1
$$;
