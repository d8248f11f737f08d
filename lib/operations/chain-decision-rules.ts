/** When a word about a chain that stands still is taken, and when a decision still fits what stands there. Pure. */
import { challengeLifetimeMs } from '#lib/identity/challenges.ts';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { tooManySentence, tooManyToName, type ChainDecisionKind } from './chain-decision-kinds.ts';
import { holdFor, type HeldChain, type OpenDecision } from './held-chain.ts';

/** Places in a sentence or in an entry of the log; the decision's row has all. */
const namedMax = 15;

export function namesOf(places: readonly string[]): string {
  const rest = places.length - namedMax;
  const more = tooManyToName(places) ? 'many' : String(rest);
  return `${places.slice(0, namedMax).join(', ')}${rest > 0 ? ` and ${more} more` : ''}`;
}

export const wordsOf = ({ places }: Pick<HeldChain, 'places'>): string[] =>
  places.map(({ words }) => words);

/** Nobody agrees to their own words, nor to what their page did not show; nobody asks twice while theirs is the newest. */
export function notAsRead(
  read: { hold: string; decision: string | null; foundAt: string | null; isBeside: boolean },
  now: { hold: string; open: OpenDecision | null; foundAt: Date | null; by: string },
): Refused | null {
  const { hold, open, foundAt, by } = now;
  if (open?.firstBy === by)
    return refuse('same-person', 'You have asked for it. Somebody else has to agree.');
  const isWord = read.isBeside || read.decision === (open?.id ?? null);
  const isSame = read.hold === hold && isWord;
  if (isSame && isSameMoment(foundAt, read.foundAt === null ? null : new Date(read.foundAt)))
    return null;
  return refuse(
    'page-outdated',
    'This is not what stands there now: more was found meanwhile, or somebody has asked, or their word no longer counts. Load the page again and read it.',
  );
}

/** Every place was compared, or is one that both people name. @param missing what was not compared. */
export function notCompared(
  kind: ChainDecisionKind,
  missing: readonly string[],
  open: OpenDecision | null,
): Refused | null {
  if (kind === 'read-anew') return null;
  if (kind === 'go-on')
    return missing.length === 0
      ? null
      : refuse(
          'books-not-compared',
          `Compare ${namesOf(missing)} first, in Reconciliation: nobody knows yet whether books and chain agree since it stands still.`,
        );
  if (missing.length === 0)
    return refuse(
      'all-compared',
      'Every place was compared, so it goes on without leaving any out.',
    );
  if (tooManyToName(missing)) return refuse('too-many-places', tooManySentence);
  return open === null || areAmong(missing, open.places) ? null : otherList(missing);
}

/** Whoever asks had every place before them that is left out. @param listed what their page listed. */
export const notListed = (
  listed: readonly string[],
  missing: readonly string[],
): Refused<'page-outdated'> | null =>
  listed.length === missing.length && areAmong(missing, listed) ? null : otherList(missing);

export const otherList = (missing: readonly string[]): Refused<'page-outdated'> =>
  refuse(
    'page-outdated',
    `What is not compared is another list now: ${namesOf(missing)}. Load the page again and read it.`,
  );

function areAmong(some: readonly string[], places: readonly string[]): boolean {
  const named = new Set(places);
  return some.every((one) => named.has(one));
}

/** By how much the clocks of servers may differ, in milliseconds. */
const clocksDifferMs = 60_000;

/**
 * Whether a word was written down when it was signed: one that was held back, or dated ahead, says nothing about what stood
 * there then. @param issuedAt as its statement says, ISO 8601. @param writtenAt in milliseconds since 1970.
 */
export function isSaidInTime({ issuedAt }: { issuedAt: string }, writtenAt: number): boolean {
  const waited = writtenAt - Date.parse(issuedAt);
  return waited >= -clocksDifferMs && waited <= challengeLifetimeMs + clocksDifferMs;
}

const isSameMoment = (one: Date | null, other: Date | null): boolean =>
  one?.getTime() === other?.getTime();

type Decision = {
  kind: ChainDecisionKind;
  holdId: string;
  /** When the newest loss that its words speak of was found. */
  foundAt: Date | null;
  places: readonly string[];
};

/**
 * Whether a decision is about what stands still now: nothing came or was lost since what its words name, whatever the clocks
 * say, and every place was compared or is left out by name. The worker asks it once more before it lets anything go on.
 */
export function stillFits({ kind, holdId, foundAt, places }: Decision, held: HeldChain): boolean {
  if (holdFor(kind, held)?.id !== holdId || !isSameMoment(foundAt, held.changedAt)) return false;
  if (kind === 'read-anew') return true;
  return !tooManyToName(held.places) && areAmong(wordsOf(held), kind === 'go-on' ? [] : places);
}
