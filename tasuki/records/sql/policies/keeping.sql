-- What is kept, and the record of each disposal, is there for who guards the data and who manages; only the law writes it.
GRANT SELECT ON records_keeping TO tasuki_app;
GRANT INSERT, UPDATE ON records_keeping TO tasuki_law;
CREATE POLICY app_select ON records_keeping FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND ((select asker_may('PRIV')) OR (select asker_may('MGR'))));
