/**
 * Shows the parties what was raised or has changed, so that people can read each party's own view of
 * it before they state anything. Nothing rests on it.
 */
import { isAbsence, isBenign } from '#lib/mpc/client/benign.ts';
import { presentOperation, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { log } from '#lib/platform/log.ts';
import { bundleOf } from '../load-bundle.ts';
import type { OperationRow } from '../load-standing.ts';
import { standingInclude } from '../standing-of.ts';
import { eachApart } from '../each-apart.ts';
import { askInTime } from './ask-in-time.ts';
import type { WorkerContext } from './worker-context.ts';

/** Shown to one party in one pass, newest first; the next pass takes the rest. */
const batchSize = 50;
/** What is still to be decided or waits. */
const open = ['raised', 'approved', 'cosigned', 'waiting', 'held'];

/** What each party was shown, by operation and revision; forgotten with the process, and shown again. */
export class Shown {
  readonly #revisions = new Map<string, number>();

  has(party: string, { id, revision }: Pick<OperationRow, 'id' | 'revision'>): boolean {
    return this.#revisions.get(`${party} ${id}`) === revision;
  }

  note(party: string, { id, revision }: Pick<OperationRow, 'id' | 'revision'>): void {
    this.#revisions.set(`${party} ${id}`, revision);
  }

  /** Forgets operations that are not open any more. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const name of this.#revisions.keys())
      if (!ids.has(name.slice(name.indexOf(' ') + 1))) this.#revisions.delete(name);
  }
}

export async function presentOperations(context: WorkerContext, shown: Shown): Promise<void> {
  const found = await context.db.operation.findMany({
    where: { state: { in: open } },
    orderBy: [{ stateChangedAt: 'desc' }, { id: 'asc' }],
    take: 1_000,
    select: { id: true, revision: true },
  });
  shown.keepOnly(new Set(found.map(({ id }) => id)));
  await eachApart(
    context.parties,
    ({ name }) => `party ${name}`,
    (party) => presentTo(party, found, context, shown),
  );
}

/** Said while the party has yet to catch up. */
const isPassing = (refusal: string): boolean =>
  isBenign(refusal) || refusal === 'genesis-missing' || refusal.endsWith('version-unknown');

async function presentTo(
  party: PartyClient,
  found: readonly Pick<OperationRow, 'id' | 'revision'>[],
  context: WorkerContext,
  shown: Shown,
): Promise<void> {
  const news = found.filter((operation) => !shown.has(party.name, operation)).slice(0, batchSize);
  if (news.length === 0) return;
  const rows = await context.db.operation.findMany({
    where: { id: { in: news.map(({ id }) => id) } },
    include: standingInclude,
  });
  for (const row of rows) {
    const built = row.transactions.find(({ phase }) => phase === 'built');
    const transaction = built ? { chain: built.chain, message: built.message } : null;
    const showing = presentOperation(party, { bundle: bundleOf(row), transaction });
    const answer = await askInTime(showing);
    // A party that is away, or behind, is shown it when it is back.
    if (!answer.ok && isAbsence(answer.refusal)) return;
    if (!answer.ok && isPassing(answer.refusal)) continue;
    if (!answer.ok)
      log.info(
        { party: party.name, operation: row.id, refusal: answer.refusal },
        'party shows nothing of an operation',
      );
    shown.note(party.name, row);
  }
}
