/** One draft as its page shows it. */
import { assets } from '#lib/chains/assets.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import { operatorNames } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { shownText } from '#lib/protocol/free-text.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { operationId } from '#lib/protocol/scalars.ts';
import { beforeGenesis } from '../prepare-raise.ts';
import { loadTrust } from '../trust.ts';
import { listNamableVaults, type NamableVault } from '../vault-receipts/list-namable-vaults.ts';
import { reportDraft, type DraftReport } from './check-draft.ts';
import { storedPolicy } from './draft-document.ts';

/** What rules of this installation may name. */
export type Offered = {
  assets: { value: string; label: string }[];
  vaults: { value: string; label: string; tier: string }[];
};

export type DraftView = {
  id: string;
  name: string;
  /** The version in force that it was written over. */
  baseVersion: number;
  policy: Policy;
  revision: number;
  createdBy: { id: string; name: string };
  /** ISO instants. */
  createdAt: string;
  updatedBy: { id: string; name: string };
  updatedAt: string;
  isDiscarded: boolean;
  inForce: { version: number };
  /** Whether the person who looks may change and raise it. */
  canChange: boolean;
  offered: Offered;
  /** Vaults that it may name as own ones. */
  namable: NamableVault[];
  report: DraftReport;
};

const vaultsMax = 1_000;

export async function loadOffered(db: Database): Promise<Offered> {
  const vaults = await db.vault.findMany({
    select: { id: true, name: true, tier: true },
    orderBy: { id: 'asc' },
    take: vaultsMax,
  });
  return {
    assets: assets.map(({ code }) => ({ value: code, label: code })),
    vaults: vaults.map(({ id, name, tier }) => ({ value: id, label: shownText(name), tier })),
  };
}

export const draftUnknown = () =>
  refuse('draft-unknown', 'There is no such draft. It may have been discarded.');

export async function viewDraft(
  actor: Actor,
  id: string,
  context: Context,
): Promise<Result<DraftView, string>> {
  const refused = lacksScope(actor, 'operation:read');
  if (refused) return refused;
  const known = operationId.safeParse(id);
  if (!known.success) return draftUnknown();
  const row = await context.db.policyDraft.findUnique({ where: { id: known.data } });
  if (!row) return draftUnknown();
  const trust = await loadTrust(context.db);
  if (!trust) return beforeGenesis();
  const policy = storedPolicy(row);
  const nameOf = await operatorNames(context.db);
  const person = (of: string): { id: string; name: string } => ({ id: of, name: nameOf(of) });
  return ok({
    id: row.id,
    name: shownText(row.name),
    baseVersion: row.baseVersion,
    policy,
    revision: row.revision,
    createdBy: person(row.createdBy),
    createdAt: row.createdAt.toISOString(),
    updatedBy: person(row.updatedBy),
    updatedAt: row.updatedAt.toISOString(),
    isDiscarded: row.discardedAt !== null,
    inForce: { version: trust.policy.version },
    canChange: actor.scopes.has('policy:raise') && row.discardedAt === null,
    offered: await loadOffered(context.db),
    namable: await listNamableVaults(context.db, trust.roster),
    report: await reportDraft(policy, { actor, trust }, context),
  });
}
