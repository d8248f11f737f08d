/**
 * What the party trusts: the genesis it pinned and every version of roster and policy since, each
 * chained to the one before and authenticated under the key-encryption key.
 */
import { digestOf } from '#lib/protocol/intent.ts';
import { genesisBundle, type GenesisBundle } from '#lib/protocol/genesis.ts';
import { makeLasting } from '#lib/protocol/lasting.ts';
import { policy, type Policy } from '#lib/protocol/policy.ts';
import { roster, type Roster } from '#lib/protocol/roster.ts';
import { taggedHash } from '../../wire/tagged-hash.ts';
import type { KeyEncryptionKey } from '../seal.ts';
import { integerOf, StoreError, textOf, textOrNull, type Database, type Row } from './database.ts';

export type GenesisRecord = { digest: string; bundle: GenesisBundle; pinnedAt: string | null };

/** Everything in force; `null` heads don't exist because a pinned genesis makes version 1 of both. */
export type Trust = {
  genesisDigest: string;
  roster: Roster;
  rosterDigest: string;
  rosterHead: string;
  policy: Policy;
  policyDigest: string;
  policyHead: string;
  /** All versions so far, oldest first. */
  rosters: Roster[];
  policies: Policy[];
};

type LogKind = 'roster' | 'policy';

type LogEntry = {
  kind: LogKind;
  version: number;
  digest: string;
  document: unknown;
  operation: string | null;
  intentDigest: string | null;
  bundle: unknown;
};

function headOf(entry: Omit<LogEntry, 'document' | 'bundle'>, previous: string): string {
  return taggedHash(
    'countersign/trust-log/v1',
    entry.kind,
    entry.version,
    entry.digest,
    entry.operation ?? '',
    entry.intentDigest ?? '',
    previous,
  );
}

const tagOf = (kek: KeyEncryptionKey, head: string): string =>
  kek.authenticate('countersign/trust-log-tag/v1', head);

export function readGenesis(database: Database): GenesisRecord | null {
  const row = database.one('select * from genesis where id = 1');
  if (!row) return null;
  return {
    digest: textOf(row, 'digest'),
    bundle: genesisBundle.parse(JSON.parse(textOf(row, 'bundle'))),
    pinnedAt: textOrNull(row, 'pinned_at'),
  };
}

/** Replaces an earlier offer; the caller made sure that none is pinned. */
export function offerGenesis(
  database: Database,
  digest: string,
  bundle: GenesisBundle,
  at: Date,
): void {
  database.run('delete from genesis where pinned_at is null');
  database.run(
    'insert into genesis (id, digest, bundle, offered_at) values (1, ?, ?, ?)',
    digest,
    JSON.stringify(bundle),
    at.toISOString(),
  );
}

/** Pins the genesis on offer and starts both logs with its versions; joins the caller's commit. */
export function pinGenesis(
  database: Database,
  kek: KeyEncryptionKey,
  of: GenesisRecord,
  at: Date,
): void {
  database.run('update genesis set pinned_at = ? where id = 1', at.toISOString());
  const { roster: first, policy: rules } = of.bundle.document;
  const common = { operation: null, intentDigest: null, bundle: null };
  for (const entry of [
    { ...common, kind: 'roster' as const, version: 1, digest: digestOf(first), document: first },
    { ...common, kind: 'policy' as const, version: 1, digest: digestOf(rules), document: rules },
  ])
    appendVersion(database, kek, entry, of.digest, at);
}

/** Joins the caller's commit. */
export function appendVersion(
  database: Database,
  kek: KeyEncryptionKey,
  entry: LogEntry,
  previousHead: string,
  at: Date,
): void {
  const head = headOf(entry, previousHead);
  database.run(
    `insert into trust_log (kind, version, digest, document, operation, intent_digest, bundle,
       previous_head, head, tag, adopted_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    entry.kind,
    entry.version,
    entry.digest,
    JSON.stringify(entry.document),
    entry.operation,
    entry.intentDigest,
    JSON.stringify(entry.bundle),
    previousHead,
    head,
    tagOf(kek, head),
    at.toISOString(),
  );
}

function rowsOf(database: Database, kind: LogKind): Row[] {
  return database.all('select * from trust_log where kind = ? order by version', kind);
}

/** Recomputes digest, chain and tag of each version, so a changed row stops the party. */
function checkedDocuments(
  rows: readonly Row[],
  kind: LogKind,
  kek: KeyEncryptionKey,
  genesisDigest: string,
): { documents: unknown[]; head: string; digest: string } {
  let previous = genesisDigest;
  let digest = '';
  const documents = rows.map((row, place) => {
    const document: unknown = JSON.parse(textOf(row, 'document'));
    digest = textOf(row, 'digest');
    const entry = {
      kind,
      version: integerOf(row, 'version'),
      digest,
      operation: textOrNull(row, 'operation'),
      intentDigest: textOrNull(row, 'intent_digest'),
    };
    const head = headOf(entry, previous);
    const sound =
      entry.version === place + 1 &&
      digestOf(document) === digest &&
      textOf(row, 'previous_head') === previous &&
      textOf(row, 'head') === head &&
      textOf(row, 'tag') === tagOf(kek, head);
    if (!sound) throw new StoreError('The trust log was changed outside the party.');
    previous = head;
    return document;
  });
  return { documents, head: previous, digest };
}

/**
 * @returns null before a genesis is pinned.
 * @throws StoreError when a stored version is not what the party once wrote.
 */
export function loadTrust(database: Database, kek: KeyEncryptionKey): Trust | null {
  const genesis = readGenesis(database);
  if (!genesis || genesis.pinnedAt === null) return null;
  if (digestOf(genesis.bundle.document) !== genesis.digest)
    throw new StoreError('The pinned genesis was changed outside the party.');
  const rosterLog = checkedDocuments(rowsOf(database, 'roster'), 'roster', kek, genesis.digest);
  const policyLog = checkedDocuments(rowsOf(database, 'policy'), 'policy', kek, genesis.digest);
  const rosters = rosterLog.documents.map((document) => makeLasting(roster.parse(document)));
  const policies = policyLog.documents.map((document) => makeLasting(policy.parse(document)));
  const [current, rules] = [rosters.at(-1), policies.at(-1)];
  if (!current || !rules)
    throw new StoreError('The trust log is empty although a genesis is pinned.');
  return {
    genesisDigest: genesis.digest,
    roster: current,
    rosterDigest: rosterLog.digest,
    rosterHead: rosterLog.head,
    policy: rules,
    policyDigest: policyLog.digest,
    policyHead: policyLog.head,
    rosters,
    policies,
  };
}

/** @returns the head of a log at one version, or null where the log does not reach it. */
export function headAt(database: Database, kind: LogKind, version: number): string | null {
  const row = database.one(
    'select head from trust_log where kind = ? and version = ?',
    kind,
    version,
  );
  return row && textOf(row, 'head');
}

/** Removes the last version, which another one replaces in this commit. */
export function takeLast(
  database: Database,
  kind: LogKind,
): { operation: string; intentDigest: string } {
  const row = database.one(
    'select * from trust_log where kind = ? order by version desc limit 1',
    kind,
  );
  if (!row) throw new Error('A version that is replaced stands here.');
  database.run(
    'delete from trust_log where kind = ? and version = ?',
    kind,
    integerOf(row, 'version'),
  );
  return { operation: textOf(row, 'operation'), intentDigest: textOf(row, 'intent_digest') };
}
