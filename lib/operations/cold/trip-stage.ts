/** Where people are with the trip of one operation, for lists and pages. Pure. */
import type { IntentKind } from '#lib/protocol/intent-kinds.ts';
import { isFinal, type OperationState } from '../states.ts';
import { isBeforeTrip, isTimeForTrip } from './trip-time.ts';
import type { TripState } from './trip-states.ts';

/** What is the matter with one document that left. */
export type DocumentStatus = 'carry' | 'checking' | 'refused' | 'taken';

export function documentStatus(document: {
  isTaken: boolean;
  hasAnswer: boolean;
  /** The answer that lies here was refused. */
  isRefused: boolean;
}): DocumentStatus {
  if (document.isTaken) return 'taken';
  if (document.isRefused) return 'refused';
  return document.hasAnswer ? 'checking' : 'carry';
}

export type TripStage =
  /** Others have to state or to wait first. */
  | 'before'
  /** Nobody ordered a trip yet, or the one before came to nothing. */
  | 'to-order'
  | 'lost'
  /** The worker makes the documents. */
  | 'wanted'
  | 'carry'
  | 'checking'
  | 'done'
  /** The operation ended, or is held, in another way. */
  | 'over';

export function tripStage(of: {
  kind: IntentKind;
  state: OperationState;
  /** The newest trip of the present attempt. */
  trip: TripState | null;
  documents: readonly DocumentStatus[];
}): TripStage {
  const { kind, state, trip, documents } = of;
  if (trip === 'done') return 'done';
  if (!isTimeForTrip(kind, state)) {
    if (isFinal(state) || state === 'held' || !isBeforeTrip(kind, state)) return 'over';
    return 'before';
  }
  if (trip === null || trip === 'replaced') return 'to-order';
  if (trip === 'void' || trip === 'refused') return 'lost';
  if (trip === 'wanted' || documents.length === 0) return 'wanted';
  const open = documents.filter((status) => status !== 'taken');
  if (open.length === 0) return 'wanted';
  return open.every((status) => status === 'checking') ? 'checking' : 'carry';
}

export type OpenDocument = { party: string; ordinal: number; status: DocumentStatus };

/**
 * The stage in words for people who look for what to do.
 * @param done what it is called when all went well.
 */
export function stageWords(
  stage: TripStage,
  open: readonly OpenDocument[],
  done: 'Signed' | 'Done',
): string {
  switch (stage) {
    case 'before':
      return 'Waits for others first';
    case 'to-order':
      return 'Make the request';
    case 'lost':
      return 'The trip came to nothing. Make a new request';
    case 'wanted':
      return 'The request is being made';
    case 'checking':
      return 'The answer is being checked';
    case 'done':
      return done;
    case 'over':
      return 'No trip needed any more';
    case 'carry':
      return open
        .filter(({ status }) => status === 'carry' || status === 'refused')
        .map(({ party, ordinal, status }) =>
          status === 'refused'
            ? `The answer of ${party} was refused. Bring another`
            : `Carry request ${ordinal} to ${party}, bring the answer back`,
        )
        .join('; ');
  }
}
