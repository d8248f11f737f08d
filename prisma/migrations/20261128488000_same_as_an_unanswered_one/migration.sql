-- The one that goes on is not answered yet: of one that is, the new request would end with no answer (Article 12(3) GDPR).
create or replace function guard_privacy_request_same() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Of two that are marked at once as the same as each other, one goes on.
  perform from privacy_request r where r.number = new.facts ->> 'of' for update;
  if not exists (select from privacy_request_standing other join privacy_request_standing one
      on one.request_id = new.request_id where other.number = new.facts ->> 'of' and other.request_id <> one.request_id
      and other."right" = one."right" and other.state in ('received', 'identity', 'clarification', 'collecting', 'review',
        'opinion', 'proposed', 'approved')
      and other.received_at <= one.received_at
      and privacy_request_is_same(one.request_id, other.request_id)) then
    raise exception 'a request is the same as an earlier one of the same person and right that is not answered yet'
      using errcode = 'CS002';
  end if;
  return new;
end $$;
