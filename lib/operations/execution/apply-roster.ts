import { appendAudit } from '#lib/audit/append-entry.ts';
import { endSessions } from '#lib/identity/sessions.ts';
import { publish } from '#lib/platform/db/notify.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { rosterEffect, type RosterEffect } from './roster-effect.ts';

/** Nobody in particular did it: people stated it in the operation that made the version. */
const by = 'system';

/**
 * Brings the console's records of people, keys and sessions in line with a roster that the parties
 * have adopted, in the caller's transaction. A sign-in ticket not redeemed yet is refused later, when
 * its key or person doesn't count any more.
 */
export async function applyRoster(tx: Tx, roster: Roster, now: Date): Promise<void> {
  const known = await tx.operator.findMany({
    select: {
      id: true,
      status: true,
      roles: true,
      group: true,
      credentials: { select: { id: true, status: true } },
    },
  });
  const effect = rosterEffect(roster, known);
  for (const { id, roles, group } of effect.seats)
    await tx.operator.update({ where: { id }, data: { status: 'active', roles, group } });
  await tx.credential.updateMany({
    where: { id: { in: effect.activated } },
    data: { status: 'active' },
  });
  await stopKeys(tx, effect.stopped, roster.version, now);
  await suspend(tx, effect.suspended, roster.version, now);
  const touched = [
    ...effect.seats.map(({ id }) => id),
    ...effect.stopped.map(({ personId }) => personId),
    ...effect.suspended,
  ];
  for (const id of new Set(touched)) await publish(tx, { topic: 'operators', id });
}

async function stopKeys(
  tx: Tx,
  stopped: RosterEffect['stopped'],
  rosterVersion: number,
  now: Date,
): Promise<void> {
  for (const { personId, credentialId } of stopped) {
    await tx.credential.update({ where: { id: credentialId }, data: { status: 'revoked' } });
    const sessionsEnded = await endSessions(
      tx,
      { personId, by, which: { credentialId }, reason: 'roster-changed' },
      now,
    );
    await appendAudit(tx, {
      kind: 'key-stopped',
      subject: personId,
      actor: by,
      at: now,
      facts: { credential: credentialId, rosterVersion, sessionsEnded },
    });
  }
}

async function suspend(
  tx: Tx,
  people: readonly string[],
  rosterVersion: number,
  now: Date,
): Promise<void> {
  for (const id of people) {
    await tx.operator.update({ where: { id }, data: { status: 'suspended' } });
    const sessionsEnded = await endSessions(
      tx,
      { personId: id, by, which: {}, reason: 'roster-changed' },
      now,
    );
    await appendAudit(tx, {
      kind: 'operator-suspended',
      subject: id,
      actor: by,
      at: now,
      facts: { rosterVersion, sessionsEnded },
    });
  }
}
