/** The roster operation that brings somebody in, as far as it has got. */
import { operatorName } from '#lib/persons/operator-names.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Prisma } from '#lib/platform/db/generated/client.ts';
import { groupName } from './group-names.ts';
import { openNeeds } from './standing.ts';
import { standingInclude, standingOf } from './standing-of.ts';
import { waitsFor } from './list-operations.ts';
import { isFinal, type OperationState } from './states.ts';
import { loadTrust } from './trust.ts';

export type AdmissionView = {
  operation: string;
  number: string;
  state: OperationState;
  /** True when it ended without bringing the person in. */
  failed: boolean;
  raisedBy: string;
  raisedAt: string;
  /** As the queue says it: "One approver of Control". */
  waitsFor: string;
  needs: { label: string; people: number; stated: number }[];
  parties: { name: string; adopted: boolean }[];
};

const include = { ...standingInclude, adoptions: true } satisfies Prisma.OperationInclude;

/**
 * The roster change raised last whose roster has this person, null when nobody raised one yet.
 * Meant for people who are not in force: later rosters carry everybody who is.
 */
export async function findAdmission(
  personId: string,
  context: Context,
): Promise<AdmissionView | null> {
  const row = await context.db.operation.findFirst({
    where: { kind: 'roster-change', intent: { contains: `"id":"${personId}"` } },
    orderBy: { raisedAt: 'desc' },
    include,
  });
  if (!row) return null;
  const [raisedBy, trust] = await Promise.all([
    operatorName(context.db, row.raisedBy),
    loadTrust(context.db),
  ]);
  const standing = standingOf(row, { roster: trust?.roster ?? null, at: context.clock() });
  const adopted = new Set(row.adoptions.map(({ party }) => party));
  return {
    operation: row.id,
    number: row.number,
    state: standing.state,
    failed: isFinal(standing.state) && standing.state !== 'done',
    raisedBy,
    raisedAt: row.raisedAt.toISOString(),
    waitsFor: waitsFor(standing, row.stopSentence),
    needs: openNeeds(standing).map(({ decision, group, people: wanted, stated }) => ({
      label: `${decision === 'approve' ? 'Approver' : 'Co-signer'} of ${groupName(group)}`,
      people: wanted,
      stated,
    })),
    parties: (trust?.roster.parties ?? []).map(({ name }) => ({
      name,
      adopted: adopted.has(name),
    })),
  };
}
