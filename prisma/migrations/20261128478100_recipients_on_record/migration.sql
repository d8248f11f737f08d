-- What may happen to a request before it is decided: that somebody is on record as having received the person's data, or
-- was put there by mistake, and that the person wants their data sent to another controller (Article 20(2) GDPR).

-- The same table as lib/privacy/requests/life.ts.
create or replace function privacy_request_may(state text, kind text) returns boolean language sql immutable as $$
  select case
    when kind = 'opened' then state is null
    when state is null then false
    when kind in ('identified', 'authority-shown', 'doubted', 'marked-duplicate', 'recipient-added', 'recipient-struck',
        'transmission-asked') then
      state in ('received', 'identity', 'clarification', 'collecting', 'review', 'opinion')
    when kind = 'asked' then state in ('received', 'collecting', 'review')
    when kind = 'answered' then state in ('identity', 'clarification')
    when kind = 'extended' then
      state in ('received', 'identity', 'clarification', 'collecting', 'review', 'opinion', 'proposed')
    when kind = 'collected' then state in ('received', 'collecting', 'review', 'opinion')
    when kind = 'reviewed' then state in ('received', 'collecting', 'review')
    when kind = 'opinion-given' then state in ('review', 'opinion')
    when kind = 'proposed' then state = 'opinion'
    when kind in ('returned', 'approved') then state = 'proposed'
    when kind = 'fulfilled' then state = 'approved'
    when kind in ('recipient-told', 'notified') then state in ('fulfilled', 'partly-refused')
    when kind = 'closed' then state in ('fulfilled', 'partly-refused', 'refused', 'notified')
    when kind in ('withdrawn', 'warned') then
      state in ('received', 'identity', 'clarification', 'collecting', 'review', 'opinion', 'proposed', 'approved')
    when kind = 'reopened' then state in ('closed', 'withdrawn', 'duplicate')
    when kind in ('erased', 'put-back') then state = 'approved'
    when kind = 'freed' then state in ('partly-refused', 'refused', 'notified', 'closed')
    else kind in ('noted', 'file-added', 'files-left-out')
  end $$;
