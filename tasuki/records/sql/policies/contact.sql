-- Address and phone go with the identity, unless protected: then only the agency that protects (R13). They are read through
-- contact_of() alone: no statement of the serving role can compare a hidden address with a guess.
GRANT SELECT (id, municipality_id, person_id) ON records_contact TO tasuki_app;
GRANT INSERT ON records_contact TO tasuki_app;
GRANT UPDATE (address, phone, email, note) ON records_contact TO tasuki_app;
CREATE POLICY app_select ON records_contact FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND sees_address(person_id));
CREATE POLICY app_insert ON records_contact FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND (is_unwritten(person_id) OR (sees_address(person_id) AND asker_sees_living(person_id))));
CREATE POLICY app_update ON records_contact FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND sees_address(person_id) AND asker_sees_living(person_id));
