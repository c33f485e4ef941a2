-- Hands the reviewed functions to the law and says which of them the serving role may call: the short list.
DO $$
DECLARE f record;
BEGIN
    FOR f IN SELECT p.oid::regprocedure AS name FROM pg_proc p
             WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
               AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO tasuki_law', f.name);
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.name);
    END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION day_of(timestamptz), fiscal_year_of(timestamptz), kept_until(date, integer), business_day_after(date, integer, date[]), reads_cases(text[]), name_sound(text), name_grams(uuid, text), asked_grams(uuid, text), record_words(text, text, text), note_is_locked(uuid), packed_words(text), has_words(text, text[]), word_grams(uuid, text),
    referral_is_open(text, timestamptz, timestamptz, timestamptz) TO tasuki_app, tasuki_law;
-- A rule is asked thousands of times in a request: its plan is made once, not for each row anew. The search is planned for
-- what is looked for, whatever the connection of the page says.
DO $$
DECLARE f record;
BEGIN
    FOR f IN SELECT p.oid::regprocedure AS name FROM pg_proc p
             WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND p.provolatile = 's' AND p.proname NOT IN ('search_people', 'search_hits') LOOP
        EXECUTE format('ALTER FUNCTION %s SET plan_cache_mode = force_generic_plan', f.name);
    END LOOP;
    ALTER FUNCTION search_people SET plan_cache_mode = auto;
END $$;
GRANT EXECUTE ON FUNCTION begin_request(text, timestamptz, boolean), begin_rehearsal(uuid, timestamptz), told_asker(boolean), asker(),
    asker_municipality(), asker_agency(), asker_own(), asker_staff(), asker_session(), asker_at(), asker_may(text), asker_decides(),
    person_ground(uuid), record_ground(uuid), item_ground(uuid), case_ground(uuid), sees_address(uuid), contact_of(uuid), number_of_call(uuid),
    asker_knows(uuid), asker_is_barred(uuid), asker_sees(uuid), asker_sees_watched(uuid),
    staff_knows(uuid, uuid), staff_is_barred(uuid, uuid), agency_is_barred(uuid, uuid), agency_knows(uuid, uuid),
    reaches(uuid, uuid, uuid, date), has_any_consent(uuid, timestamptz, date), has_strand(uuid, uuid),
    has_open_referral(uuid), has_pledge(uuid, date), is_guarded(uuid), address_is_protected(uuid), tells_number(uuid),
    people_of_watch(uuid), who_would_see(uuid[], text, text), can_be_material(uuid, uuid), my_figures(timestamptz, timestamptz), household_of(uuid), is_watched(uuid[]), same_people(uuid), agencies_of_staff(uuid), was_evaluated(uuid, text), roles_are_done(uuid), item_was_held(uuid, text), quorum_facts(uuid), has_decided_plan(uuid),
    was_assessed(uuid), participation_is_planned(uuid), has_died(uuid), case_has_ended(uuid), programme_runs(text, uuid), town_clock(text, integer), case_clock(uuid, date[]), my_clocks(date[]), shown_state(uuid, text),
    may_read_promise(uuid, uuid), wrote(uuid, text[]), wrote_in_case(uuid, text[], uuid), may_name(uuid), is_unwritten(uuid), may_enter_household(uuid), may_receive_household(uuid),
    may_write_in_case(uuid, text, uuid), may_write_about(uuid, uuid, text, uuid), prepares(uuid), prepares_item(uuid),
    may_add_item(uuid), has_items(uuid), may_sit(uuid, uuid, uuid), may_put_on_agenda(uuid, uuid), writes_consent(uuid, uuid), stands_in(uuid, uuid),
    open_cases_of_worker(uuid), unseen_in_household(uuid), owner_section(uuid),
    end_hub_access(uuid), leave_household(uuid[], uuid), join_household(uuid, uuid, uuid, text), settle_identity(uuid[]),
    hand_over_cases(uuid, uuid, uuid), take_back_ended_holdings(), fill_pack(uuid), pack_contents(uuid),
    search_people(text[], text[], integer), search_records(text[], timestamptz, timestamptz, uuid, text, integer, integer, integer), visible_people(), visible_cases(),
    list_records(uuid, uuid[], text, uuid, uuid, integer, integer), list_receptions(text, text, text, text, timestamptz, timestamptz, boolean, integer, integer), cases_to_and_fro(timestamptz, integer), referral_counts(timestamptz, timestamptz, integer),
    list_cases(text, text, text, text, text, text, text, boolean, text[], text[], text, text, boolean, integer, integer), find_for_emergency(text, text), next_in_series(text, integer), decide_use_of(uuid, boolean),
    asker_is_asked(uuid), people_of_request(uuid), conference_of_request(uuid), put_on_item(uuid, uuid[]), unseen_at_home(uuid), is_alleged(uuid, uuid), seen_by_consent_alone(uuid, uuid), sight_of_agency(uuid, uuid), outside_provisions(), enact_decision(uuid, uuid), people_of_case(uuid),
    case_is_kept(uuid), record_is_kept(uuid), asker_sees_living(uuid), may_stay(uuid), keeping_facts(uuid), keepings(), classes_of_cases(uuid),
    classify_case(uuid, text), archive_case(uuid), propose_disposal(uuid), withdraw_proposal(uuid), dispose_case(uuid, text), less_is_seen_since(timestamptz), still_shown(uuid[], timestamptz), drop_export(uuid)
TO tasuki_app;
GRANT EXECUTE ON FUNCTION archive_due(timestamptz), forget_exports(timestamptz) TO tasuki_owner;
