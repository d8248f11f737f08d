/** What an operation that the parties took over changes in the console's own records. */
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import {
  canonicalize,
  digestOf,
  type DestinationListingIntent,
  type PolicyChangeIntent,
  type RosterChangeIntent,
  type Adoptable,
} from '#lib/protocol/intent.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { loadTrust } from '../trust.ts';
import { applyRoster } from './apply-roster.ts';

/** In the transaction that makes the operation done. Stops stand here since they were stated. */
export async function takeEffect(
  tx: Tx,
  operation: string,
  intent: Adoptable,
  now: Date,
): Promise<void> {
  switch (intent.kind) {
    case 'destination-listing':
      return certify(tx, operation, intent, now);
    case 'roster-change':
      return takeRoster(tx, operation, intent, now);
    case 'policy-change':
      return takePolicy(tx, operation, intent, now);
    case 'release':
      await tx.freeze.update({
        where: { operationId: intent.freeze },
        data: { releasedAt: now, releasedByOperation: operation },
      });
      return publish(tx, { topic: 'freezes', id: intent.freeze });
    case 'freeze':
    case 'revocation':
    case 'destination-removal':
      return undefined;
  }
}

/** Parties count from their own adoption, which came before; so the console is never early. */
const cooledAt = (policy: Policy | undefined, now: Date): Date =>
  new Date(now.getTime() + (policy?.book?.coolDownSeconds ?? 0) * 1000);

async function certify(
  tx: Tx,
  operation: string,
  { destination }: DestinationListingIntent,
  now: Date,
): Promise<void> {
  const { id } = destination;
  const row = await tx.destination.findUniqueOrThrow({ where: { id } });
  const certificate = {
    expiresAt: new Date(destination.expiresAt),
    evidenceMethod: destination.evidence?.method ?? null,
    evidenceCommitment: destination.evidence?.commitment ?? null,
  };
  if (row.operationId !== operation) {
    await tx.destination.update({
      where: { id },
      data: { ...certificate, certifiedBy: operation },
    });
    return;
  }
  const trust = await loadTrust(tx);
  await tx.destination.update({
    where: { id },
    data: { state: 'listed', listedAt: now, cooledAt: cooledAt(trust?.policy, now) },
  });
}

async function takeRoster(
  tx: Tx,
  operation: string,
  { roster }: RosterChangeIntent,
  now: Date,
): Promise<void> {
  await tx.rosterVersion.create({
    data: {
      version: roster.version,
      digest: digestOf(roster),
      document: canonicalize(roster),
      operationId: operation,
      adoptedAt: now,
    },
  });
  await applyRoster(tx, roster, now);
}

async function takePolicy(
  tx: Tx,
  operation: string,
  { policy }: PolicyChangeIntent,
  now: Date,
): Promise<void> {
  await tx.policyVersion.create({
    data: {
      version: policy.version,
      digest: digestOf(policy),
      document: canonicalize(policy),
      operationId: operation,
      adoptedAt: now,
    },
  });
  await publish(tx, { topic: 'policy', id: String(policy.version) });
}
