/** The worker's part of a request: every place that is wanted, one after the other, each on its own. */
import type { Context } from '#lib/platform/context.ts';
import { publish } from '#lib/platform/db/notify.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { log } from '#lib/platform/log.ts';
import { placeKey } from '../place.ts';
import type { OutsideSource } from '../sources/outside-source.ts';
import { isDue } from './due.ts';
import { listPlaces, type KnownPlace } from './list-places.ts';
import { makeRun } from './make-run.ts';

type Needs = Pick<Context, 'db' | 'clock'> & { sources: readonly OutsideSource[] };

const faultMax = 500;

/** Books first: what only the books can answer is not kept waiting by a chain that does not. */
async function placesOf(wanted: string, needs: Needs): Promise<KnownPlace[]> {
  const all = await listPlaces(needs.db, needs.sources, needs.clock());
  if (wanted === 'all') return all;
  if (wanted === 'due') return all.filter((entry) => isDue(entry, needs.clock()));
  return all.filter(({ place }) => placeKey(place) === wanted);
}

/** @param request waits, or was left running by a worker that is gone. */
export async function answerRequest(
  request: { id: string; wanted: string; placesDone: number },
  needs: Needs,
): Promise<void> {
  const places = await placesOf(request.wanted, needs);
  const step = (data: Parameters<typeof write>[1]): Promise<void> => write(request.id, data, needs);
  await step({ state: 'running', placesTotal: Math.max(places.length, request.placesDone) });
  const faults: string[] = [];
  if (places.length === 0 && request.wanted !== 'due')
    faults.push('There is nothing to compare: no vault, no account and no such place.');
  for (const [index, { place, source }] of places.entries()) {
    const fault = await tryRun(place, source, request.id, needs);
    if (fault !== null) faults.push(`${placeKey(place)}: ${fault}`);
    if (index + 1 > request.placesDone) await step({ placesDone: index + 1 });
  }
  const endedAt = needs.clock();
  await step(
    faults.length === 0
      ? { state: 'done', endedAt }
      : { state: 'failed', endedAt, fault: faults.join(' ').slice(0, faultMax) },
  );
}

/** One place that fails keeps none of the others from its run. */
async function tryRun(
  place: KnownPlace['place'],
  source: OutsideSource | null,
  request: string,
  needs: Needs,
): Promise<string | null> {
  try {
    const made = await makeRun(place, source, request, needs);
    return made.ok ? null : made.refusal.sentence;
  } catch (error) {
    log.error({ err: error, place: placeKey(place) }, 'a run failed');
    return 'The run broke off. The log of the worker says why.';
  }
}

async function write(
  id: string,
  data: {
    state?: string;
    placesTotal?: number;
    placesDone?: number;
    endedAt?: Date;
    fault?: string;
  },
  { db }: Needs,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx.reconciliationRequest.update({ where: { id }, data, select: { id: true } });
    await publish(tx, { topic: 'reconciliation', id });
  });
}
