-- What is put down as sealed under the key of a file has the form of it: its version, the key, and room for a nonce and a
-- tag. Otherwise whoever has the web server puts down what the key service says nothing of, whatever became of the key.

create or replace function privacy_request_sealed_so(p_request uuid, p_sealed bytea) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from privacy_request r where r.id = p_request
    and r.key_id = encode(substring(p_sealed from 2 for 16), 'hex'))
    and substring(p_sealed from 1 for 1) = '\x01'::bytea and octet_length(p_sealed) >= 45 $$;

create or replace function privacy_breach_sealed_so(p_breach uuid, p_sealed bytea) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from privacy_breach b where b.id = p_breach
    and b.key_id = encode(substring(p_sealed from 2 for 16), 'hex'))
    and substring(p_sealed from 1 for 1) = '\x01'::bytea and octet_length(p_sealed) >= 45 $$;

create or replace function privacy_hold_sealed_so(p_hold uuid, p_sealed bytea) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from privacy_hold h where h.id = p_hold
    and h.key_id = encode(substring(p_sealed from 2 for 16), 'hex'))
    and substring(p_sealed from 1 for 1) = '\x01'::bytea and octet_length(p_sealed) >= 45 $$;
