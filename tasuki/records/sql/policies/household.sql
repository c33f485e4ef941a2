-- A household is there for who sees somebody of it, or a case of it. OFFSET 0 here and in other policies: decision 0027.
GRANT SELECT ON records_household TO tasuki_app;
GRANT INSERT ON records_household TO tasuki_app;
CREATE POLICY app_select ON records_household FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (EXISTS (SELECT FROM records_person p WHERE p.household_id = records_household.id OFFSET 0)
           OR EXISTS (SELECT FROM records_case c WHERE c.household_id = records_household.id OFFSET 0)));
CREATE POLICY app_insert ON records_household FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()));
