/** Brings parties that were off up to date: they get every step they miss, in order, with proof. */
import { adoptedKind } from '#lib/protocol/intent-kinds.ts';
import { isWaiting } from '#lib/mpc/client/benign.ts';
import { adopt, partyStatus, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { log } from '#lib/platform/log.ts';
import { intent as intentSchema, isAdoptable } from '#lib/protocol/intent.ts';
import { eachApart } from '../each-apart.ts';
import { bundleOf } from '../load-bundle.ts';
import type { OperationRow } from '../load-standing.ts';
import { standingInclude } from '../standing-of.ts';
import { noteAdoption } from './adopt-everywhere.ts';
import { concerned, isStop } from './adoptable.ts';
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

/**
 * One after the other, as the parties that were on took them over. A step that this party can't take
 * yet keeps the later ones back, but never a stop: it needs nothing that came before it.
 */
async function catchUpParty(party: PartyClient, context: WorkerContext): Promise<void> {
  const missing = await context.db.operation.findMany({
    where: {
      kind: { in: [...adoptedKind.options] },
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
  let isBehind = false;
  for (const row of missing) {
    const intent = intentSchema.parse(JSON.parse(row.intent));
    if (!isAdoptable(intent) || (isBehind && !isStop(intent))) continue;
    if ((await concerned(intent, [party], context.db)).length === 0) continue;
    if (!(await handOver(party, row, context))) isBehind = true;
  }
}

async function handOver(
  party: PartyClient,
  row: OperationRow,
  context: WorkerContext,
): Promise<boolean> {
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
  if (adopted.ok) {
    await noteAdoption(context, row.id, party.name, adopted.value);
    return true;
  }
  // A party that was off waits out its own time-lock, which is nobody's fault.
  if (!isWaiting(adopted.refusal))
    log.warn(
      { party: party.name, operation: row.id, refusal: adopted.refusal },
      'party cannot catch up',
    );
  return false;
}
