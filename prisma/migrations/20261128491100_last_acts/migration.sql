-- Who acted is named as long as the record of it is kept, whatever somebody who has the web server writes about when they
-- were last here: the last act comes from rows that nobody changes.

CREATE INDEX "audit_entry_actor_idx" ON "audit_entry"("actor", "at" DESC);

-- The newest entry of the trail by somebody, and the newest thing that they signed; null for who never acted.
create function last_act_of(p_person text) returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select greatest(
    (select a.at from audit_entry a where a.actor = p_person order by a.at desc limit 1),
    (select max(s.recorded_at) from operation_statement s where s.person_id = p_person),
    (select max(s.recorded_at) from genesis_statement s where s.person_id = p_person),
    (select max(e.at) from ledger_correction_event e where e.actor = p_person),
    (select max(e.at) from break_event e where e.actor = p_person),
    (select max(e.at) from register_step e where e.actor = p_person),
    (select max(e.at) from incident_report_step e where e.actor = p_person),
    (select max(e.at) from person_restriction_event e where e.actor = p_person),
    (select max(e.at) from privacy_request_event e where e.actor = p_person),
    (select max(e.at) from privacy_hold_event e where e.actor = p_person),
    (select max(e.at) from privacy_breach_event e where e.actor = p_person),
    (select max(d.at) from retention_decision d where d.actor = p_person),
    (select max(b.signed_at) from board_signature b where b.person = p_person),
    (select max(b.signed_at) from board_evidence b where b.signed_by = p_person)) $$;

-- When a session was last seen, and a key last used, only goes forward. What comes too late is passed over and not refused:
-- two requests of one session may end in either order.
create function keep_last_seen() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  new.last_seen_at := greatest(new.last_seen_at, old.last_seen_at);
  return new;
end $$;
create function keep_last_used() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  new.last_used_at := greatest(new.last_used_at, old.last_used_at);
  return new;
end $$;
create trigger never_back before update on session for each row execute function keep_last_seen();
create trigger never_back before update on credential for each row execute function keep_last_used();
alter table session enable always trigger never_back;
alter table credential enable always trigger never_back;

-- What is known of an operator who is a client as well is of the categories of both, so that a tie to a client takes nobody
-- out of a hold on the records of who worked here.
create or replace function holds_on(p_person text, p_field text) returns setof uuid
language sql volatile security definer set search_path = public, pg_temp as $$
  select s.hold_id from privacy_hold_cover c join privacy_hold_standing s on s.hold_id = c.hold_id
    where still_keeps('hold', s.hold_id, s.state) and (
      c.kind = 'person' and c.subject = p_person
      or c.kind = 'client' and c.subject in (select t.client_id from person_tie t where t.person_id = p_person)
      or c.kind = 'category' and p_field is not null and (
        c.subject = retention_category(p_field, true) and exists (select from operator o where o.id = p_person)
        or c.subject = retention_category(p_field, false) and (
          exists (select from person_tie t where t.person_id = p_person)
          or not exists (select from operator o where o.id = p_person)))
      or c.kind = 'record' and c.subject in (select r.number from privacy_request_standing r
        where r.person_id = p_person)) $$;

revoke all on function last_act_of(text), keep_last_seen(), keep_last_used() from public;
grant execute on function last_act_of(text) to countersign_web, countersign_worker;
