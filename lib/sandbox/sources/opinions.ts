/** What the sandbox's sources think. Nothing here is worth anything outside of it. Pure. */
import { createHash } from 'node:crypto';
import { softwareKey } from '#lib/chains/solana/software-key.ts';
import type { ClientStanding, RiskVerdict } from '#lib/protocol/policy-facts.ts';

/** Millionths of a euro for one coin, in the middle of its walk. */
const middles: Readonly<Record<string, number>> = {
  SOL: 150_000_000,
  BTC: 90_000_000_000,
  ETH: 3_000_000_000,
  EURC: 1_000_000,
};
/** Of the middle: no price walks further, so that the rules' limits stay where they are. A euro stays one. */
const reachOf = (asset: string): number => (asset === 'EURC' ? 0 : 0.1);
/** A step of the walk, in milliseconds; between two steps the price goes straight. */
const stepMs = 60_000;

/** From -1 to 1, the same for the same step for ever. */
const turnAt = (step: number): number =>
  createHash('sha256').update(`price ${step}`).digest().readInt32BE(0) / 2 ** 31;

/** A slow walk of several steps' mean, so that it looks like a price and not like noise. */
function levelAt(step: number): number {
  let sum = 0;
  for (let back = 0; back < 16; back += 1) sum += turnAt(step - back);
  return sum / 4;
}

/** Price of one coin at an instant, in millionths of a euro; null for what has none here. */
export function priceOf(asset: string, at: Date): string | null {
  const middle = middles[asset];
  if (middle === undefined) return null;
  const place = at.getTime() / stepMs;
  const step = Math.floor(place);
  const [from, to] = [levelAt(step), levelAt(step + 1)];
  const level = Math.max(-1, Math.min(1, from + (to - from) * (place - step)));
  return String(Math.round(middle * (1 + reachOf(asset) * level)));
}

/** An address of the sample that screening marks, to see what happens then. */
export const markedAddress = softwareKey(
  createHash('sha256').update('countersign sandbox wallet marked by screening').digest(),
).address;

export const riskOf = (address: string): RiskVerdict =>
  address === markedAddress ? 'severe' : 'low';

export const standingOf = (_client: string): ClientStanding => 'good';
