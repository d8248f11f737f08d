-- An answer of its own: nothing is held about who asks. It is decided by two people, about nobody, and only while
-- nobody of the vault is found by the name and the address that were given (Art 15(1): the confirmation).

-- What was corrected since finds as well: who had that name is known.
create function privacy_request_finds_nobody(p_request uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from privacy_request_search s where s.request_id = p_request and s.kind in ('name', 'email'))
    and not exists (select from privacy_request_search s join person_hash h on h.kind = s.kind and h.hash = s.hash
      where s.request_id = p_request and s.kind in ('name', 'email')) $$;

create function guard_privacy_request_nothing_held() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  decided jsonb := new.facts;
begin
  if new.kind = 'approved' then
    select e.facts into decided from privacy_request_event e
      where e.request_id = new.request_id and e.seq = (new.facts ->> 'of')::int;
  end if;
  if decided ->> 'decision' = 'nothing-held' and not coalesce((select s.person_id is null
        and decided -> 'grounds' = '[]'::jsonb and decided ->> 'package' is null and decided ->> 'plan' is null
        and privacy_request_finds_nobody(s.request_id)
      from privacy_request_standing s where s.request_id = new.request_id), false) then
    raise exception 'request: somebody of the vault is found by what was given, or nobody looked' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded_nothing_held before insert on privacy_request_event
  for each row when (new.kind in ('proposed', 'approved')) execute function guard_privacy_request_nothing_held();
alter table privacy_request_event enable always trigger guarded_nothing_held;

create or replace function privacy_request_outcome(p_request uuid, p_proposal integer) returns text
language sql stable set search_path = public, pg_temp as $$
  select case e.facts ->> 'decision' when 'grant' then 'fulfilled' when 'nothing-held' then 'fulfilled'
      when 'grant-in-part' then 'partly-refused' else 'refused' end
    from privacy_request_event e where e.request_id = p_request and e.seq = p_proposal $$;

do $$
declare
  old text := pg_get_functiondef('guard_privacy_request_event()'::regprocedure);
  changed text := old;
  one text[];
begin
  foreach one slice 1 in array array[
    ['(''grant'', ''grant-in-part'', ''refuse'')', '(''grant'', ''grant-in-part'', ''refuse'', ''nothing-held'')'],
    ['e.seq = about.proposal) <> ''grant''', 'e.seq = about.proposal) not in (''grant'', ''nothing-held'')'],
    ['new.facts -> ''grounds'' ? ''not-identified'')',
      'new.facts -> ''grounds'' ? ''not-identified'' or new.facts ->> ''decision'' = ''nothing-held'')'],
    -- Recipients are told whenever data went, also after an objection or a consent that was taken back (Art 19).
    ['about."right" in (''rectification'', ''erasure'', ''restriction'')',
      'about.person_id is not null and (about."right" in (''rectification'', ''erasure'', ''restriction'')
      or exists (select from privacy_request_event x where x.request_id = new.request_id and x.kind = ''erased''))']
  ] loop
    if strpos(changed, one[1]) = 0 then
      raise exception 'the rule of decisions is not where it was: %', one[1];
    end if;
    changed := replace(changed, one[1], one[2]);
  end loop;
  execute changed;
  -- What is not held needs no plan to go.
  old := pg_get_functiondef('guard_erasure_decision()'::regprocedure);
  changed := replace(old, 'about."right" = ''erasure'' and new.facts ->> ''decision'' <> ''refuse''',
    'about."right" = ''erasure'' and new.facts ->> ''decision'' not in (''refuse'', ''nothing-held'')');
  if changed = old then
    raise exception 'the rule of plans is not where it was';
  end if;
  execute changed;
end $$;

-- About whom nothing is held nothing was stopped or restricted either.
drop trigger never_refuses_marketing on privacy_request_event;
create trigger never_refuses_marketing before insert on privacy_request_event
  for each row when (new.kind = 'proposed'
    and not coalesce(new.facts ->> 'decision' in ('grant', 'nothing-held'), false)
    and not (new.facts ->> 'decision' = 'refuse'
      and new.facts -> 'grounds' ?| array['identity-not-shown', 'authority-not-shown']))
  execute function guard_marketing_objection();
alter table privacy_request_event enable always trigger never_refuses_marketing;

revoke all on function privacy_request_finds_nobody(uuid), guard_privacy_request_nothing_held() from public;
grant execute on function privacy_request_finds_nobody(uuid) to countersign_web, countersign_worker;
