-- Who has acknowledged secrecy is known in the whole town; it is written by acknowledge_secrecy() alone, before anybody is bound,
-- and by the owner for a made-up town.
GRANT SELECT ON records_acknowledgment TO tasuki_app;
CREATE POLICY app_select ON records_acknowledgment FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()));
CREATE POLICY owner_all ON records_acknowledgment FOR ALL TO tasuki_owner
    USING (true) WITH CHECK (true);
