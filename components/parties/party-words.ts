/** Words for what parties say about themselves. Pure. */
import type { PartyView } from '#lib/operations/view-parties.ts';
import type { StatusShape } from '../ui/status-mark.tsx';
import type { Tone } from '../ui/tone.ts';

/** Milliseconds from which on a clock is worth looking after: windows and expiries follow it. */
const SKEW_CAUTION = 5_000;
/** Below it an answer's own way is longer. */
const SKEW_NONE = 50;

/** "0.2 s behind", "right"; figures are rounded to a tenth of a second. */
export function skewText(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  if (size < SKEW_NONE) return 'right';
  return `${(size / 1000).toFixed(1)} s ${milliseconds < 0 ? 'behind' : 'ahead'}`;
}

export const isSkewed = (milliseconds: number): boolean => Math.abs(milliseconds) > SKEW_CAUTION;

export type PartyMark = { shape: StatusShape; tone: Tone; words: string };

/** How a party stands, in a word or two. */
export function partyMark({ isCold, status, isBehind, expected }: PartyView): PartyMark {
  if (isCold && !status) return { shape: 'square', tone: 'quiet', words: 'Cold, no network' };
  if (!status && expected === 'offline') return { shape: 'square', tone: 'quiet', words: 'Off' };
  if (!status) return { shape: 'triangle', tone: 'danger', words: 'Does not answer' };
  if (status.word === 'behind')
    return { shape: 'triangle', tone: 'danger', words: 'Runs on an old copy' };
  if (status.peers.some(({ agrees }) => agrees === false))
    return { shape: 'triangle', tone: 'danger', words: 'Differs from others' };
  if (isBehind) return { shape: 'triangle', tone: 'caution', words: 'Behind' };
  return { shape: 'dot', tone: 'good', words: 'Answers' };
}

/** What it says of how far others have seen it; null where that needs no words. */
export function wordText(word: string | null): string | null {
  if (word === 'behind')
    return 'Another party has seen it further than its own records go: an old copy of its store was put in place. It signs nothing.';
  if (word === 'none-yet')
    return 'It has heard from no other party since it was started, and signs nothing until it has.';
  return null;
}

/** "agrees", "holds something else", "not heard lately". */
export function agreesText(agrees: boolean | null): string {
  if (agrees === null) return 'not heard lately';
  return agrees ? 'agrees' : 'holds something else';
}

/** When a party that does not answer here was last heard by one that does; null where it was not. */
export function heardByOthers(
  name: string,
  parties: readonly PartyView[],
): { by: string; at: string } | null {
  const heard = parties.flatMap((party) =>
    (party.status?.peers ?? []).flatMap((peer) =>
      peer.name === name && peer.heardAt !== null ? [{ by: party.name, at: peer.heardAt }] : [],
    ),
  );
  return heard.toSorted((a, b) => b.at.localeCompare(a.at))[0] ?? null;
}
