/** Whether what was decided can still be done: asked before anything goes, and again in the transaction in which it does. */
import { isDeepStrictEqual } from 'node:util';
import { noteRefusals } from '#lib/platform/data-keys/note-refusal.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { dayOf } from '#lib/platform/days.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { appendEvent } from '../requests/append-event.ts';
import { timeAfter } from '../requests/act-on-request.ts';
import { isErasingRight, type PutBackReason } from '../requests/life.ts';
import { eventsMax, loadRequest, lockRequest } from '../requests/load-request.ts';
import { loadSeat } from '../requests/load-seat.ts';
import { skipReasons } from '../retention/runs/skips.ts';
import { findBlockers, standsAgainst, stopsAll, type Blocker } from './blockers.ts';
import { moveErasure, type Erasure } from './erasure-row.ts';
import { fieldRules } from './field-rules.ts';
import { loadErasureFacts } from './load-facts.ts';
import type { NightBound } from './night-bound.ts';
import { planErasure } from './plan-erasure.ts';

/** @returns why it can't be done any more; null where it can. @throws DataKeysError where the keys are away. */
export async function whyNot(tx: Tx, erasure: Erasure, now: Date): Promise<PutBackReason | null> {
  const { personId, cause } = erasure;
  const person = await tx.person.findUnique({
    where: { id: personId },
    select: { keyId: true },
  });
  if (!person || person.keyId === null) return 'changed';
  if (cause === 'restore') return null;
  if ((await dataKeys().missing([person.keyId])).length > 0) {
    await noteRefusals(tx, [{ kind: 'person', owner: personId, fault: 'key-unknown' }]);
    return 'key-unknown';
  }
  return cause === 'request' ? requestMoved(tx, erasure, now) : runMoved(tx, erasure, now);
}

const isHold = ({ code }: Blocker): boolean => code === 'hold';

async function requestMoved(
  tx: Tx,
  { personId, requestId, proposal, plan, scope, fields }: Erasure,
  now: Date,
): Promise<PutBackReason | null> {
  const file = requestId === null ? null : await loadRequest(tx, requestId);
  if (!file) return 'changed';
  const { state, right, person, proposal: stands } = file.standing;
  if (state !== 'approved' || person?.id !== personId || stands?.seq !== proposal) return 'changed';
  if (!isErasingRight(right)) return 'changed';
  const about = { person: personId, right, number: file.number, today: dayOf(now) };
  const planned = await planErasure(tx, about);
  if (planned?.blockers.some(isHold)) return 'held';
  if (planned?.digest !== plan) return 'changed';
  // What was put down when it was taken is what the plan says that goes.
  const isSame =
    scope === 'whole'
      ? planned.outcome === 'whole'
      : isDeepStrictEqual(planned.fields.toSorted(), fields.toSorted());
  return isSame ? null : 'changed';
}

/** What a run put down goes on as long as nothing came up that stands against what goes. */
async function runMoved(
  tx: Tx,
  { personId, scope, fields }: Erasure,
  now: Date,
): Promise<PutBackReason | null> {
  const blockers = findBlockers(await loadErasureFacts(tx, personId), dayOf(now));
  if (blockers.some(isHold)) return 'held';
  if (scope === 'whole') return blockers.length > 0 ? 'changed' : null;
  // No duty keeps what was corrected, or it would not be among what goes.
  if (scope === 'earlier') return blockers.some(stopsAll) ? 'changed' : null;
  const ruleOf = await fieldRules(tx, personId);
  const stands = fields.some((field) =>
    blockers.some((one) => standsAgainst(one, field, ruleOf(field))),
  );
  return stands || blockers.some(stopsAll) ? 'changed' : null;
}

/** Leaves everything as it is: the request goes back to be decided anew. */
export async function leaveErasure(
  tx: Tx,
  erasure: Erasure,
  reason: PutBackReason | NightBound,
  now: Date,
): Promise<void> {
  const { id, requestId, cause, personId, proposal } = erasure;
  const file = requestId === null ? null : await lockRequest(tx, requestId);
  await moveErasure(tx, { id, requestId }, 'left', { reason, endedAt: now });
  if (cause === 'retention')
    await tx.retentionItem.updateMany({
      where: { subject: personId, state: 'begun' },
      data: { state: 'left', reason: leftWords[reason], endedAt: now },
    });
  const isDecided = file?.standing.state === 'approved' && file.standing.proposal?.seq === proposal;
  if (!file || !isDecided || file.seq >= eventsMax || isOfNight(reason)) return;
  const event = {
    kind: 'put-back',
    facts: { reason },
    by: 'system',
    at: timeAfter(file, now),
  } as const;
  await appendEvent(tx, file, event, await loadSeat(tx, now));
}

const isOfNight = (reason: PutBackReason | NightBound): reason is NightBound =>
  reason === 'texts' || reason === 'texts-tonight';

const leftWords: Readonly<Record<PutBackReason | NightBound, string>> = {
  changed: 'Something came to stand against it',
  held: 'A legal hold covers it',
  'key-unknown': 'The key service does not know the key',
  texts: skipReasons.texts,
  'texts-tonight': 'The night took out of texts as much as it may; another one goes on',
};
