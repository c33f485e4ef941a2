-- A つなぎ is there with its sheet: for the sender, and for the receiver as long as the ground lasts.
GRANT SELECT ON records_referral TO tasuki_app;
GRANT INSERT ON records_referral TO tasuki_app;
GRANT UPDATE (state, answered_at, answered_by_id, advice, lead_id, follow_up_on, version) ON records_referral TO tasuki_app;
GRANT UPDATE ON records_referral TO tasuki_law;
CREATE POLICY app_select ON records_referral FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND record_ground(record_id) IS NOT NULL);
CREATE POLICY app_insert ON records_referral FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND wrote_in_case(record_id, '{REFERRAL,HAND_BACK}', case_id) AND sender_id = (select asker_agency()));
CREATE POLICY app_update ON records_referral FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND NOT record_is_kept(record_id) AND record_ground(record_id) IS NOT NULL);
