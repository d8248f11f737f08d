/** A ceremony with cold members: takes what people brought back, and makes the next documents. */
import {
  advanceColdCeremony,
  isVoid,
  newColdCeremony,
  takeColdAnswer,
  type CeremonyStep,
  type CeremonyWorld,
  type ColdCeremony,
  type TakenAnswer,
} from '#lib/mpc/client/cold-ceremony.ts';
import type { ColdKnowledge } from '#lib/mpc/client/cold-knowledge.ts';
import type { ColdNo } from '#lib/mpc/client/cold-refusals.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import { coldStop } from './cold-stop.ts';
import { keepKnowledge, knowledgeOf } from './knowledge.ts';
import type { TripProgress } from './trip-progress.ts';
import {
  isFresh,
  keepDocument,
  moveTrip,
  noteRefusedAnswer,
  type TripDocument,
  type TripRow,
} from './trip-rows.ts';

export type CarriedCeremony<T> =
  | { state: 'done'; value: T; keep: (tx: Tx) => Promise<void> }
  /** People are on their way, or a party with a network is away. */
  | { state: 'waits' }
  /** The trip has ended; another one may be ordered. */
  | { state: 'ended' }
  /** A refusal that people must see. */
  | { state: 'refused'; no: ColdNo };

/** How its row remembers the ceremony. */
type Remember = (ceremony: ColdCeremony, isDue: boolean) => TripProgress;

type Under<T> = Omit<CeremonyWorld<T>, 'knowledge'> & { cold: readonly string[] };

async function knowledgeOfAll(
  cold: readonly string[],
  { db }: WorkerContext,
): Promise<Record<string, ColdKnowledge>> {
  const pairs = [];
  for (const party of cold) pairs.push([party, await knowledgeOf(db, party)] as const);
  return Object.fromEntries(pairs);
}

/** Takes each answer that was brought; one that is refused stays to be brought anew. */
async function takeAnswers<T>(
  trip: TripRow,
  of: { ceremony: ColdCeremony; under: Under<T>; remember: Remember },
  context: WorkerContext,
): Promise<{ ceremony: ColdCeremony; lost: ColdNo | null }> {
  let { ceremony } = of;
  for (const document of trip.documents.filter(isFresh)) {
    const now = context.clock();
    const answer = new TextEncoder().encode(document.answer ?? '');
    const taken = await takeColdAnswer(ceremony, of.under, { cold: document.party, answer, now });
    if (!taken.ok) {
      await inTransaction(context.db, (tx) => noteRefusedAnswer(tx, document, coldStop(taken)));
      continue;
    }
    ({ state: ceremony } = taken.value);
    const progress = of.remember(ceremony, true);
    await inTransaction(context.db, async (tx) => {
      if (await moveTrip(tx, trip, { state: 'out', progress }, now))
        await keepTaken(tx, document, taken.value, now);
    });
    const { no } = taken.value;
    if (no && isVoid(no)) return { ceremony, lost: no };
  }
  return { ceremony, lost: null };
}

async function keepTaken(
  tx: Tx,
  document: TripDocument,
  { cold, knowledge, no }: TakenAnswer,
  now: Date,
): Promise<void> {
  if (no) await noteRefusedAnswer(tx, document, coldStop(no));
  await tx.coldDocument.update({ where: { id: document.id }, data: { takenAt: now } });
  await keepKnowledge(tx, cold, { known: no ? null : knowledge, told: [] }, now);
}

/** Writes down how far it is, with the documents that leave now. */
async function keepStep<T>(
  trip: TripRow,
  step: CeremonyStep<T>,
  remember: Remember,
  context: WorkerContext,
): Promise<void> {
  const now = context.clock();
  const { state: ceremony, outcome } = step;
  const progress = remember(ceremony, outcome.kind !== 'waiting');
  const documents = outcome.kind === 'waiting' ? outcome.documents : [];
  await inTransaction(context.db, async (tx) => {
    if (!(await moveTrip(tx, trip, { state: 'out', progress }, now))) return;
    for (const document of documents) {
      const leg = ceremony.legs.find(({ cold }) => cold === document.to);
      if (!leg) throw new Error(`No leg of trip ${trip.id} leads to ${document.to}.`);
      const of = { document, kind: 'round-request', leg: leg.trip, step: leg.step };
      await keepDocument(tx, trip.id, of, now);
    }
  });
}

const end = (
  trip: TripRow,
  state: 'void' | 'refused',
  no: ColdNo,
  context: WorkerContext,
): Promise<boolean> =>
  inTransaction(context.db, (tx) =>
    moveTrip(tx, trip, { state, stop: coldStop(no) }, context.clock()),
  );

/**
 * Goes on as far as it can. Safe to repeat: what was answered is in the trip's row.
 * @param of.before null for one that has not begun.
 */
export async function carryCeremony<T>(
  trip: TripRow,
  of: {
    before: { ceremony: ColdCeremony; isDue: boolean } | null;
    under: Under<T>;
    remember: Remember;
  },
  context: WorkerContext,
): Promise<CarriedCeremony<T>> {
  const { before, under, remember } = of;
  const isIdle = before !== null && !before.isDue && !trip.documents.some(isFresh);
  if (isIdle) return { state: 'waits' };
  const { organisation, mode: environment } = context.settings;
  const begun =
    before?.ceremony ?? newColdCeremony({ organisation, environment, cold: under.cold });
  const taken = await takeAnswers(trip, { ceremony: begun, under, remember }, context);
  if (taken.lost) {
    await end(trip, 'void', taken.lost, context);
    return { state: 'ended' };
  }
  const knowledge = await knowledgeOfAll(under.cold, context);
  const step = await advanceColdCeremony(taken.ceremony, { ...under, knowledge });
  const { outcome } = step;
  if (outcome.kind === 'void' || outcome.kind === 'refused') {
    await end(trip, outcome.kind, outcome.no, context);
    return outcome.kind === 'void' ? { state: 'ended' } : { state: 'refused', no: outcome.no };
  }
  if (outcome.kind !== 'done') {
    await keepStep(trip, step, remember, context);
    return { state: 'waits' };
  }
  const keep = async (tx: Tx): Promise<void> => {
    const progress = remember(step.state, false);
    await moveTrip(tx, trip, { state: 'done', progress }, context.clock());
  };
  return { state: 'done', value: outcome.value, keep };
}
