/** Changes that wait out a time-lock here, for the other parties to begin the same wait. */
import { adoptedKind } from '#lib/protocol/intent-kinds.ts';
import { taggedHash } from '../wire/tagged-hash.ts';
import type { Party } from './party.ts';
import { listWaitsOf, type Wait } from './store/waits.ts';

/** Oldest first. @param limit most that are returned. */
export const waitingChanges = ({ database }: Party, limit: number): Wait[] =>
  listWaitsOf(database, adoptedKind.options, limit);

const WAITS_COMPARED = 100;

/** The same at two parties that wait for the same changes. */
export function waitsDigest(party: Party): string {
  const waits = waitingChanges(party, WAITS_COMPARED)
    .map(({ operation, attempt, intentDigest }) => `${operation} ${attempt} ${intentDigest}`)
    .sort();
  return taggedHash('countersign/waiting-changes/v1', ...waits);
}
