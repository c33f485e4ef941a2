-- Who is asking: bound inside the transaction where the serving role cannot reach, read by every policy.

CREATE OR REPLACE FUNCTION day_of(at timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (at AT TIME ZONE 'Asia/Tokyo')::date $$;

-- The section that stands in for the town (settled 33): the agency of kind CITY_OFFICE, else the hub.
CREATE OR REPLACE FUNCTION owner_section(town uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id FROM records_agency
    WHERE municipality_id = town AND (kind = 'CITY_OFFICE' OR is_hub)
    ORDER BY kind <> 'CITY_OFFICE', key LIMIT 1
$$;

-- Agencies whose records an agency answers for: its own, and for the owner section (settled 16, 33) those of
-- agencies that have ended, by contract or by themselves.
CREATE OR REPLACE FUNCTION agencies_answered_for(whose uuid, at timestamptz) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY[whose] || CASE WHEN whose = owner_section(a.municipality_id) THEN ARRAY(
        SELECT e.id FROM records_agency e
        WHERE e.municipality_id = a.municipality_id AND least(e.contract_until, e.valid_until) < day_of(at) AND e.id <> whose
    ) ELSE '{}' END
    FROM records_agency a WHERE a.id = whose
$$;

-- The asker that a staff member is, by the post that is in force at a moment; no row when none is.
CREATE OR REPLACE FUNCTION asker_of(who uuid, wanted_post uuid, moment timestamptz) RETURNS asker_binding
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT pg_backend_pid(), '0'::xid8, p.municipality_id, p.staff_id, p.id, p.agency_id,
           agencies_answered_for(p.agency_id, moment), p.sets::text[], moment, ''
    FROM records_post p JOIN records_agency a ON a.id = p.agency_id
    WHERE p.staff_id = who AND (wanted_post IS NULL OR p.id = wanted_post)
      AND p.since <= moment AND (p.until IS NULL OR moment < p.until)
      AND (a.contract_until IS NULL OR day_of(moment) <= a.contract_until)
      AND (a.valid_until IS NULL OR day_of(moment) <= a.valid_until)
    ORDER BY p.since DESC LIMIT 1
$$;

-- 年度: April to March, in Japan; tasuki.rules.calendar.fiscal_year says the same.
CREATE OR REPLACE FUNCTION fiscal_year_of(at timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT extract(year FROM day_of(at) - interval '3 months')::integer $$;

-- 守秘の確認 (1.10, R10): whether the town asks it of its contractors' workers each year; it does unless it says otherwise.
CREATE OR REPLACE FUNCTION town_asks_secrecy(town uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT body ->> 'asked_yearly' FROM records_setting WHERE municipality_id = town AND section = 'secrecy'
                     ORDER BY since DESC, id DESC LIMIT 1), 'true') <> 'false'
$$;
-- Whether somebody works for a contractor and has not acknowledged secrecy there for the running year: nobody is bound for them.
CREATE OR REPLACE FUNCTION owes_acknowledgment(a asker_binding) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_agency g WHERE g.id = a.agency AND g.mode = '委託')
       AND town_asks_secrecy(a.municipality)
       AND NOT EXISTS (SELECT FROM records_acknowledgment k WHERE k.municipality_id = a.municipality AND k.staff_id = a.staff
                       AND k.agency_id = a.agency AND k.fiscal_year = fiscal_year_of(a.at))
$$;

CREATE OR REPLACE FUNCTION bind_asker(a asker_binding) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM asker_binding WHERE pid = pg_backend_pid();
    IF a.staff IS NULL THEN RETURN false; END IF;
    INSERT INTO asker_binding VALUES (pg_backend_pid(), pg_current_xact_id(), a.municipality, a.staff, a.post,
                                      a.agency, a.own, a.sets, a.at, a.session);
    PERFORM take_back_ended_holdings();
    PERFORM carry_out_due_moves();
    RETURN true;
END $$;

-- The door of every request. `moment` counts only in a rehearsal; elsewhere the server's clock does.
-- A session dies by its own end, idle, of age (a day at most, whatever its row says), or with its account; a key that was
-- stolen dies with it, whatever Python forgets. A request that succeeds keeps it awake, noted at most every thirty seconds;
-- what goes on by itself while nobody is there (`awake` false: a file that is made, a page that looks again) does not.
DROP FUNCTION IF EXISTS begin_request(text, timestamptz);  -- it kept every session awake
CREATE OR REPLACE FUNCTION begin_request(session_key text, moment timestamptz, awake boolean DEFAULT true) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    s records_signin;
    who asker_binding;
    rehearsed boolean := EXISTS (SELECT FROM rehearsal);
    clock timestamptz := CASE WHEN rehearsed THEN moment ELSE now() END;
BEGIN
    SELECT * INTO s FROM records_signin i
    WHERE i.key_hash = encode(sha256(convert_to(session_key, 'UTF8')), 'hex') AND i.ended_at IS NULL AND i.post IS NOT NULL
      AND clock < i.expires_at AND (rehearsed OR clock < i.opened_at + interval '1 day')
      AND clock <= i.seen_at + make_interval(secs => i.idle_seconds)
      AND EXISTS (SELECT FROM records_account a WHERE a.id = i.account AND a.is_active);
    IF NOT FOUND THEN RETURN bind_asker(NULL); END IF;
    IF awake AND clock > s.seen_at + interval '30 seconds' THEN
        UPDATE records_signin SET seen_at = clock
        WHERE key_hash IN (SELECT key_hash FROM records_signin WHERE key_hash = s.key_hash FOR UPDATE SKIP LOCKED);
    END IF;
    who := asker_of(s.staff, s.post, clock);
    IF owes_acknowledgment(who) THEN RETURN bind_asker(NULL); END IF;
    who.session := s.key_hash;
    RETURN bind_asker(who);
END $$;

-- A rehearsal plays several people without sessions; it is refused in every other database. Nobody of it reads a screen, so it
-- asks no 守秘の確認 either: who opens a page in a rehearsal has a session, and is asked.
CREATE OR REPLACE FUNCTION begin_rehearsal(who uuid, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM rehearsal) THEN
        RAISE EXCEPTION 'this database is no rehearsal' USING ERRCODE = '42501';
    END IF;
    RETURN bind_asker(asker_of(who, NULL, moment));
END $$;

CREATE OR REPLACE FUNCTION asker() RETURNS asker_binding
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT * FROM asker_binding WHERE pid = pg_backend_pid() AND txid = pg_current_xact_id_if_assigned()
$$;
CREATE OR REPLACE FUNCTION asker_municipality() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT (asker()).municipality $$;
CREATE OR REPLACE FUNCTION asker_agency() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT (asker()).agency $$;
CREATE OR REPLACE FUNCTION asker_own() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT (asker()).own $$;
CREATE OR REPLACE FUNCTION asker_staff() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT (asker()).staff $$;
CREATE OR REPLACE FUNCTION asker_session() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT (asker()).session $$;
CREATE OR REPLACE FUNCTION asker_at() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT (asker()).at $$;
CREATE OR REPLACE FUNCTION asker_may(permission text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT permission = ANY((asker()).sets) $$;

-- Who decides the support here (D2): a setting of the town; the newest row of its section is in force.
CREATE OR REPLACE FUNCTION town_decider(town uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT body ->> 'd2_decider' FROM records_setting WHERE municipality_id = town AND section = 'decision'
                     ORDER BY since DESC, id DESC LIMIT 1), 'city_after')
$$;
-- The decision officer; where the conference decides, also who chairs it or keeps its record.
CREATE OR REPLACE FUNCTION asker_decides() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT asker_may('CITY')
        OR (town_decider(asker_municipality()) = 'conference' AND (asker_may('COORD') OR asker_may('CHAIR')))
$$;

-- The sets that read case records at all: MGR, ADMIN and PRIV see none by these roles (settled 20).
CREATE OR REPLACE FUNCTION reads_cases(sets text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT sets && ARRAY['FIRST', 'COORD', 'CITY', 'CHAIR', 'OUT', 'PART', 'COMM', 'DESK', 'PARTNER']
$$;

-- Who was bound just now, with what a page says of them, and what tasuki.rules.staff needs to ask for the 守秘の確認 by itself:
-- begun and told in one statement. VOLATILE, because the statement in
-- which the asker was bound shows the binding to no other kind; `begun` makes it wait for that.
DROP FUNCTION IF EXISTS told_asker(boolean);  -- it told nothing of secrecy
CREATE OR REPLACE FUNCTION told_asker(begun boolean)
RETURNS TABLE (municipality uuid, staff uuid, post uuid, agency uuid, sets text[], own uuid[], staff_name text, agency_name text,
               agency_mode text, is_hub boolean, town text, contractor_may_decide boolean, secrecy_asked boolean, acknowledged_for integer)
LANGUAGE sql VOLATILE SECURITY DEFINER ROWS 1 SET search_path = public, pg_temp AS $$
    SELECT b.municipality, b.staff, b.post, b.agency, b.sets, b.own, s.name, g.name, g.mode, g.is_hub, m.name,
           coalesce((SELECT t.body ->> 'contractor_may_decide' FROM records_setting t
                     WHERE t.municipality_id = b.municipality AND t.section = 'decision'
                     ORDER BY t.since DESC, t.id DESC LIMIT 1), 'false') = 'true',
           town_asks_secrecy(b.municipality),
           (SELECT max(k.fiscal_year) FROM records_acknowledgment k
            WHERE k.municipality_id = b.municipality AND k.staff_id = b.staff AND k.agency_id = b.agency)
    FROM asker() b JOIN records_staff s ON s.id = b.staff AND s.municipality_id = b.municipality
    JOIN records_agency g ON g.id = b.agency AND g.municipality_id = b.municipality
    JOIN records_municipality m ON m.id = b.municipality
    WHERE begun
$$;
