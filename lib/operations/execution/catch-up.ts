/** Brings parties that were off up to date: they get every version they miss, in order, with proof. */
import { adopt, partyStatus, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { log } from '#lib/platform/log.ts';
import { eachApart } from '../each-apart.ts';
import { bundleOf } from '../load-bundle.ts';
import { standingInclude } from '../standing-of.ts';
import { noteAdoption } from './adopt-everywhere.ts';
import type { WorkerContext } from './worker-context.ts';

/** Adoptions handed to one party in one pass. */
const batchSize = 100;
/** As many as a roster has parties, at most. */
const receiptsMax = 16;

export async function catchUp(context: WorkerContext): Promise<void> {
  await eachApart(
    context.parties,
    ({ name }) => `party ${name}`,
    (party) => catchUpParty(party, context),
  );
}

async function catchUpParty(party: PartyClient, context: WorkerContext): Promise<void> {
  const missing = await context.db.operation.findMany({
    where: {
      kind: { in: ['roster-change', 'destination-listing'] },
      state: 'done',
      adoptions: { none: { party: party.name } },
    },
    orderBy: [{ stateChangedAt: 'asc' }, { id: 'asc' }],
    take: batchSize,
    include: standingInclude,
  });
  if (missing.length === 0) return;
  const status = await partyStatus(party);
  if (!status.ok || status.value.genesisDigest === null) return;
  for (const row of missing) {
    const receipts = await context.db.partyAdoption.findMany({
      where: { operationId: row.id },
      orderBy: { party: 'asc' },
      take: receiptsMax,
    });
    const adopted = await adopt(
      party,
      bundleOf(row),
      receipts.map(({ receipt }) => receipt),
    );
    if (!adopted.ok) {
      log.warn(
        { party: party.name, operation: row.id, refusal: adopted.refusal },
        'party cannot catch up',
      );
      return;
    }
    await noteAdoption(context, row.id, party.name, adopted.value);
  }
}
