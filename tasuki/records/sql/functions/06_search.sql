-- Finding people: the access test is inside, so that a search tells nothing of who may not be seen.

CREATE OR REPLACE FUNCTION search_people(q text, at_most integer) RETURNS TABLE (person uuid, ground text, exact boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT f.person_id, f.ground, f.exact FROM (
        SELECT k.person_id, bool_or(k.key = q) AS exact, min(position(q in k.key)) AS place,
               shown_ground(grounds_of_person(asker(), k.person_id)) AS ground
        FROM records_searchkey k
        WHERE k.municipality_id = asker_municipality() AND q <> '' AND position(q in k.key) > 0
          AND (k.kind NOT IN ('PHONE') OR (k.key LIKE '%' || q AND sees_address(k.person_id)))
        GROUP BY k.person_id
    ) f WHERE f.ground IS NOT NULL ORDER BY f.exact DESC, f.place, f.person_id LIMIT at_most
$$;

-- Break-glass: full name or kana together with the birthday, nothing less, and never who is barred.
CREATE OR REPLACE FUNCTION find_for_emergency(folded text, birthday text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id FROM records_person p JOIN records_searchkey k ON k.person_id = p.id
    WHERE p.municipality_id = asker_municipality() AND p.born = birthday AND k.key = folded
      AND k.kind IN ('NAME', 'KANA') AND NOT is_barred(asker(), same_person(p.id)) ORDER BY p.id LIMIT 1
$$;
