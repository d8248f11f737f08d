/**
 * What a stop does in the console the moment it is stated: nobody waits for the parties to take it
 * over. Joins the caller's transaction; the operation's row exists.
 */
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { endAccess } from '#lib/identity/end-access.ts';
import { endEnrolment } from '#lib/identity/renew-invitation.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type {
  DestinationRemovalIntent,
  FreezeIntent,
  ReleaseIntent,
  RevocationIntent,
} from '#lib/protocol/stop-intents.ts';
import { openIncident } from './open-incident.ts';
import { scopeWords } from './scope-words.ts';

type By = { actor: Pick<Actor, 'personId'>; number: string };

export async function freezeAtOnce(
  tx: Tx,
  { operation, scope }: FreezeIntent,
  { actor, number }: By,
  now: Date,
): Promise<void> {
  const value =
    scope.what === 'everything' ? null : scope.what === 'asset' ? scope.asset : scope.vault;
  await tx.freeze.create({
    data: {
      operationId: operation,
      scope: scope.what,
      value,
      frozenAt: now,
      frozenBy: actor.personId,
    },
    select: { operationId: true },
  });
  await openIncident(
    tx,
    {
      what: 'freeze',
      title: `${scopeWords(scope)} frozen by ${number}`,
      openedBy: actor.personId,
      operations: [operation],
    },
    now,
  );
  await publish(tx, { topic: 'freezes', id: operation });
}

export async function noteRelease(
  tx: Tx,
  { operation, freeze }: ReleaseIntent,
  { actor, number }: By,
  now: Date,
): Promise<void> {
  const frozen = await tx.operation.findUniqueOrThrow({
    where: { id: freeze },
    select: { number: true },
  });
  await openIncident(
    tx,
    {
      what: 'release',
      title: `Release of ${frozen.number} raised as ${number}`,
      openedBy: actor.personId,
      operations: [operation, freeze],
    },
    now,
  );
}

export async function removeAtOnce(
  tx: Tx,
  { operation, destination }: DestinationRemovalIntent,
  { actor }: By,
  now: Date,
): Promise<void> {
  const { count } = await tx.destination.updateMany({
    where: { id: destination, state: 'listed' },
    data: { state: 'removed', removedAt: now, removedBy: actor.personId },
  });
  if (count === 0) return;
  await appendAudit(tx, {
    kind: 'destination-removed',
    subject: destination,
    actor: actor.personId,
    at: now,
    facts: { operation },
  });
}

/** Ends the key, or every key and all access of the person, with the sessions opened with them. */
export async function revokeAtOnce(
  tx: Tx,
  { operation, person, credential }: RevocationIntent,
  { actor }: By,
  now: Date,
): Promise<void> {
  const by = actor.personId;
  await tx.revocation.create({
    data: {
      operationId: operation,
      personId: person,
      credentialId: credential,
      revokedAt: now,
      revokedBy: by,
    },
    select: { operationId: true },
  });
  const keys = await tx.credential.findMany({
    where: {
      operatorId: person,
      status: { not: 'revoked' },
      ...(credential === null ? {} : { id: credential }),
    },
    select: { id: true },
  });
  for (const { id } of keys) {
    // A key press checked at this moment is either before the stop or refused by it.
    await tx.$queryRaw`select 1 from credential where id = ${id} for no key update`;
    await tx.credential.update({ where: { id }, data: { status: 'revoked' } });
    const sessionsEnded = await endAccess(
      tx,
      { personId: person, by, reason: 'key-stopped', credentialId: id },
      now,
    );
    await appendAudit(tx, {
      kind: 'key-stopped',
      subject: person,
      actor: by,
      at: now,
      facts: { credential: id, operation, sessionsEnded },
    });
  }
  if (credential === null) await suspend(tx, { person, by, operation }, now);
  await publish(tx, { topic: 'operators', id: person });
}

/** Every key, now and later: nobody who holds none can come back by a new enrolment. */
async function suspend(
  tx: Tx,
  of: { person: string; by: string; operation: string },
  now: Date,
): Promise<void> {
  const keysRemoved = await endEnrolment(tx, of.person, now);
  const { count } = await tx.operator.updateMany({
    where: { id: of.person, status: { not: 'suspended' } },
    data: { status: 'suspended' },
  });
  if (count === 0) return;
  const sessionsEnded = await endAccess(
    tx,
    { personId: of.person, by: of.by, reason: 'suspended' },
    now,
  );
  await appendAudit(tx, {
    kind: 'operator-suspended',
    subject: of.person,
    actor: of.by,
    at: now,
    facts: { operation: of.operation, sessionsEnded, keysRemoved },
  });
}
