/** When an operation is at the point where documents leave for cold parties. Pure. */
import type { Intent } from '#lib/protocol/intent.ts';
import { isCoinKind } from '#lib/protocol/intent-kinds.ts';
import { keyLifeKinds } from '../keys/key-workers.ts';
import type { OperationState } from '../states.ts';

/** The kinds that go by trips when a cold party takes part. */
export const tripKinds = [
  'withdrawal',
  'vault-transfer',
  'proof-of-control',
  'key-ceremony',
  ...keyLifeKinds,
] as const;

/** States in which an operation with cold parties waits for people to carry documents. */
export const tripStatesOf = {
  withdrawal: 'signing',
  'vault-transfer': 'signing',
  'proof-of-control': 'signing',
  'key-ceremony': 'cosigned',
  'key-refresh': 'cosigned',
  'key-repair': 'cosigned',
  'key-backup': 'cosigned',
} as const satisfies Record<(typeof tripKinds)[number], OperationState>;

/** True when everybody has stated their part and a trip is what is missing. */
export const isTimeForTrip = (kind: Intent['kind'], state: OperationState): boolean =>
  kind in tripStatesOf && tripStatesOf[kind as keyof typeof tripStatesOf] === state;

/** True for what ends in one signature of one cold party, and not in rounds of all. */
export const signsForVault = (kind: Intent['kind']): boolean =>
  isCoinKind(kind) || kind === 'proof-of-control';

/** True before that: the trip comes when others have done their part. */
export const isBeforeTrip = (kind: Intent['kind'], state: OperationState): boolean =>
  state === 'raised' ||
  state === 'approved' ||
  (signsForVault(kind) && (state === 'cosigned' || state === 'waiting'));
