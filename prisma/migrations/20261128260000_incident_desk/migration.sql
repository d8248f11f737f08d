-- The incident desk: incidents and cyber threats, each a row that never changes with the events that follow it;
-- where it stands is drawn from the events by the database itself. Who is on call; what this entity is.

-- ---------------------------------------------------------------- tables

create sequence threat_number;

create table incident (
  id uuid primary key,
  number text not null unique,
  sort text not null,
  source text not null,
  opened_at timestamptz(3) not null,
  opened_by text not null
);

create table incident_event (
  incident_id uuid not null references incident (id) on delete restrict on update restrict,
  seq integer not null,
  kind text not null,
  actor text not null,
  at timestamptz(3) not null,
  facts jsonb not null,
  primary key (incident_id, seq)
);

create table incident_text (
  incident_id uuid not null,
  seq integer not null,
  field text not null,
  text text,
  salt bytea,
  commitment text not null,
  erased_at timestamptz(3),
  primary key (incident_id, seq, field),
  foreign key (incident_id, seq) references incident_event (incident_id, seq) on delete restrict on update restrict
);

create table incident_evidence (
  id uuid primary key,
  incident_id uuid not null,
  seq integer not null,
  media_type text not null,
  size integer not null,
  sha256 text not null,
  bytes bytea,
  erased_at timestamptz(3),
  unique (incident_id, seq),
  foreign key (incident_id, seq) references incident_event (incident_id, seq) on delete restrict on update restrict
);

-- Drawn from the events by a trigger; nobody writes it.
create table incident_standing (
  incident_id uuid primary key references incident (id) on delete restrict on update restrict,
  number text not null,
  sort text not null,
  source text not null,
  opened_at timestamptz(3) not null,
  seq integer not null,
  state text not null,
  severity smallint,
  class text not null,
  category text,
  assignee text,
  cause text,
  acknowledged_at timestamptz(3),
  occurred_at timestamptz(3),
  detected_at timestamptz(3),
  classified_at timestamptz(3),
  contained_at timestamptz(3),
  recovered_at timestamptz(3),
  closed_at timestamptz(3),
  reviewed_at timestamptz(3),
  escalation smallint not null
);

create table incident_task (
  incident_id uuid not null references incident (id) on delete restrict on update restrict,
  seq integer not null,
  purpose text not null,
  assignee text,
  due_on date not null,
  done_at timestamptz(3),
  primary key (incident_id, seq)
);

create table incident_link (
  incident_id uuid not null references incident (id) on delete restrict on update restrict,
  kind text not null,
  ref text not null,
  seq integer not null,
  primary key (incident_id, kind, ref)
);

-- Every time limit that was computed, with what it came from; a newer version keeps the older.
create table incident_deadline (
  incident_id uuid not null references incident (id) on delete restrict on update restrict,
  clock text not null,
  version integer not null,
  state text not null,
  limit_at timestamptz(3),
  due_at timestamptz(3),
  done_at timestamptz(3),
  facts jsonb not null,
  computed_at timestamptz(3) not null,
  primary key (incident_id, clock, version)
);

-- The newest version of each.
create table incident_clock (
  incident_id uuid not null references incident (id) on delete restrict on update restrict,
  clock text not null,
  version integer not null,
  state text not null,
  due_at timestamptz(3),
  done_at timestamptz(3),
  primary key (incident_id, clock)
);

create table recurrence_check (
  id uuid primary key,
  at timestamptz(3) not null,
  started_by text not null,
  from_day date not null,
  until_day date not null,
  looked_at integer not null,
  groups jsonb not null
);

create table on_call_turn (
  id uuid primary key,
  person_id text not null references operator (id) on delete restrict on update restrict,
  level smallint not null,
  from_at timestamptz(3) not null,
  until_at timestamptz(3) not null,
  set_by text not null references operator (id) on delete restrict on update restrict,
  set_at timestamptz(3) not null,
  ended_at timestamptz(3),
  ended_by text references operator (id) on delete restrict on update restrict
);

create table entity_profile (
  version integer primary key,
  facts jsonb not null,
  recorded_by text not null references operator (id) on delete restrict on update restrict,
  recorded_at timestamptz(3) not null
);

create table entity_contact (
  version integer not null references entity_profile (version) on delete restrict on update restrict,
  field text not null,
  text text,
  salt bytea,
  commitment text not null,
  erased_at timestamptz(3),
  primary key (version, field)
);

create index incident_event_kind_idx on incident_event (kind, at);
create index incident_standing_opened_idx on incident_standing (opened_at desc, incident_id);
create index incident_standing_state_idx on incident_standing (state, opened_at desc, incident_id);
create index incident_standing_class_idx on incident_standing (class, opened_at desc, incident_id);
-- Everything the figures of a period are made of, so that they are counted without reading the rows.
create index incident_standing_detected_idx on incident_standing
  (detected_at, class, state, cause, occurred_at, classified_at, contained_at, recovered_at, closed_at);
create index incident_task_open_idx on incident_task (due_on) where done_at is null;
create index incident_link_ref_idx on incident_link (kind, ref);
create index incident_clock_due_idx on incident_clock (due_at) where state in ('running', 'projected');
create index incident_clock_done_idx on incident_clock (due_at) where state in ('met', 'late');
create index recurrence_check_at_idx on recurrence_check (at desc, id);
create index on_call_turn_until_idx on on_call_turn (until_at);

-- ---------------------------------------------------------------- shapes and bounds

create function incident_sources() returns text[] language sql immutable as $$
  select array['reported', 'alarm', 'recurring', 'freeze', 'release', 'break-glass', 'unexplained-outflow', 'assets-mixed',
    'correction-unproved', 'break-over-limit', 'break-closing-unproved'] $$;

create function incident_event_kinds() returns text[] language sql immutable as $$
  select array['opened', 'retitled', 'triaged', 'acknowledged', 'assigned', 'escalated', 'noted', 'facts-recorded',
    'assessed', 'classified', 'linked', 'unlinked', 'evidence-added', 'task-added', 'task-moved', 'task-done',
    'warned', 'told', 'report-moved', 'reviewed', 'closed', 'reopened', 'dropped'] $$;

alter table incident
  add constraint incident_sort_known check (sort in ('incident', 'threat')),
  add constraint incident_source_known check (source = any (incident_sources())),
  add constraint incident_number_shape check (
    number ~ (case sort when 'incident' then '^INC-\d{4}-\d{6,}$' else '^TH-\d{4}-\d{6,}$' end)),
  add constraint incident_bounded check (length(opened_by) between 1 and 60);
alter table incident_event
  add constraint incident_event_kind_known check (kind = any (incident_event_kinds())),
  add constraint incident_event_bounded check (
    seq between 1 and 5000 and length(actor) between 1 and 60
    and jsonb_typeof(facts) = 'object' and octet_length(facts::text) <= 32768);
alter table incident_text
  add constraint incident_text_bounded check (field ~ '^[a-z-]{1,40}$' and length(text) <= 8000),
  add constraint incident_text_committed check (commitment ~ '^[0-9a-f]{64}$'),
  add constraint incident_text_erased_whole check (
    (text is null) = (erased_at is not null) and (text is null) = (salt is null)),
  add constraint incident_text_commitment_true check (
    text is null or commitment = encode(sha256(salt || convert_to(text, 'UTF8')), 'hex'));
alter table incident_evidence
  add constraint incident_evidence_bounded check (
    size between 1 and 10485760 and length(media_type) between 3 and 100 and sha256 ~ '^[0-9a-f]{64}$'),
  add constraint incident_evidence_erased_whole check ((bytes is null) = (erased_at is not null)),
  add constraint incident_evidence_true check (
    bytes is null or (octet_length(bytes) = size and encode(sha256(bytes), 'hex') = sha256));
alter table incident_deadline
  add constraint incident_deadline_state_known check (state in ('running', 'projected', 'met', 'late', 'stopped')),
  add constraint incident_deadline_bounded check (
    clock ~ '^[a-z-]{1,40}$' and version between 1 and 1000 and octet_length(facts::text) <= 16384),
  add constraint incident_deadline_done_whole check ((state in ('met', 'late')) = (done_at is not null));
alter table recurrence_check
  add constraint recurrence_check_bounded check (
    octet_length(groups::text) <= 1048576 and jsonb_typeof(groups) = 'array' and length(started_by) <= 60
    and from_day <= until_day and looked_at >= 0);
alter table on_call_turn
  add constraint on_call_turn_bounded check (
    level between 1 and 3 and from_at < until_at and until_at - from_at <= interval '31 days'
    and (ended_at is null) = (ended_by is null));
alter table entity_profile
  add constraint entity_profile_bounded check (
    version >= 1 and jsonb_typeof(facts) = 'object' and octet_length(facts::text) <= 32768);
alter table entity_contact
  add constraint entity_contact_bounded check (field ~ '^[a-z-]{1,40}$' and length(text) <= 400),
  add constraint entity_contact_committed check (commitment ~ '^[0-9a-f]{64}$'),
  add constraint entity_contact_erased_whole check (
    (text is null) = (erased_at is not null) and (text is null) = (salt is null)),
  add constraint entity_contact_commitment_true check (
    text is null or commitment = encode(sha256(salt || convert_to(text, 'UTF8')), 'hex'));

-- What was opened elsewhere keeps its number; the database numbers everything else.
create function number_incident() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  notice incident_record%rowtype;
begin
  select * into notice from incident_record r where r.id = new.id;
  if found then
    if new.sort <> 'incident' or new.source <> notice.what or new.opened_at <> notice.opened_at
      or new.opened_by <> notice.opened_by then
      raise exception 'incident %: it was opened otherwise', notice.number using errcode = 'CS002';
    end if;
    new.number := notice.number;
  elsif new.source not in ('reported', 'alarm', 'recurring') then
    raise exception 'an incident of another area comes with its notice' using errcode = 'CS002';
  elsif new.sort = 'threat' then
    new.number := numbered('TH', 'threat_number');
  else
    new.number := next_incident_number();
  end if;
  return new;
end $$;
create trigger numbered before insert on incident for each row execute function number_incident();
alter table incident enable always trigger numbered;

-- ---------------------------------------------------------------- what may follow what

create function incident_instant(facts jsonb, name text) returns timestamptz language sql immutable as $$
  select (facts -> 'facts' -> name ->> 'value')::timestamptz $$;

-- The same table as lib/incidents/desk/life.ts.
create function incident_may(state text, kind text) returns boolean language sql immutable as $$
  select case kind
    when 'opened' then state is null
    when 'closed' then state = 'working'
    when 'dropped' then state in ('new', 'working')
    when 'reopened' then state in ('closed', 'dropped')
    when 'acknowledged' then state = 'new'
    when 'triaged' then state in ('new', 'working')
    when 'escalated' then state in ('new', 'working')
    when 'warned' then state in ('new', 'working')
    when 'classified' then state = 'working'
    else state is not null
  end $$;

create function guard_incident_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about incident_standing%rowtype;
  is_person boolean := exists (select from operator o where o.id = new.actor);
begin
  -- Who comes second waits, sees the first and is refused.
  perform 1 from incident i where i.id = new.incident_id for update;
  select * into about from incident_standing s where s.incident_id = new.incident_id;
  if new.seq <> coalesce(about.seq, 0) + 1 then
    raise exception 'incident %: events follow one another', about.number using errcode = 'CS002';
  end if;
  if new.at < (select max(e.at) from incident_event e where e.incident_id = new.incident_id) then
    raise exception 'incident %: an event is not before the one it follows', about.number using errcode = 'CS002';
  end if;
  if not incident_may(about.state, new.kind) then
    raise exception 'incident %: % is no next step', about.number, new.kind using errcode = 'CS002';
  end if;
  if not is_person and (new.actor <> 'system' or new.kind in
      ('triaged', 'acknowledged', 'classified', 'reviewed', 'closed', 'reopened', 'dropped', 'retitled')) then
    raise exception 'incident %: % is for a person', about.number, new.kind using errcode = 'CS002';
  end if;
  -- The time of the decision starts the clock: it is the time at which it was made.
  if new.kind = 'classified' and coalesce(new.facts ->> 'verdict', '') not in ('major', 'not-major', 'reclassified') then
    raise exception 'incident %: a decision has a verdict', about.number using errcode = 'CS002';
  end if;
  -- What was never major is said by another person than the one who called it major.
  if new.kind = 'classified' and new.facts ->> 'verdict' = 'reclassified' and (about.class is distinct from 'major'
      or new.actor = (select e.actor from incident_event e where e.incident_id = new.incident_id
        and e.kind = 'classified' and e.facts ->> 'verdict' = 'major' order by e.seq desc limit 1)) then
    raise exception 'incident %: for another person, about a major incident', about.number using errcode = 'CS002';
  end if;
  if new.kind = 'classified' and new.facts ->> 'verdict' = 'not-major' and about.class = 'major' then
    raise exception 'incident %: what was major is reclassified', about.number using errcode = 'CS002';
  end if;
  if new.kind in ('task-done', 'task-moved') and not exists (select from incident_task t
      where t.incident_id = new.incident_id and t.seq = (new.facts ->> 'task')::int and t.done_at is null) then
    raise exception 'incident %: no such open task', about.number using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on incident_event for each row execute function guard_incident_event();
alter table incident_event enable always trigger guarded;

create function draw_incident() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  about incident%rowtype;
begin
  if new.kind = 'opened' then
    select * into about from incident i where i.id = new.incident_id;
    insert into incident_standing (incident_id, number, sort, source, opened_at, seq, state, class, detected_at, escalation)
      values (about.id, about.number, about.sort, about.source, about.opened_at, new.seq, 'new', 'open',
        coalesce((new.facts ->> 'detectedAt')::timestamptz, about.opened_at), 0);
  else
    update incident_standing s set
      seq = new.seq,
      state = case new.kind when 'triaged' then 'working' when 'closed' then 'closed' when 'dropped' then 'dropped'
        when 'reopened' then 'working' else s.state end,
      severity = case new.kind when 'triaged' then (new.facts ->> 'severity')::smallint else s.severity end,
      category = case new.kind when 'triaged' then new.facts ->> 'category' else s.category end,
      class = case new.kind when 'classified' then new.facts ->> 'verdict' else s.class end,
      classified_at = case when new.kind = 'classified' and s.classified_at is null then new.at else s.classified_at end,
      assignee = case new.kind when 'assigned' then new.facts ->> 'to' else s.assignee end,
      acknowledged_at = case when new.kind in ('acknowledged', 'triaged')
        then coalesce(s.acknowledged_at, new.at) else s.acknowledged_at end,
      escalation = case new.kind when 'escalated' then (new.facts ->> 'level')::smallint else s.escalation end,
      occurred_at = case when new.kind = 'facts-recorded' and new.facts -> 'facts' ? 'occurred_at'
        then incident_instant(new.facts, 'occurred_at') else s.occurred_at end,
      detected_at = case when new.kind = 'facts-recorded' and new.facts -> 'facts' ? 'detected_at'
        then coalesce(incident_instant(new.facts, 'detected_at'), s.opened_at) else s.detected_at end,
      contained_at = case when new.kind = 'facts-recorded' and new.facts -> 'facts' ? 'contained_at'
        then incident_instant(new.facts, 'contained_at') else s.contained_at end,
      recovered_at = case when new.kind = 'facts-recorded' and new.facts -> 'facts' ? 'recovered_at'
        then incident_instant(new.facts, 'recovered_at') else s.recovered_at end,
      cause = case when new.kind = 'reviewed' then new.facts ->> 'cause'
        when new.kind = 'facts-recorded' and new.facts -> 'facts' ? 'root_cause'
        then new.facts -> 'facts' -> 'root_cause' ->> 'value' else s.cause end,
      reviewed_at = case new.kind when 'reviewed' then new.at else s.reviewed_at end,
      closed_at = case when new.kind in ('closed', 'dropped') then new.at when new.kind = 'reopened' then null
        else s.closed_at end
      where s.incident_id = new.incident_id;
  end if;
  if new.kind in ('opened', 'linked') then
    insert into incident_link (incident_id, kind, ref, seq)
      select new.incident_id, l ->> 'kind', l ->> 'ref', new.seq
        from jsonb_array_elements(coalesce(new.facts -> 'links', '[]')) l
      on conflict do nothing;
  elsif new.kind = 'unlinked' then
    delete from incident_link l where l.incident_id = new.incident_id
      and l.kind = new.facts ->> 'kind' and l.ref = new.facts ->> 'ref';
  elsif new.kind = 'task-added' then
    insert into incident_task (incident_id, seq, purpose, assignee, due_on)
      values (new.incident_id, new.seq, new.facts ->> 'purpose', new.facts ->> 'assignee', (new.facts ->> 'dueOn')::date);
  elsif new.kind = 'task-moved' then
    update incident_task t set assignee = new.facts ->> 'assignee', due_on = (new.facts ->> 'dueOn')::date
      where t.incident_id = new.incident_id and t.seq = (new.facts ->> 'task')::int;
  elsif new.kind = 'task-done' then
    update incident_task t set done_at = new.at
      where t.incident_id = new.incident_id and t.seq = (new.facts ->> 'task')::int;
  end if;
  return null;
end $$;
create trigger drawn after insert on incident_event for each row execute function draw_incident();
alter table incident_event enable always trigger drawn;

alter table incident_standing
  add constraint incident_standing_state_known check (state in ('new', 'working', 'closed', 'dropped')),
  add constraint incident_standing_class_known check (class in ('open', 'major', 'not-major', 'reclassified')),
  add constraint incident_standing_severity check (severity between 1 and 4),
  add constraint incident_standing_escalation check (escalation between 0 and 3),
  add constraint incident_standing_times check (
    (occurred_at is null or detected_at is null or occurred_at <= detected_at)
    and (recovered_at is null or occurred_at is null or occurred_at <= recovered_at)
    and (contained_at is null or occurred_at is null or occurred_at <= contained_at)),
  add constraint incident_standing_bounded check (length(category) <= 60 and length(cause) <= 100 and length(assignee) <= 60);
alter table incident_task
  add constraint incident_task_purpose_known check (purpose in ('task', 'action'));
alter table incident_link
  add constraint incident_link_bounded check (kind in
    ('operation', 'break', 'asset', 'function', 'provider', 'contract', 'finding', 'risk', 'incident', 'breach', 'journal', 'vault')
    and length(ref) between 1 and 100);

-- An incident begins with its opening.
create function check_incident_opened() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from incident_event e where e.incident_id = new.id and e.seq = 1 and e.kind = 'opened') then
    raise exception 'an incident without its opening' using errcode = 'CS003';
  end if;
  return null;
end $$;
create constraint trigger opened after insert on incident deferrable initially deferred
  for each row execute function check_incident_opened();
alter table incident enable always trigger opened;

create function guard_incident_text() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null then
      raise exception 'a text starts whole' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.incident_id, new.seq, new.field, new.commitment) is distinct from (old.incident_id, old.seq, old.field, old.commitment)
    or old.erased_at is not null or new.erased_at is null then
    raise exception 'a text is only erased' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on incident_text for each row execute function guard_incident_text();
alter table incident_text enable always trigger guarded;

create function guard_incident_evidence() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null or not exists (select from incident_event e where e.incident_id = new.incident_id
        and e.seq = new.seq and e.kind = 'evidence-added' and e.facts ->> 'sha256' = new.sha256) then
      raise exception 'evidence comes with the event that names it' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.id, new.incident_id, new.seq, new.media_type, new.size, new.sha256)
      is distinct from (old.id, old.incident_id, old.seq, old.media_type, old.size, old.sha256)
    or old.erased_at is not null or new.erased_at is null then
    raise exception 'evidence is only erased' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on incident_evidence for each row execute function guard_incident_evidence();
alter table incident_evidence enable always trigger guarded;

create function guard_entity_contact() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.erased_at is not null then
      raise exception 'a contact starts whole' using errcode = 'CS002';
    end if;
    return new;
  end if;
  if (new.version, new.field, new.commitment) is distinct from (old.version, old.field, old.commitment)
    or old.erased_at is not null or new.erased_at is null then
    raise exception 'a contact is only erased' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on entity_contact for each row execute function guard_entity_contact();
alter table entity_contact enable always trigger guarded;

create function guard_entity_profile() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('entity profile', 0));
  if new.version <> (select coalesce(max(p.version), 0) + 1 from entity_profile p) then
    raise exception 'versions of the entity follow one another' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before insert on entity_profile for each row execute function guard_entity_profile();
alter table entity_profile enable always trigger guarded;

create function draw_incident_clock() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.version <> (select coalesce(max(d.version), 0) + 1 from incident_deadline d
      where d.incident_id = new.incident_id and d.clock = new.clock) then
    raise exception 'versions of a time limit follow one another' using errcode = 'CS002';
  end if;
  insert into incident_clock (incident_id, clock, version, state, due_at, done_at)
    values (new.incident_id, new.clock, new.version, new.state, new.due_at, new.done_at)
    on conflict (incident_id, clock) do update set version = excluded.version, state = excluded.state,
      due_at = excluded.due_at, done_at = excluded.done_at;
  return new;
end $$;
create trigger drawn before insert on incident_deadline for each row execute function draw_incident_clock();
alter table incident_deadline enable always trigger drawn;

-- A turn on call is ended once; nothing else about it changes.
create function guard_on_call_turn() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.id, new.person_id, new.level, new.from_at, new.until_at, new.set_by, new.set_at)
      is distinct from (old.id, old.person_id, old.level, old.from_at, old.until_at, old.set_by, old.set_at)
    or old.ended_at is not null or new.ended_at is null then
    raise exception 'a turn on call is only ended' using errcode = 'CS002';
  end if;
  return new;
end $$;
create trigger guarded before update on on_call_turn for each row execute function guard_on_call_turn();
alter table on_call_turn enable always trigger guarded;

do $$
declare
  name text;
begin
  foreach name in array array['incident', 'incident_event', 'incident_deadline', 'recurrence_check', 'entity_profile']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger append_only', name);
  end loop;
  foreach name in array array['incident_text', 'incident_evidence', 'entity_contact', 'on_call_turn', 'incident_standing']
  loop
    execute format('create trigger never_removed before delete or truncate on %I
      for each statement execute function refuse_change()', name);
    execute format('alter table %I enable always trigger never_removed', name);
  end loop;
end $$;

-- ---------------------------------------------------------------- who may

revoke all on incident, incident_event, incident_text, incident_evidence, incident_standing, incident_task, incident_link,
  incident_deadline, incident_clock, recurrence_check, on_call_turn, entity_profile, entity_contact
  from public, countersign_web, countersign_worker, countersign_ledger;
revoke all on function incident_sources(), incident_event_kinds(), number_incident(), incident_instant(jsonb, text),
  incident_may(text, text), guard_incident_event(), draw_incident(), check_incident_opened(), guard_incident_text(),
  guard_incident_evidence(), guard_entity_contact(), guard_entity_profile(), draw_incident_clock(), guard_on_call_turn()
  from public;
revoke all on sequence threat_number from public;

grant select on incident, incident_event, incident_text, incident_evidence, incident_standing, incident_task,
  incident_link, incident_deadline, incident_clock, recurrence_check, on_call_turn, entity_profile, entity_contact
  to countersign_web, countersign_worker;
grant insert (id, sort, source, opened_at, opened_by) on incident to countersign_web, countersign_worker;
grant insert on incident_event, incident_text, incident_deadline, recurrence_check to countersign_web, countersign_worker;
grant insert on incident_evidence, on_call_turn, entity_profile, entity_contact to countersign_web;
grant update (text, salt, erased_at) on incident_text, entity_contact to countersign_web;
grant update (bytes, erased_at) on incident_evidence to countersign_web;
grant update (ended_at, ended_by) on on_call_turn to countersign_web;
grant execute on function incident_sources(), incident_event_kinds(), incident_may(text, text)
  to countersign_web, countersign_worker;
