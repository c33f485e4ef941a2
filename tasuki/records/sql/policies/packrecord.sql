-- Disclosure packs are the privacy officer's.
GRANT SELECT ON records_packrecord TO tasuki_app;
GRANT INSERT ON records_packrecord TO tasuki_app;
GRANT INSERT ON records_packrecord TO tasuki_law;
CREATE POLICY app_select ON records_packrecord FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (select asker_may('PRIV')));
CREATE POLICY app_insert ON records_packrecord FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND (select asker_may('PRIV')));
