/** Tables of a party's own database. Instants are ISO strings, digests lower-case hex. */

export const SCHEMA_VERSION = 2;

export const schema = `
create table meta (
  name text primary key,
  value text not null
) strict;

-- Identity keys: one row, sealed.
create table identity (
  id integer primary key check (id = 1),
  identity_key text not null,
  exchange_key text not null,
  sealed blob not null
) strict;

-- The genesis on offer, then pinned; one row.
create table genesis (
  id integer primary key check (id = 1),
  digest text not null,
  bundle text not null,
  offered_at text not null,
  pinned_at text
) strict;

-- Hash-chained versions of roster and policy, each with the bundle that made it.
create table trust_log (
  kind text not null check (kind in ('roster', 'policy')),
  version integer not null,
  digest text not null,
  document text not null,
  operation text,
  intent_digest text,
  bundle text not null,
  previous_head text not null,
  head text not null,
  tag text not null,
  adopted_at text not null,
  primary key (kind, version)
) strict;

create table destinations (
  id text primary key,
  client text not null,
  chain text not null,
  asset text not null,
  address text not null,
  operation text not null,
  intent_digest text not null,
  bundle text not null,
  tag text not null,
  adopted_at text not null
) strict;

-- Vault and key register with this party's sealed share.
create table keys (
  key text primary key,
  vault text not null,
  tier text not null,
  chain text not null,
  suite text not null,
  epoch integer not null,
  members text not null,
  group_key text not null,
  public_key text not null,
  ceremony text not null,
  transcript text not null,
  operation text not null,
  intent_digest text not null,
  state text not null check (state in ('unconfirmed', 'prepared', 'usable')),
  echo text not null,
  confirmation text check ((confirmation is null) = (state = 'unconfirmed')),
  sealed blob not null,
  stored_at text not null,
  prepared_at text,
  usable_at text
) strict;

create unique index vault_has_one_key on keys (vault) where state = 'usable';

-- Operations by the one intent this party knows them with.
create table operations (
  operation text primary key,
  intent_digest text not null,
  highest_attempt integer not null,
  -- Highest attempt that someone ended with a no that this party saw; 0 for none.
  ended_attempt integer not null default 0
) strict;

-- What an operation is tied to: written in the commit before the first share of this party leaves.
create table ties (
  operation text not null references operations (operation),
  message_digest text not null,
  conflict_key text not null,
  key text not null,
  tied_at text not null,
  signature text,
  primary key (operation, message_digest)
) strict;

-- One transaction serves one operation.
create unique index tie_serves_one_operation on ties (message_digest);
create index tie_by_conflict_key on ties (conflict_key);

-- Non-zero counters that credentials showed, with the statement they signed.
create table counters (
  credential text not null,
  count integer not null,
  challenge text not null,
  primary key (credential, count)
) strict;

create table audit (
  seq integer primary key,
  at text not null,
  event text not null,
  operation text,
  digest text,
  refusal text,
  previous text not null,
  hash text not null
) strict;
`;
