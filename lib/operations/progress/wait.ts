/**
 * Why an operation that every statement is there for stands still, as the worker last found it. A
 * report for people: parties and worker decide anew each time, and never by it. Pure.
 */
import { z } from 'zod';
import { operationId } from '#lib/protocol/scalars.ts';

const partyName = z.string().min(1).max(64);
/** Operations that are in the way; more than a sentence can name are not kept. */
const inWay = z.array(operationId).max(5);

const reason = z.discriminatedUnion('code', [
  /** The node says no price for a place in a block yet. */
  z.object({ code: z.literal('no-fee-rate') }),
  /** The network asks more than people stated, and nothing was built yet. */
  z.object({ code: z.literal('fee-above-bound') }),
  /** What the account has is set aside for other operations, or was a moment ago. */
  z.object({ code: z.literal('coins-set-aside'), for: inWay }),
  /** Another operation has the account's next number. */
  z.object({ code: z.literal('number-taken'), for: inWay }),
  /** The worker has its asset, or all on its chain, stand still. */
  z.object({ code: z.literal('asset-held') }),
  /** More of its asset is missing than the console's own limit allows, and no rule of the policy looks at it. */
  z.object({ code: z.literal('break-over-limit') }),
  /** The same much is missing, and whether a rule of the policy looks at it can't be told: a source gives no word. */
  z.object({ code: z.literal('break-unjudged') }),
  z.object({ code: z.literal('no-nonce-account') }),
  /** Its nonce account is not ready on the chain. */
  z.object({ code: z.literal('nonce-account-unready') }),
  /** Sent, and in no block yet. */
  z.object({ code: z.literal('not-in-block') }),
  /** As before, and the network asks more than people stated. */
  z.object({ code: z.literal('outbid') }),
  /** Sent, and what it would be replaced by can't be worked out: its unsigned bytes on record were changed. */
  z.object({ code: z.literal('record-changed') }),
  /** In a block that may still be undone. `need` is null where the chain itself says what is final. */
  z.object({
    code: z.literal('confirmations'),
    have: z.number().int().min(0),
    need: z.number().int().min(1).nullable(),
  }),
  /** What the node says of the transaction does not fit together. */
  z.object({ code: z.literal('answers-unclear') }),
  z.object({ code: z.literal('nodes-differ') }),
  z.object({ code: z.literal('node-away') }),
  z.object({ code: z.literal('node-behind') }),
  z.object({ code: z.literal('party-away'), party: partyName }),
  /** The party lost or closed what was in progress. */
  z.object({ code: z.literal('party-began-anew'), party: partyName }),
  /** Anything else that threw; the worker's log says what. */
  z.object({ code: z.literal('worker-failed') }),
]);

/** Why, without where. */
export type WaitReason = z.infer<typeof reason>;

/** @see waitOn for when it still holds. */
export const operationWait = z.object({
  /** State and attempt in which the operation stood. */
  state: z.string().min(1).max(20),
  attempt: z.number().int().min(1),
  /** ISO instant from which it waits for this. */
  since: z.iso.datetime(),
  reason,
});
export type OperationWait = z.infer<typeof operationWait>;

type Where = { state: string; attempt: number };

/** What was reported, where the operation still stands as it did then; null for anything else. */
export function waitOn(stored: unknown, { state, attempt }: Where): OperationWait | null {
  const read = operationWait.safeParse(stored);
  if (!read.success) return null;
  return read.data.state === state && read.data.attempt === attempt ? read.data : null;
}

/** Keeps the instant of what is reported again. Numbers that rise belong to one wait. */
export function nextWait(
  before: OperationWait | null,
  now: Where & { reason: WaitReason; at: Date },
): OperationWait {
  const isSame = before?.reason.code === now.reason.code;
  const { state, attempt, reason: why } = now;
  return { state, attempt, since: isSame ? before.since : now.at.toISOString(), reason: why };
}

/** Which operations a reason names. */
export const namedBy = (why: WaitReason): readonly string[] => ('for' in why ? why.for : []);
