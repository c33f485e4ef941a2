-- A break-glass is there for the one who opened it and for the privacy officer, who reviews it unless it is their own; for
-- nobody who is barred.
GRANT SELECT ON records_emergency TO tasuki_app;
GRANT INSERT ON records_emergency TO tasuki_app;
GRANT UPDATE (reviewed_at, reviewed_by_id, verdict) ON records_emergency TO tasuki_app;
CREATE POLICY app_select ON records_emergency FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (staff_id = (select asker_staff()) OR (select asker_may('PRIV'))) AND NOT asker_is_barred(person_id));
CREATE POLICY app_insert ON records_emergency FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND staff_id = (select asker_staff()) AND agency_id = (select asker_agency())
                AND (select (asker()).sets && ARRAY['FIRST', 'COORD', 'OUT', 'PART', 'COMM'])
                AND wrote(record_id, '{BREAK_GLASS}') AND may_name(person_id) AND until <= opened_at + interval '24 hours'
                AND opened_at BETWEEN (select asker_at()) - interval '5 minutes' AND (select asker_at()) + interval '5 minutes');
CREATE POLICY app_update ON records_emergency FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (select asker_may('PRIV')) AND staff_id <> (select asker_staff()) AND NOT asker_is_barred(person_id));
