-- A stay (保全, 開示請求) and its reason are the privacy officer's, set in one's own name on a case that has ended, and lifted once.
GRANT SELECT ON records_stay TO tasuki_app;
GRANT INSERT ON records_stay TO tasuki_app;
GRANT UPDATE (lifted_at, lifted_by_id, lift_reason) ON records_stay TO tasuki_app;
CREATE POLICY app_select ON records_stay FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (select asker_may('PRIV')));
CREATE POLICY app_insert ON records_stay FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND (select asker_may('PRIV')) AND set_by_id = (select asker_staff())
                AND lifted_at IS NULL AND may_stay(case_id));
CREATE POLICY app_update ON records_stay FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (select asker_may('PRIV')) AND lifted_at IS NULL)
    WITH CHECK (municipality_id = (select asker_municipality()) AND lifted_at IS NOT NULL AND lifted_by_id = (select asker_staff()));
