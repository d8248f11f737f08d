-- Who was put on the list of a breach by mistake is taken off it: by the data protection officer, with reasons, and only
-- before they were told. Who was taken off, and when, stays until the file of the breach goes.

-- CreateTable
CREATE TABLE "privacy_breach_taken_off" (
    "breach_id" UUID NOT NULL,
    "person_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "privacy_breach_taken_off_pkey" PRIMARY KEY ("breach_id","person_id","seq")
);

-- AddForeignKey
ALTER TABLE "privacy_breach_taken_off" ADD CONSTRAINT "privacy_breach_taken_off_breach_id_seq_fkey" FOREIGN KEY ("breach_id", "seq") REFERENCES "privacy_breach_event"("breach_id", "seq") ON DELETE RESTRICT ON UPDATE RESTRICT;
-- AddForeignKey
ALTER TABLE "privacy_breach_taken_off" ADD CONSTRAINT "privacy_breach_taken_off_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ---------------------------------------------------------------- what may follow what

-- The same table as lib/privacy/breaches/life.ts.
create or replace function privacy_breach_may(state text, kind text) returns boolean language sql immutable as $$
  select case
    when kind = 'opened' then state is null
    when state is null then false
    when kind = 'noted' then true
    when kind in ('confirmed', 'suspicion-warned', 'dismissal-proposed', 'dismissal-approved') then state = 'suspected'
    when kind = 'described' then state in ('suspected', 'confirmed', 'assessed', 'contained')
    when kind = 'contained' then state in ('confirmed', 'assessed')
    when kind in ('aware-moved', 'assessed', 'notification-signed', 'notification-sent', 'persons-listed',
        'persons-taken-off', 'warned') then state in ('confirmed', 'assessed', 'contained')
    when kind in ('clearance-proposed', 'clearance-returned', 'clearance-approved', 'persons-decided', 'persons-agreed',
        'persons-told') then state in ('assessed', 'contained')
    when kind = 'closed' then state = 'contained'
    when kind = 'reopened' then state in ('closed', 'not-a-breach')
    else false
  end $$;

-- ---------------------------------------------------------------- how it happens

-- When the last of those who are on record was told: everybody on the list, and as many as there are at least by what is
-- known of it. Null while somebody waits.
create or replace function privacy_breach_told_at(p_breach uuid) returns timestamptz
language sql stable set search_path = public, pg_temp as $$
  select case when told.listed >= (select coalesce(sum((e.facts ->> 'count')::int
          * case e.kind when 'persons-listed' then 1 else -1 end), 0) from privacy_breach_event e
        where e.breach_id = p_breach and e.kind in ('persons-listed', 'persons-taken-off'))
      and told.persons >= greatest(1, (select (e.facts #>> '{persons,least}')::bigint from privacy_breach_event e
        where e.breach_id = p_breach and e.kind = 'described' order by e.seq desc limit 1))
      then told.last end
    from (select coalesce(sum((e.facts ->> 'listed')::int), 0) as listed,
        coalesce(sum((e.facts ->> 'count')::bigint), 0) as persons, max((e.facts ->> 'sentAt')::timestamptz) as last
      from privacy_breach_event e where e.breach_id = p_breach and e.kind = 'persons-told'
        and e.facts ->> 'channel' <> 'public') told $$;

create function guard_persons_taken_off() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from operator o where o.id = new.actor and 'dpo' = any (o.roles)) then
    raise exception 'the data protection officer takes somebody off the list' using errcode = 'CS002';
  end if;
  return new;
end $$;

create function draw_persons_taken_off() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update privacy_breach_standing s set persons = s.persons - (new.facts ->> 'count')::int,
      told_at = privacy_breach_told_at(new.breach_id)
    where s.breach_id = new.breach_id;
  return null;
end $$;

-- Whoever was told knows it, and stays; the key to the list keeps them.
create function take_off_breach() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from privacy_breach_told t where t.breach_id = new.breach_id and t.person_id = new.person_id) then
    raise exception 'who was told of a breach stays on its list' using errcode = 'CS002';
  end if;
  delete from privacy_breach_person p where p.breach_id = new.breach_id and p.person_id = new.person_id;
  if not found then
    raise exception 'only who is on the list is taken off it' using errcode = 'CS002';
  end if;
  return null;
end $$;

create function check_persons_taken_off() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if (select count(*) from privacy_breach_taken_off t where t.breach_id = new.breach_id and t.seq = new.seq)
      is distinct from (new.facts ->> 'count')::bigint then
    raise exception 'as many are taken off the list as it says' using errcode = 'CS003';
  end if;
  if not exists (select from privacy_breach_text t where t.breach_id = new.breach_id and t.seq = new.seq
      and t.field = 'reasons') then
    raise exception 'who is taken off the list comes with the reasons' using errcode = 'CS003';
  end if;
  return null;
end $$;

create function is_being_taken_off(p_breach uuid, p_person text) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  select exists (select from privacy_breach_taken_off t join privacy_breach_event e
      on e.breach_id = t.breach_id and e.seq = t.seq
    where t.breach_id = p_breach and t.person_id = p_person and e.kind = 'persons-taken-off'
      and privacy_breach_event_is_new(t.breach_id, t.seq)) $$;

create or replace function guard_breach_person_deletion() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not is_breach_erasing(old.breach_id)
    and not (tg_table_name = 'privacy_breach_person' and is_being_taken_off(old.breach_id, old.person_id)) then
    raise exception 'who is on the list of a breach goes with its file, or is taken off it' using errcode = 'CS002';
  end if;
  return old;
end $$;

-- The file goes whole, with who was taken off as well.
create function guard_taken_off_gone() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from privacy_breach_taken_off t where t.breach_id = new.breach_id) then
    raise exception 'the file of a breach goes whole' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded before insert on privacy_breach_taken_off
  for each row execute function guard_privacy_breach_part();
create trigger taken_off after insert on privacy_breach_taken_off
  for each row execute function take_off_breach();
create trigger never_changed before update or truncate on privacy_breach_taken_off
  for each statement execute function refuse_change();
create trigger guarded_deletion before delete on privacy_breach_taken_off
  for each row execute function guard_breach_person_deletion();
create trigger guarded_taken_off before insert on privacy_breach_event
  for each row when (new.kind = 'persons-taken-off') execute function guard_persons_taken_off();
create trigger drawn_taken_off after insert on privacy_breach_event
  for each row when (new.kind = 'persons-taken-off') execute function draw_persons_taken_off();
create constraint trigger counted_taken_off after insert on privacy_breach_event deferrable initially deferred
  for each row when (new.kind = 'persons-taken-off') execute function check_persons_taken_off();
create trigger taken_off_gone before update on privacy_breach_erasure
  for each row execute function guard_taken_off_gone();
alter table privacy_breach_taken_off enable always trigger guarded;
alter table privacy_breach_taken_off enable always trigger taken_off;
alter table privacy_breach_taken_off enable always trigger never_changed;
alter table privacy_breach_taken_off enable always trigger guarded_deletion;
alter table privacy_breach_event enable always trigger guarded_taken_off;
alter table privacy_breach_event enable always trigger drawn_taken_off;
alter table privacy_breach_event enable always trigger counted_taken_off;
alter table privacy_breach_erasure enable always trigger taken_off_gone;

-- ---------------------------------------------------------------- who may

revoke all on privacy_breach_taken_off
  from public, countersign_web, countersign_worker, countersign_ledger, countersign_books;
revoke all on function guard_persons_taken_off(), draw_persons_taken_off(), take_off_breach(),
  check_persons_taken_off(), is_being_taken_off(uuid, text), guard_taken_off_gone() from public;
grant select, insert on privacy_breach_taken_off to countersign_web;
grant select, delete on privacy_breach_taken_off to countersign_worker;
grant execute on function is_being_taken_off(uuid, text) to countersign_web, countersign_worker;
