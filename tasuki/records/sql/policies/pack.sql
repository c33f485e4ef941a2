-- Disclosure packs are the privacy officer's, unless barred from the requester.
GRANT SELECT ON records_pack TO tasuki_app;
GRANT INSERT ON records_pack TO tasuki_app;
CREATE POLICY app_select ON records_pack FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (select asker_may('PRIV')) AND NOT asker_is_barred(requester_id));
CREATE POLICY app_insert ON records_pack FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND (select asker_may('PRIV')) AND wrote(record_id, '{DISCLOSURE}'));
