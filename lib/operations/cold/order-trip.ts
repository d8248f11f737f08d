import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { intent as intentSchema } from '#lib/protocol/intent.ts';
import { requirement } from '#lib/protocol/policy.ts';
import { operationId, slug } from '#lib/protocol/scalars.ts';
import { groupName } from '../group-names.ts';
import { findGrantEnded } from '../access/grant-ended.ts';
import { asState } from '../states.ts';
import { beforeGenesis } from '../prepare-raise.ts';
import { loadTrust } from '../trust.ts';
import { groupNotAsked } from './cold-members.ts';
import { isTimeForTrip, signsForVault } from './trip-time.ts';
import { openTripStates } from './trip-states.ts';
import { whoTakesPart } from './who-takes-part.ts';

const needs = z.array(requirement);

/** Orders for one operation in an hour; every one makes documents and asks parties for words. */
const ordersMax = 30;
const hourMs = 3_600_000;

const form = z.strictObject({
  operation: operationId,
  /** The cold party that signs; null for a ceremony, in which all of them take part. */
  party: slug.nullable(),
});

/**
 * Orders a trip to cold parties: the worker makes its documents. A trip that is under way for the
 * same operation is over with it, and what comes back of it is worth nothing.
 */
export async function orderTrip(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ trip: string }>> {
  const refused = lacksScope(actor, 'operation:decide');
  if (refused) return refused;
  const asked = form.safeParse(input);
  if (!asked.success) return refuse('form-invalid', 'Choose a cold party of this list.');
  const { operation, party } = asked.data;
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    // Two people who order at the same time do it one after the other.
    await tx.$queryRaw`SELECT 1 FROM operation WHERE id = ${operation}::uuid FOR UPDATE`;
    const row = await tx.operation.findUnique({ where: { id: operation } });
    if (!row) return refuse('operation-unknown', 'There is no such operation.');
    const trust = await loadTrust(tx);
    if (!trust) return beforeGenesis();
    const ended = findGrantEnded(trust.roster, actor.personId, now);
    if (ended) return ended;
    const intent = intentSchema.parse(JSON.parse(row.intent));
    const { cold } = await whoTakesPart(tx, intent, trust.roster);
    if (cold.length === 0)
      return refuse('trip-not-needed', `No cold party takes part in ${row.number}.`);
    if (!isTimeForTrip(intent.kind, asState(row.state)))
      return refuse(
        'trip-not-now',
        `${row.number} does not wait for a cold party now. Look at where it stands.`,
      );
    const signs = signsForVault(intent.kind);
    if (signs ? party === null || !cold.includes(party) : party !== null)
      return refuse('form-invalid', 'Choose a cold party of this list.');
    const unasked =
      party === null ? null : groupNotAsked(trust.roster, party, needs.parse(row.needs));
    if (unasked !== null)
      return refuse(
        'own-group-not-needed',
        `${party} would refuse: the rule of ${row.number} asks nobody of ${groupName(unasked)}, whose party it is. Choose another cold party.`,
      );
    const since = new Date(now.getTime() - hourMs);
    const lately = await tx.coldTrip.count({
      where: { operationId: operation, orderedAt: { gt: since } },
    });
    if (lately >= ordersMax)
      return refuse(
        'trips-too-many',
        `${ordersMax} trips were ordered for ${row.number} in an hour. Carry the one that is out, or wait before you order another.`,
      );
    await tx.coldTrip.updateMany({
      where: { operationId: operation, state: { in: [...openTripStates] } },
      data: { state: 'replaced', stateChangedAt: now },
    });
    const trip = randomUUID();
    const kind = signs ? 'signing' : 'ceremony';
    const { attempt } = row;
    await tx.coldTrip.create({
      data: {
        id: trip,
        operationId: operation,
        attempt,
        kind,
        party,
        state: 'wanted',
        orderedBy: actor.personId,
        orderedAt: now,
        stateChangedAt: now,
      },
    });
    await appendAudit(tx, {
      kind: 'cold-trip-ordered',
      subject: operation,
      actor: actor.personId,
      at: now,
      facts: { trip, attempt, kind, party },
    });
    await publish(tx, { topic: 'operations', id: operation });
    return ok({ trip });
  });
}
