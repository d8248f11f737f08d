import { isCoinKind, type IntentKind } from '#lib/protocol/intent-kinds.ts';

/** States of an operation (design: life of an operation) and which of them are ends. */
export const operationStates = [
  'raised',
  'approved',
  'cosigned',
  'waiting',
  'signing',
  'signed',
  'broadcast',
  'confirmed',
  'done',
  'rejected',
  'cancelled',
  'expired',
  'failed',
  'held',
] as const;
export type OperationState = (typeof operationStates)[number];

export const finalStates: readonly OperationState[] = [
  'confirmed',
  'done',
  'rejected',
  'cancelled',
  'expired',
  'failed',
];

export const isFinal = (state: OperationState): boolean => finalStates.includes(state);

/** People may still say yes. */
export const takesDecisions = (state: OperationState): boolean =>
  state === 'raised' || state === 'approved';

/**
 * People may still say no. Once a share may have left a party, only the chain can tell. A withdrawal
 * whose statements are all there may wait long before it begins; with the other kinds parties may
 * have begun to adopt or to make a key as soon as they are co-signed. What waits out a delay or a
 * time-lock waits for exactly this.
 */
export const takesRefusals = (kind: IntentKind, state: OperationState): boolean =>
  takesDecisions(state) || state === 'waiting' || (isCoinKind(kind) && state === 'cosigned');

export const asState = (text: string): OperationState => {
  const state = operationStates.find((candidate) => candidate === text);
  if (!state) throw new Error(`Unknown operation state in the database: ${text}`);
  return state;
};
