-- Who agreed to what, in which wording, when and how (Article 7(1) GDPR). The vault held the answer alone, which proves
-- nothing: not what was asked, nor that it was. Rows never change; that a consent was taken back stands as a stop.

create table person_consent (
  person_id text not null references person (id) on delete restrict on update restrict,
  -- Field of the vault that holds the answer, and the version of it that this consent wrote.
  field text not null,
  version integer not null,
  -- Number of the consent in its register, and the version of its wording.
  register text not null,
  wording text not null,
  given_at timestamptz(3) not null,
  way text not null,
  recorded_at timestamptz(3) not null,
  recorded_by text not null,
  primary key (person_id, field, version),
  constraint person_consent_way check (way in ('form', 'online', 'email', 'conversation', 'document')),
  constraint person_consent_bounded check (length(field) between 1 and 60 and version between 1 and 2000
    and length(register) between 1 and 40 and length(wording) between 1 and 50 and length(recorded_by) between 1 and 60
    and given_at <= recorded_at)
);

create function guard_person_consent() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  roles text[];
begin
  select o.roles into roles from operator o where o.id = new.recorded_by;
  if roles is null or not roles && array['dpo', 'officer', 'manager'] or not is_about_now(new.recorded_at) then
    raise exception 'somebody who works with people’s data records a consent, now' using errcode = 'CS002';
  end if;
  if not exists (select from resilience_current c where c.number = new.register and c.kind = 'consent'
      and c.facts ->> 'field' = new.field
      and c.facts -> 'wordings' @> jsonb_build_array(jsonb_build_object('version', new.wording))) then
    raise exception 'a consent names a wording of its register' using errcode = 'CS002';
  end if;
  if not exists (select from person_value v where v.person_id = new.person_id and v.field = new.field
      and v.version = new.version and v.recorded_by = new.recorded_by) then
    raise exception 'a consent is of an answer that stands in the vault' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded before insert on person_consent for each row execute function guard_person_consent();
create trigger append_only before update or delete or truncate on person_consent
  for each statement execute function refuse_change();
alter table person_consent enable always trigger guarded;
alter table person_consent enable always trigger append_only;

revoke all on person_consent from public, countersign_web, countersign_worker;
revoke all on function guard_person_consent() from public;
grant select on person_consent to countersign_web, countersign_worker;
grant insert on person_consent to countersign_web;
