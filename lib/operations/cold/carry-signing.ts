/** A signature with the key of a cold vault: one trip to one cold party, which people order and make. */
import { tellNews } from '#lib/mpc/client/cold-ceremony.ts';
import type { ColdNo } from '#lib/mpc/client/cold-refusals.ts';
import {
  finishColdSigning,
  lookAtColdTrip,
  prepareColdSigning,
  type ColdSigningTrip,
} from '#lib/mpc/client/cold-signing.ts';
import { isAbsence, isBenign } from '#lib/mpc/client/benign.ts';
import type { PartyClient } from '#lib/mpc/client/party-client.ts';
import type { ToVerify } from '#lib/mpc/client/verify-parts.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { OperationRow } from '../load-standing.ts';
import type { WorkerContext } from '../execution/worker-context.ts';
import { carryCeremony } from './carry-ceremony.ts';
import { coldStop, isAboutTrip } from './cold-stop.ts';
import { keepKnowledge, knowledgeOf } from './knowledge.ts';
import { tripProgress, type TripProgress } from './trip-progress.ts';
import {
  findOpenTrip,
  isFresh,
  keepDocument,
  moveTrip,
  noteRefusedAnswer,
  type TripRow,
} from './trip-rows.ts';

/** What is signed, and by which party with a network. */
export type ColdSigning = {
  online: PartyClient;
  /** With fresh facts. Asked for only when a request is made. */
  bundle: () => Promise<OperationBundle>;
  transaction: { chain: string; message: Uint8Array } & ToVerify;
  /** Waited for before the party with a network is asked for its share. */
  beforeRelease: () => Promise<void>;
};

export type CarriedSigning =
  | { state: 'signed'; signatures: Uint8Array[]; keep: (tx: Tx) => Promise<void> }
  /** Nobody ordered a trip, people are on their way, or a party is away. */
  | { state: 'waits' }
  /** A party said no to the operation itself. */
  | { state: 'refused'; no: ColdNo };

const waits = { state: 'waits' } as const;

export async function carrySigning(
  row: OperationRow,
  signing: ColdSigning,
  context: WorkerContext,
): Promise<CarriedSigning> {
  const trip = await findOpenTrip(context.db, row);
  if (!trip) return waits;
  const progress = trip.progress === null ? null : tripProgress.parse(trip.progress);
  if (progress === null) return sendOut(trip, signing, context);
  if (progress.what === 'signing') return bringIn(trip, progress, signing, context);
  if (progress.what === 'news') return carryNews(trip, progress, signing, context);
  throw new Error(`Trip ${trip.id} signs nothing.`);
}

const coldOf = ({ id, party }: TripRow): string => {
  if (party === null) throw new Error(`Trip ${id} leads to no party.`);
  return party;
};

const partiesOf = ({ online }: ColdSigning, context: WorkerContext) => ({
  online,
  others: context.parties.filter(({ name }) => name !== online.name),
});

/** The trip can't end well; the operation stays where it is, for another one. */
async function endTrip(
  trip: TripRow,
  no: { refusal: string; party: string },
  context: WorkerContext,
): Promise<CarriedSigning> {
  const state = trip.state === 'out' ? 'void' : 'refused';
  await inTransaction(context.db, (tx) =>
    moveTrip(tx, trip, { state, stop: coldStop(no) }, context.clock()),
  );
  return waits;
}

async function sendOut(
  trip: TripRow,
  signing: ColdSigning,
  context: WorkerContext,
): Promise<CarriedSigning> {
  const cold = coldOf(trip);
  const { organisation, mode: environment } = context.settings;
  const knowledge = await knowledgeOf(context.db, cold);
  const prepared = await prepareColdSigning(partiesOf(signing, context), {
    organisation,
    environment,
    cold,
    bundle: await signing.bundle(),
    transaction: signing.transaction,
    knowledge,
  });
  if (!prepared.ok) {
    if (prepared.refusal === 'cold-news-first') return carryNews(trip, null, signing, context);
    if (isAbsence(prepared.refusal)) return waits;
    return isAboutTrip(prepared.refusal)
      ? endTrip(trip, prepared, context)
      : { state: 'refused', no: prepared };
  }
  const now = context.clock();
  if (prepared.value.state === 'signed') {
    const { signatures } = prepared.value;
    const keep = async (tx: Tx): Promise<void> => void (await moveTrip(tx, trip, done, now));
    return { state: 'signed', signatures, keep };
  }
  const { trip: open, document } = prepared.value;
  const told = knowledge.settlements.map(({ operation }) => operation);
  const progress: TripProgress = { what: 'signing', trip: open, told };
  await inTransaction(context.db, async (tx) => {
    if (!(await moveTrip(tx, trip, { state: 'out', progress }, now))) return;
    const of = { document, kind: 'signing-request', leg: open.trip, step: 1 };
    await keepDocument(tx, trip.id, of, now);
  });
  return waits;
}

const done = { state: 'done' } as const;

/** What the cold party missed travels ahead of the request, as often as it takes. */
async function carryNews(
  trip: TripRow,
  progress: Extract<TripProgress, { what: 'news' }> | null,
  signing: ColdSigning,
  context: WorkerContext,
): Promise<CarriedSigning> {
  const cold = coldOf(trip);
  const { online, others } = partiesOf(signing, context);
  const carried = await carryCeremony(
    trip,
    {
      before: progress && {
        ceremony: progress.ceremony,
        // A worker that was stopped right after the last answer goes on from there.
        isDue: trip.documents.every(({ takenAt }) => takenAt !== null),
      },
      under: { online: [online], others, cold: [cold], drive: tellNews(cold) },
      remember: (ceremony) => ({ what: 'news', ceremony }),
    },
    context,
  );
  if (carried.state === 'refused') return endTrip(trip, carried.no, context);
  if (carried.state !== 'done') return waits;
  // It has heard a part or all of it: where that was not enough, this leads to the next such document.
  const again = await findOpenTrip(context.db, {
    id: trip.operationId,
    attempt: trip.attempt,
  });
  return again?.id === trip.id ? sendOut(again, signing, context) : waits;
}

async function bringIn(
  trip: TripRow,
  progress: Extract<TripProgress, { what: 'signing' }>,
  signing: ColdSigning,
  context: WorkerContext,
): Promise<CarriedSigning> {
  const document = trip.documents.findLast(({ digest }) => digest === progress.trip.requestDigest);
  if (!document) throw new Error(`Trip ${trip.id} is out without its document.`);
  if (!isFresh(document)) return lookAfter(trip, progress.trip, signing, context);
  const now = context.clock();
  const answer = new TextEncoder().encode(document.answer ?? '');
  const finished = await finishColdSigning(partiesOf(signing, context), progress.trip, answer, {
    now,
    beforeRelease: signing.beforeRelease,
  });
  if (!finished.ok) {
    if (isAbsence(finished.refusal)) return waits;
    if (finished.refusal === 'trip-void') return endTrip(trip, finished, context);
    if (isBenign(finished.refusal) && finished.party !== progress.trip.cold)
      throw new Error(`Party ${finished.party} did not go on with a trip: ${finished.refusal}.`);
    await inTransaction(context.db, async (tx) => {
      await noteRefusedAnswer(tx, document, coldStop(finished));
      // It may have refused for what it was told before, or for want of it.
      if (finished.party === progress.trip.cold)
        await keepKnowledge(tx, finished.party, { known: null, told: [] }, now);
      await moveTrip(tx, trip, { state: 'out', progress }, now);
    });
    return waits;
  }
  const { signatures, knowledge } = finished.value;
  const keep = async (tx: Tx): Promise<void> => {
    await tx.coldDocument.update({ where: { id: document.id }, data: { takenAt: now } });
    await keepKnowledge(tx, progress.trip.cold, { known: knowledge, told: progress.told }, now);
    await moveTrip(tx, trip, done, now);
  };
  return { state: 'signed', signatures, keep };
}

/** While people are on their way: a restart of the party that waits voids the trip, and people should know. */
async function lookAfter(
  trip: TripRow,
  open: ColdSigningTrip,
  signing: ColdSigning,
  context: WorkerContext,
): Promise<CarriedSigning> {
  const seen = await lookAtColdTrip(signing.online, open);
  if (!seen.ok || seen.value.state === 'open') return waits;
  if (seen.value.state === 'void')
    return endTrip(trip, { refusal: seen.value.refusal, party: signing.online.name }, context);
  const { signatures } = seen.value;
  const keep = async (tx: Tx): Promise<void> =>
    void (await moveTrip(tx, trip, done, context.clock()));
  return { state: 'signed', signatures, keep };
}
