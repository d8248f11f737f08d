/** The policy in force, what waits to change it, what is drafted, and what was before. */
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { digestWords } from '#lib/protocol/words.ts';
import { beforeGenesis } from '../prepare-raise.ts';
import { loadTrust } from '../trust.ts';
import { loadWaitingChanges, type OperationLine, type WaitingChange } from '../waiting-changes.ts';
import { loadOffered, type Offered } from './view-draft.ts';

export type VersionLine = {
  version: number;
  digest: string;
  /** ISO instant. */
  since: string;
  /** Null for the version of genesis. */
  operation: OperationLine | null;
};

export type DraftLine = {
  id: string;
  name: string;
  baseVersion: number;
  updatedBy: string;
  updatedAt: string;
};

export type PolicyView = VersionLine & {
  words: string[];
  policy: Policy;
  /** When each source last said something, null for never; by the name of the source. */
  lastWords: Record<string, string | null>;
  waiting: WaitingChange[];
  drafts: DraftLine[];
  /** Those before the one in force, newest first. */
  older: VersionLine[];
  /** How many older ones there are that are not listed. */
  olderLeft: number;
  canDraft: boolean;
  offered: Offered;
};

const listMax = 100;
/** Versions, newest first, with the operations that made them. */
async function loadVersions(db: Database): Promise<VersionLine[]> {
  const rows = await db.policyVersion.findMany({
    select: { version: true, digest: true, adoptedAt: true, operationId: true },
    orderBy: { version: 'desc' },
    take: listMax + 1,
  });
  const numbers = await loadNumbers(
    db,
    rows.flatMap(({ operationId }) => operationId ?? []),
  );
  return rows.map(({ version, digest, adoptedAt, operationId }) => ({
    version,
    digest,
    since: adoptedAt.toISOString(),
    operation: operationId === null ? null : (numbers.get(operationId) ?? null),
  }));
}

export async function loadNumbers(
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OperationLine>> {
  const rows = await db.operation.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, number: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

async function loadDrafts(db: Database, nameOf: (person: string) => string): Promise<DraftLine[]> {
  const rows = await db.policyDraft.findMany({
    where: { discardedAt: null },
    select: { id: true, name: true, baseVersion: true, updatedBy: true, updatedAt: true },
    orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
    take: listMax,
  });
  return rows.map(({ id, name, baseVersion, updatedBy, updatedAt }) => ({
    id,
    name: shownText(name),
    baseVersion,
    updatedBy: nameOf(updatedBy),
    updatedAt: updatedAt.toISOString(),
  }));
}

async function loadLastWords(
  db: Database,
  { sources = [] }: Policy,
): Promise<Record<string, string | null>> {
  const words: Record<string, string | null> = {};
  for (const { name, fact } of sources) {
    const row = await db.signedFact.findFirst({
      where: { source: name, fact },
      select: { observedAt: true },
      orderBy: { observedAt: 'desc' },
    });
    words[name] = row?.observedAt.toISOString() ?? null;
  }
  return words;
}

export async function viewPolicy(actor: Actor, context: Context): Promise<Result<PolicyView>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const { db } = context;
  const trust = await loadTrust(db);
  if (!trust) return beforeGenesis();
  const nameOf = await operatorNames(db);
  const [[current, ...older], waiting, drafts, lastWords, offered, count] = await Promise.all([
    loadVersions(db),
    loadWaitingChanges('policy-change', db, nameOf, { roster: trust.roster, at: context.clock() }),
    loadDrafts(db, nameOf),
    loadLastWords(db, trust.policy),
    loadOffered(db),
    db.policyVersion.count(),
  ]);
  if (!current) return beforeGenesis();
  return ok({
    ...current,
    words: digestWords(current.digest),
    policy: trust.policy,
    lastWords,
    waiting,
    drafts,
    older,
    olderLeft: Math.max(0, count - 1 - older.length),
    canDraft: actor.scopes.has('policy:raise'),
    offered,
  });
}
