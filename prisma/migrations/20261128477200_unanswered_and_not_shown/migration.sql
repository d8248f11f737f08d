-- The way on where a person never answers a question: a note reminds them and says until when their answer is waited for,
-- at least a week; once that day has passed everywhere, it is waited for no longer, and two people decide.

create function guard_privacy_request_waiting() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  waited date;
begin
  if new.kind = 'noted' and (
      (new.facts #>> '{reminder,question}')::int is distinct from (select s.question from privacy_request_standing s
        where s.request_id = new.request_id)
      or not coalesce((new.facts #>> '{reminder,answerBy}')::date
        between (new.at at time zone 'UTC')::date + 6 and (new.at at time zone 'UTC')::date + 92, false)) then
    raise exception 'request: a reminder is of the open question, and gives a week' using errcode = 'CS002';
  end if;
  if new.kind = 'answered' then
    select (e.facts #>> '{reminder,answerBy}')::date into waited from privacy_request_event e
      where e.request_id = new.request_id and e.kind = 'noted'
        and e.facts #> '{reminder,question}' = new.facts -> 'question' order by e.seq desc limit 1;
    if not coalesce(waited < (new.at at time zone 'Pacific/Kiritimati')::date, false) then
      raise exception 'request: an answer is waited for until the day that was named' using errcode = 'CS002';
    end if;
  end if;
  return new;
end $$;

create trigger guarded_waiting before insert on privacy_request_event
  for each row when (new.kind = 'noted' and new.facts ? 'reminder' or new.kind = 'answered' and new.facts ? 'isMissing')
  execute function guard_privacy_request_waiting();
alter table privacy_request_event enable always trigger guarded_waiting;

-- Refused because identity or authority was not shown, or because it stayed unclear, is only what is so on record.
create function guard_privacy_request_not_shown() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.facts -> 'grounds' ? 'identity-not-shown' and not exists (select from privacy_request_event e
        where e.request_id = new.request_id and e.kind = 'doubted' and e.seq > coalesce((select max(i.seq)
          from privacy_request_event i where i.request_id = new.request_id and i.kind = 'identified'), 0))
    or new.facts -> 'grounds' ? 'authority-not-shown' and not exists (select from privacy_request_event e
        where e.request_id = new.request_id and e.kind = 'opened' and e.facts ->> 'forAnother' = 'true'
          and not exists (select from privacy_request_event a where a.request_id = new.request_id
            and a.kind = 'authority-shown'))
    or new.facts -> 'grounds' ? 'not-clarified' and not exists (select from privacy_request_event e
        where e.request_id = new.request_id and e.kind = 'answered' and e.facts ? 'isMissing') then
    raise exception 'request: it is not refused for what was shown' using errcode = 'CS002';
  end if;
  return new;
end $$;

create trigger guarded_not_shown before insert on privacy_request_event
  for each row when (new.kind = 'proposed') execute function guard_privacy_request_not_shown();
alter table privacy_request_event enable always trigger guarded_not_shown;

-- Of whom it is not known that they may ask, nothing was stopped or restricted yet, and the refusal says so.
drop trigger never_refuses_marketing on privacy_request_event;
create trigger never_refuses_marketing before insert on privacy_request_event
  for each row when (new.kind = 'proposed' and new.facts ->> 'decision' is distinct from 'grant'
    and not (new.facts ->> 'decision' = 'refuse'
      and new.facts -> 'grounds' ?| array['identity-not-shown', 'authority-not-shown']))
  execute function guard_marketing_objection();
alter table privacy_request_event enable always trigger never_refuses_marketing;

-- Only what is excessive because it repeats earlier requests rests on them (Art 12(5)).
do $$
declare
  old text := pg_get_functiondef('guard_privacy_request_event()'::regprocedure);
  changed text := replace(old, 'array[''unfounded'', ''excessive'']', 'array[''excessive'']');
begin
  if changed = old then
    raise exception 'the rule of earlier requests is not where it was';
  end if;
  execute changed;
end $$;

revoke all on function guard_privacy_request_waiting(), guard_privacy_request_not_shown() from public;
