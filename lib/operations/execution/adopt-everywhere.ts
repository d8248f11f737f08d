/**
 * Everything that changes what the parties hold: each party that should be on takes it over first,
 * then it is done here. What loosens waits out a delay or a time-lock meanwhile.
 */
import { type Adoptable } from '#lib/protocol/intent.ts';
import { isAbsence, isWaiting } from '#lib/mpc/client/benign.ts';
import {
  adopt,
  partyStatus,
  type PartyAnswer,
  type PartyClient,
} from '#lib/mpc/client/party-client.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { changeState } from '../change-state.ts';
import type { OperationRow } from '../load-standing.ts';
import { asState } from '../states.ts';
import { concerned, isStop } from './adoptable.ts';
import { bundleWithFacts } from './bundle-with-facts.ts';
import { holdRefused } from './hold-refused.ts';
import { takeEffect } from './take-effect.ts';
import { waitForParties } from './wait-for-parties.ts';
import type { WorkerContext } from './worker-context.ts';

type Asked = { party: PartyClient; answer: PartyAnswer<object> };

const ask = async (
  party: PartyClient,
  row: OperationRow,
  bundle: OperationBundle,
  context: WorkerContext,
): Promise<Asked> => {
  const answer = await adopt(party, bundle);
  if (answer.ok) await noteAdoption(context, row.id, party.name, answer.value);
  return { party, answer };
};

/**
 * A stop goes to all parties at the same time, whatever becomes of it at one of them. Anything else
 * goes to one after the other and no further than to the first that refuses, so that no more parties
 * than that hold what the others don't.
 */
async function askAll(
  row: OperationRow,
  intent: Adoptable,
  parties: readonly PartyClient[],
  context: WorkerContext,
): Promise<Asked[]> {
  const bundle = await bundleWithFacts(row, intent, context);
  if (isStop(intent)) return Promise.all(parties.map((party) => ask(party, row, bundle, context)));
  const asked: Asked[] = [];
  for (const party of parties) {
    const last = await ask(party, row, bundle, context);
    asked.push(last);
    const { answer } = last;
    if (!answer.ok && !isWaiting(answer.refusal) && !isAbsence(answer.refusal)) break;
  }
  return asked;
}

/**
 * Each party waits from its own first sight. So none is asked before all that should be on can be:
 * otherwise one would go on long before another, and they would not hold the same meanwhile.
 */
async function findAbsent(parties: readonly PartyClient[]): Promise<string | null> {
  const wanted = parties.filter(({ expected }) => expected === 'online');
  const asked = await Promise.all(wanted.map((party) => partyStatus(party)));
  return wanted.find((_, place) => !asked[place]?.ok)?.name ?? null;
}

/**
 * Parties that are meant to be off are not waited for: they catch up by verifying each step when they
 * are next on (`catch-up.ts`).
 * @returns true when the operation moved on.
 */
export async function adoptEverywhere(
  row: OperationRow,
  intent: Adoptable,
  context: WorkerContext,
): Promise<boolean> {
  const parties = await concerned(intent, context.parties, context.db);
  const absent =
    row.state === 'cosigned' && row.delaySeconds > 0 ? await findAbsent(parties) : null;
  if (absent !== null) {
    context.waits?.({ code: 'party-away', party: absent });
    return false;
  }
  const asked = await askAll(row, intent, parties, context);
  const missing = asked.filter(({ answer }) => !answer.ok);
  const noes = missing.flatMap(({ answer }) => (answer.ok ? [] : [answer]));
  const ofOnline = (is: (refusal: string) => boolean): PartyClient | null =>
    missing.find(
      ({ party, answer }) => !answer.ok && is(answer.refusal) && party.expected === 'online',
    )?.party ?? null;
  const away = ofOnline(isAbsence);
  const refused = noes.find(({ refusal }) => !isWaiting(refusal) && !isAbsence(refusal));
  // A stop that one party refuses is still carried to those that could not be reached yet.
  if (refused && !(isStop(intent) && away)) return holdRefused(row, refused, context);
  if (away) {
    context.waits?.({ code: 'party-away', party: away.name });
    return false;
  }
  if (ofOnline(isWaiting)) return keepWaiting(row, asked, context);
  return finish(row, intent, context);
}

/** Some may have gone on already: then the others follow as soon as their own wait is over. */
async function keepWaiting(
  row: OperationRow,
  asked: readonly Asked[],
  context: WorkerContext,
): Promise<boolean> {
  if (row.adoptions.length > 0 || asked.some(({ answer }) => answer.ok)) return false;
  await waitForParties(
    row,
    asked.map(({ party }) => party),
    'first',
    context,
  );
  return false;
}

function finish(row: OperationRow, intent: Adoptable, context: WorkerContext): Promise<boolean> {
  const now = context.clock();
  return inTransaction(context.db, async (tx) => {
    const change = { operation: row.id, from: asState(row.state), to: 'done' } as const;
    const moved = await changeState(tx, change, now);
    if (moved) await takeEffect(tx, row.id, intent, now);
    return moved;
  });
}

/** The party's signed receipt lets one that was off catch up after the statements have aged. */
export async function noteAdoption(
  context: WorkerContext,
  operation: string,
  party: string,
  receipt: object,
): Promise<void> {
  await context.db.partyAdoption.createMany({
    data: [{ operationId: operation, party, receipt, adoptedAt: context.clock() }],
    skipDuplicates: true,
  });
}
