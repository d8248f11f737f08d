/**
 * The same work by a function written by hand and nothing else: key, ordered updates, balance and
 * version, two lines, the zero-sum trigger at commit, append-only lines, and the audit entry. It knows one asset, no holds, no corrections and no refusals.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { auditLeaf } from '#lib/audit/leaf.ts';

const schema = `
create schema hand_written;
create table hand_written.account(id int primary key, asset text not null, allow_negative boolean not null default true,
  balance numeric(78,0) not null default 0, held numeric(78,0) not null default 0, version bigint not null default 0,
  check (allow_negative or balance - held >= 0)) with (fillfactor = 70);
create table hand_written.journal(id bigint generated always as identity primary key, idem_key uuid not null unique,
  kind text not null, created_at timestamptz not null default now());
create table hand_written.posting(journal_id bigint not null references hand_written.journal(id), line smallint not null,
  account_id int not null references hand_written.account(id), asset text not null,
  amount numeric(78,0) not null check (amount <> 0), primary key (journal_id, line));
create index on hand_written.posting(account_id, journal_id);
create function hand_written.sums_to_zero() returns trigger language plpgsql as $$
declare total numeric;
begin
  select sum(amount) into total from hand_written.posting where journal_id = new.journal_id;
  if total <> 0 then raise exception 'unbalanced journal %', new.journal_id; end if;
  return null;
end $$;
create constraint trigger sums_to_zero after insert on hand_written.posting
  deferrable initially deferred for each row execute function hand_written.sums_to_zero();
create function hand_written.no_change() returns trigger language plpgsql as
  $$ begin raise exception 'append only'; end $$;
create trigger append_only before update or delete on hand_written.posting
  for each row execute function hand_written.no_change();
create function hand_written.post(k uuid, a int, b int, amt numeric,
  what text, subject text, who text, at timestamptz, leaf bytea, hash bytea) returns bigint language plpgsql as $$
declare made bigint;
begin
  insert into hand_written.journal(idem_key, kind) values (k, 'transfer')
    on conflict (idem_key) do nothing returning id into made;
  if made is null then
    select id into made from hand_written.journal where idem_key = k;
    return made;
  end if;
  if a < b then
    update hand_written.account set balance = balance - amt, version = version + 1 where id = a;
    update hand_written.account set balance = balance + amt, version = version + 1 where id = b;
  else
    update hand_written.account set balance = balance + amt, version = version + 1 where id = b;
    update hand_written.account set balance = balance - amt, version = version + 1 where id = a;
  end if;
  insert into hand_written.posting values (made, 1, a, 'SOL', -amt), (made, 2, b, 'SOL', amt);
  insert into audit_entry (kind, subject, actor, at, leaf, leaf_hash) values (what, subject, who, at, leaf, hash);
  return made;
end $$;
insert into hand_written.account(id, asset) select id, 'SOL' from generate_series(1, 2000) id;
grant usage on schema hand_written to countersign_worker;
grant select, insert, update on all tables in schema hand_written to countersign_worker;
grant execute on all functions in schema hand_written to countersign_worker;
`;

const statement = 'select hand_written.post($1, $2, $3, 5, $4, $5, $6, $7, $8, $9)';

/** Makes its tables beside ours. Once for each database. */
export async function openHandWritten(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(schema);
  } finally {
    await owner.end();
  }
}

/**
 * Moves 5 from one account to another, each by its number from 1 on, through the bare driver. Its audit entry is of
 * the same kind as ours and names its journal: one text for all of them would always be written to the same
 * place of the index, which no real entry is.
 */
export function handWrittenPost(pool: pg.Pool): (from: number, to: number) => Promise<void> {
  const at = new Date();
  return async (from, to) => {
    const key = randomUUID();
    const entry = { kind: 'journal-posted', subject: key, actor: 'worker', at } as const;
    const leaf = auditLeaf({ ...entry, facts: { journalKey: key, journalKind: 'transfer' } });
    await pool.query(statement, [
      key,
      from,
      to,
      entry.kind,
      entry.subject,
      entry.actor,
      at.toISOString(),
      leaf.bytes,
      leaf.hash,
    ]);
  };
}
