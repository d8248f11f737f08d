/** Tables of a party's own database. Instants are ISO strings, digests lower-case hex. */

export const SCHEMA_VERSION = 8;

const tieUses = `
-- What else of the chain an operation uses up, and so no other may: Bitcoin's further inputs.
create table tie_uses (
  operation text not null references operations (operation),
  used text not null,
  primary key (operation, used)
) strict;

create index tie_use_by_name on tie_uses (used);
`;

const pairs = `
-- Secret state with one other holder of a key, for one epoch of it. One that is banned or given up has
-- no secret any more; its row stays, so that the pair is not set up again in that epoch.
create table pairs (
  key text not null,
  epoch integer not null,
  ceremony text not null,
  peer text not null,
  pair_id text not null,
  state text not null check (state in ('set-up', 'used', 'banned', 'given-up')),
  sealed blob check ((sealed is null) = (state in ('banned', 'given-up'))),
  -- Proves the row where there is no sealed secret.
  tag text not null,
  changed_at text not null,
  primary key (key, epoch, ceremony, peer)
) strict;
`;

const freezes = `
-- By content: whoever freezes chooses the id, so two may have one.
create table freezes (
  operation text not null,
  scope text not null,
  intent_digest text not null,
  frozen_at text not null,
  released_at text,
  released_by text,
  tag text not null,
  primary key (operation, intent_digest)
) strict;
`;

/** What makes of a database of each of these versions one of the next; loses nothing. */
export const upgrades: readonly { from: number; sql: string }[] = [
  {
    from: 5,
    sql: `
alter table freezes rename to freezes_before;
${freezes}
insert into freezes select operation, scope, intent_digest, frozen_at, released_at, released_by, tag
  from freezes_before;
drop table freezes_before;
`,
  },
  {
    from: 6,
    sql: `
alter table ties add column parts text;
alter table ties add column signatures text;
update ties set signatures = json_array(signature) where signature is not null;
alter table ties drop column signature;
${tieUses}`,
  },
  { from: 7, sql: pairs },
];

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

-- Everything people decided that this party took over, in the order in which it did, with the
-- statements; other parties read on from where they were.
create table decrees (
  seq integer primary key,
  kind text not null,
  operation text not null,
  intent_digest text not null,
  attempt integer not null,
  -- The operation with its statements, or for a lone no the signed statement.
  document text not null,
  adopted_at text not null,
  unique (kind, operation, intent_digest, attempt)
) strict;

create table destinations (
  id text primary key,
  client text not null,
  chain text not null,
  asset text not null,
  address text not null,
  class text not null,
  evidence text not null,
  expires_at text not null,
  -- When it was first listed; a recertification leaves it.
  listed_at text not null,
  removed_at text,
  operation text not null,
  intent_digest text not null,
  tag text not null
) strict;

${freezes}
-- Keys that somebody revoked, by the id of the credential.
create table revocations (
  credential text primary key,
  person text not null,
  operation text not null,
  revoked_at text not null,
  tag text not null
) strict;

-- A no that came alone, perhaps before this party knew the operation.
create table noes (
  operation text not null,
  intent_digest text not null,
  attempt integer not null,
  seen_at text not null,
  primary key (operation, intent_digest)
) strict;

-- Full sets that wait out a delay or time-lock, from when this party first saw them.
create table waits (
  operation text not null,
  attempt integer not null,
  intent_digest text not null,
  kind text not null,
  document text not null,
  since text not null,
  until text not null,
  primary key (operation, attempt)
) strict;

-- What this party let go, once for each operation: from the decision until the last share for it left.
create table spends (
  operation text primary key,
  asset text not null,
  amount text not null,
  vault text not null,
  client text not null,
  destination text not null,
  at text not null
) strict;

create index spend_by_time on spends (asset, at);
create index spend_by_destination on spends (destination);

-- The furthest each other party was seen, in its own signed words.
create table peers (
  name text primary key,
  length integer not null,
  heads text not null,
  seen_at text not null
) strict;

-- Operations as they were shown to this party, for its own pages; bounded, and nothing rests on it.
create table presented (
  operation text primary key,
  intent_digest text not null,
  document text not null,
  seen_at text not null
) strict;

-- Vault and key register with this party's sealed shares: one row for each epoch of a key that it
-- still keeps, and for one that was begun again perhaps several.
create table keys (
  key text not null,
  epoch integer not null,
  ceremony text not null,
  vault text not null,
  tier text not null,
  chain text not null,
  suite text not null,
  members text not null,
  group_key text not null,
  public_key text not null,
  transcript text not null,
  operation text not null,
  intent_digest text not null,
  state text not null
    check (state in ('unconfirmed', 'prepared', 'superseded', 'usable', 'retiring')),
  echo text not null,
  confirmation text check ((confirmation is null) = (state = 'unconfirmed')),
  -- Confirmations of the other members, for an epoch that a refresh made.
  evidence text not null,
  -- Members that gave up a prepared epoch before another took its place.
  abandoned_by text not null,
  sealed blob not null,
  -- Proves the row where the sealed share is lost.
  tag text not null,
  stored_at text not null,
  changed_at text,
  primary key (key, epoch, ceremony)
) strict;

create unique index vault_has_one_key on keys (vault) where state = 'usable';
create unique index key_has_one_usable_epoch on keys (key) where state = 'usable';
create unique index epoch_is_prepared_once on keys (key, epoch) where state in ('prepared', 'usable');

${pairs}
-- Shares that this party sealed for its custodians. What is inside opens only with their parts.
create table backups (
  key text not null,
  epoch integer not null,
  -- The recovery key it was sealed to.
  group_key text not null,
  operation text not null,
  archive text not null,
  sealed_at text not null,
  primary key (key, epoch, group_key)
) strict;

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
  -- What is signed, as JSON; null in a tie of before there were parts.
  parts text,
  tied_at text not null,
  -- One for each part, as JSON.
  signatures text,
  primary key (operation, message_digest)
) strict;

${tieUses}
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
