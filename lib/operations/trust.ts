/** The console's copy of the roster and policy in force. Parties hold their own and never ask. */
import type { Database } from '#lib/platform/db/client.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { policy as policySchema, type Policy } from '#lib/protocol/policy.ts';
import { roster as rosterSchema, type Roster } from '#lib/protocol/roster.ts';

export type Trust = {
  roster: Roster;
  rosterDigest: string;
  policy: Policy;
  policyDigest: string;
};

/** The roster in force alone. @returns null before genesis. */
export async function loadRoster(db: Database | Tx): Promise<Roster | null> {
  const row = await db.rosterVersion.findFirst({ orderBy: { version: 'desc' } });
  return row && rosterSchema.parse(JSON.parse(row.document));
}

/** @param version of the roster. @returns null for one that is not on record. */
export async function loadRosterAt(db: Database | Tx, version: number): Promise<Roster | null> {
  const row = await db.rosterVersion.findUnique({ where: { version } });
  return row && rosterSchema.parse(JSON.parse(row.document));
}

/** @param version of the policy. @returns null for one that is not on record. */
export async function loadPolicyAt(db: Database | Tx, version: number): Promise<Policy | null> {
  const row = await db.policyVersion.findUnique({ where: { version } });
  return row && policySchema.parse(JSON.parse(row.document));
}

/** @returns null before genesis. */
export async function loadTrust(db: Database | Tx): Promise<Trust | null> {
  // One after the other: inside a transaction they share a connection.
  const rosterRow = await db.rosterVersion.findFirst({ orderBy: { version: 'desc' } });
  const policyRow = await db.policyVersion.findFirst({ orderBy: { version: 'desc' } });
  if (!rosterRow || !policyRow) return null;
  return {
    roster: rosterSchema.parse(JSON.parse(rosterRow.document)),
    rosterDigest: rosterRow.digest,
    policy: policySchema.parse(JSON.parse(policyRow.document)),
    policyDigest: policyRow.digest,
  };
}
