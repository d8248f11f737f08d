-- Who counts: people, keys and genesis change their status one way only, and what makes somebody
-- count is the worker's, which acts on what every party has adopted. Written by hand.

create function guard_operator_status() returns trigger language plpgsql as $$
begin
  if current_user <> 'countersign_web' then
    return new;
  end if;
  if tg_op = 'INSERT' and new.status <> 'invited' then
    raise exception 'person %: the web server only invites', new.id using errcode = '42501';
  end if;
  if tg_op = 'UPDATE' and new.status <> old.status and new.status <> 'suspended'
    and (old.status, new.status) <> ('invited', 'pending') then
    raise exception 'person %: the web server cannot make them % after %', old.id, new.status, old.status
      using errcode = '42501';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on operator
  for each row execute function guard_operator_status();

create function guard_credential_status() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if current_user = 'countersign_web' and new.status <> 'pending' then
      raise exception 'key: the web server only registers it' using errcode = '42501';
    end if;
    return new;
  end if;
  if new.status <> old.status then
    -- That a key was stopped is an end for everybody, the owner of the tables too.
    if old.status = 'revoked' or (new.status = 'pending' and current_user ~ '^countersign_') then
      raise exception 'key: no way from % to %', old.status, new.status using errcode = 'CS002';
    end if;
    if current_user = 'countersign_web' and new.status = 'active' then
      raise exception 'key: the web server cannot make it count' using errcode = '42501';
    end if;
  end if;
  return new;
end $$;
create trigger guarded before insert or update on credential
  for each row execute function guard_credential_status();

create function guard_genesis_state() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  -- Whoever owns the table may repair it; nobody else takes genesis back.
  if pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage') then
    return new;
  end if;
  if tg_op = 'INSERT' then
    if new.state <> 'collecting' then
      raise exception 'genesis starts without signatures' using errcode = '42501';
    end if;
    return new;
  end if;
  if old.state = 'pinned' then
    raise exception 'genesis %: it is pinned', old.digest using errcode = '42501';
  end if;
  if new.state <> old.state and not (
      (old.state = 'collecting' and new.state = 'signed' and current_user = 'countersign_web')
      or (old.state = 'signed' and new.state = 'pinned' and current_user = 'countersign_worker')) then
    raise exception 'genesis %: % cannot make it % after %', old.digest, current_user, new.state, old.state
      using errcode = '42501';
  end if;
  return new;
end $$;
create trigger guarded before insert or update on genesis
  for each row execute function guard_genesis_state();

-- The order in which statements came in is the database's to say.
revoke insert on operation_statement from countersign_web;
grant insert (operation_id, person_id, decision, attempt, document, assertion, credential_id, recorded_at)
  on operation_statement to countersign_web;

-- A key press with the longest fields there can be has some 21,000 bytes. Rows from before stay.
alter table operation_statement add constraint operation_statement_bounded check (
  octet_length(document) <= 65536 and octet_length(assertion::text) <= 65536) not valid;
alter table genesis_statement add constraint genesis_statement_bounded check (
  octet_length(document) <= 65536 and octet_length(assertion::text) <= 65536) not valid;
