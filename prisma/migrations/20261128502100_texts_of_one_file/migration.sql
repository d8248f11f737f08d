-- An erasure reads what is on record as naming its person, and then one file after the other; it goes through all texts
-- only when it looks for what is not on record. As before, the worker sees them only while somebody is erased.

create function file_texts_naming(p_person text, p_after text, p_most integer)
returns table (home text, file uuid, number text, key_id text, seq integer, field text, commitment text, sealed bytea,
  stays boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select * from (
    select 'privacy-breach', b.id, b.number, b.key_id, t.seq, t.field, t.commitment, t.sealed,
        e.kind = 'notification-signed'
      from person_mention m join privacy_breach_text t on t.commitment = m.commitment
        join privacy_breach b on b.id = t.breach_id
        join privacy_breach_event e on e.breach_id = t.breach_id and e.seq = t.seq
      where m.person_id = p_person and m.of_table = 'privacy_breach_text' and t.sealed is not null
    union all
    select 'privacy-hold', h.id, h.number, h.key_id, t.seq, t.field, t.commitment, t.sealed, s.state <> 'lifted'
      from person_mention m join privacy_hold_text t on t.commitment = m.commitment
        join privacy_hold h on h.id = t.hold_id
        join privacy_hold_standing s on s.hold_id = t.hold_id
      where m.person_id = p_person and m.of_table = 'privacy_hold_text' and t.sealed is not null)
    found (home, file, number, key_id, seq, field, commitment, sealed, stays)
  where commitment > p_after
    and exists (select from person_erasure p where p.person_id = p_person and p.state in ('due', 'swept'))
  order by commitment limit p_most $$;

-- All texts of one file, whomever they name.
create function texts_of_file_while_erasing(p_home text, p_file uuid)
returns table (number text, key_id text, seq integer, field text, commitment text, sealed bytea, stays boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select * from (
    select b.number, b.key_id, t.seq, t.field, t.commitment, t.sealed, e.kind = 'notification-signed'
      from privacy_breach_text t join privacy_breach b on b.id = t.breach_id
        join privacy_breach_event e on e.breach_id = t.breach_id and e.seq = t.seq
      where p_home = 'privacy-breach' and t.breach_id = p_file and t.sealed is not null
    union all
    select h.number, h.key_id, t.seq, t.field, t.commitment, t.sealed, s.state <> 'lifted'
      from privacy_hold_text t join privacy_hold h on h.id = t.hold_id
        join privacy_hold_standing s on s.hold_id = t.hold_id
      where p_home = 'privacy-hold' and t.hold_id = p_file and t.sealed is not null)
    found (number, key_id, seq, field, commitment, sealed, stays)
  where exists (select from person_erasure p where p.state in ('due', 'swept'))
  order by seq, field $$;

revoke all on function file_texts_naming(text, text, integer), texts_of_file_while_erasing(text, uuid) from public;
grant execute on function file_texts_naming(text, text, integer), texts_of_file_while_erasing(text, uuid)
  to countersign_worker;

-- A page of all is read by the order of commitments, and not put in order anew each time.
create or replace function file_texts_while_erasing(p_after text, p_most integer)
returns table (home text, file uuid, number text, key_id text, seq integer, field text, commitment text, redacted text,
  sealed bytea, stays boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select * from (
    (select 'privacy-breach', b.id, b.number, b.key_id, t.seq, t.field, t.commitment, t.redacted, t.sealed,
        e.kind = 'notification-signed'
      from privacy_breach_text t join privacy_breach b on b.id = t.breach_id
        join privacy_breach_event e on e.breach_id = t.breach_id and e.seq = t.seq
      where t.sealed is not null and t.commitment > p_after order by t.commitment limit p_most)
    union all
    (select 'privacy-hold', h.id, h.number, h.key_id, t.seq, t.field, t.commitment, t.redacted, t.sealed,
        s.state <> 'lifted'
      from privacy_hold_text t join privacy_hold h on h.id = t.hold_id
        join privacy_hold_standing s on s.hold_id = t.hold_id
      where t.sealed is not null and t.commitment > p_after order by t.commitment limit p_most))
    found (home, file, number, key_id, seq, field, commitment, redacted, sealed, stays)
  where exists (select from person_erasure p where p.state in ('due', 'swept'))
  order by commitment limit p_most $$;
