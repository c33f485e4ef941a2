-- What stands in a pack is put there by fill_pack alone, and read by the privacy officer.
GRANT SELECT ON records_packrecord TO tasuki_app;
GRANT INSERT ON records_packrecord TO tasuki_law;
CREATE POLICY app_select ON records_packrecord FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND EXISTS (SELECT FROM records_pack k WHERE k.id = records_packrecord.pack_id));
