-- A break-glass is there for the one who opened it and for the privacy officer, who reviews it.
GRANT SELECT ON records_emergency TO tasuki_app;
GRANT INSERT ON records_emergency TO tasuki_app;
GRANT UPDATE (reviewed_at, reviewed_by_id, verdict) ON records_emergency TO tasuki_app;
CREATE POLICY app_select ON records_emergency FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (staff_id = (select asker_staff()) OR (select asker_may('PRIV'))));
CREATE POLICY app_insert ON records_emergency FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND staff_id = (select asker_staff()));
CREATE POLICY app_update ON records_emergency FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (select asker_may('PRIV'))) WITH CHECK (municipality_id = (select asker_municipality()));
