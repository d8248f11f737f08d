/** Hands every rejection and cancellation to every party, so that what people ended stays ended there. */
import { handNo, partyStatus, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { isAbsence } from '#lib/mpc/client/benign.ts';
import { log } from '#lib/platform/log.ts';
import { signedStatement } from '#lib/protocol/statement.ts';
import { eachApart } from '../each-apart.ts';
import type { WorkerContext } from './worker-context.ts';

/** Handed to one party in one pass. */
const batchSize = 100;
/** Refusals remembered; beyond it they are said again. */
const toldMax = 10_000;
/** Statements of an attempt count for a month at most; after that nothing is left to end. */
const keptMs = 35 * 86_400_000;

/** @param told what was said in the log before, by party and statement; a refusal is news once. */
export async function deliverNoes(context: WorkerContext, told = new Set<string>()): Promise<void> {
  await eachApart(
    context.parties,
    ({ name }) => `party ${name}`,
    (party) => deliverTo(party, context, told),
  );
}

async function deliverTo(
  party: PartyClient,
  context: WorkerContext,
  told: Set<string>,
): Promise<void> {
  const { db, clock } = context;
  const missing = await db.operationStatement.findMany({
    where: {
      decision: { in: ['reject', 'cancel'] },
      recordedAt: { gte: new Date(clock().getTime() - keptMs) },
      deliveries: { none: { party: party.name } },
    },
    // The newest first: those that a party will not take must not keep them back.
    orderBy: { id: 'desc' },
    take: batchSize,
  });
  if (missing.length === 0) return;
  const status = await partyStatus(party);
  if (!status.ok || status.value.genesisDigest === null) return;
  for (const row of missing) {
    const signed = signedStatement.parse({
      statement: JSON.parse(row.document),
      assertion: row.assertion,
    });
    const taken = await handNo(party, signed);
    if (!taken.ok && isAbsence(taken.refusal)) return;
    if (!taken.ok) {
      // Such as a key that was revoked since; the party says so each time it is asked.
      const what = `${party.name} ${row.id} ${taken.refusal}`;
      if (!told.has(what))
        log.warn(
          { party: party.name, operation: row.operationId, refusal: taken.refusal },
          'party did not take a no',
        );
      if (told.size < toldMax) told.add(what);
      continue;
    }
    await db.noDelivery.createMany({
      data: [{ statementId: row.id, party: party.name, deliveredAt: clock() }],
      skipDuplicates: true,
    });
  }
}
