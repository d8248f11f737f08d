/** How long a policy may be that people write, and the sentence that refuses a longer one. Pure; browsers load it. */
import type { Policy } from '#lib/protocol/policy.ts';

/**
 * Highest size of a draft's document as it is sent, in bytes. With the rest of its form it stays below the 64 kB of a
 * server action (`next.config.mjs`, docs/production.md), and far below what parties and cold sites take.
 */
export const DRAFT_BYTES_MAX = 62_000;

/** An action sends the document as a string within JSON, which makes each quotation mark longer. */
const sentBytes = (text: string): number => new TextEncoder().encode(JSON.stringify(text)).length;

const inKb = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`;

/**
 * @param of.text the document as it is sent.
 * @param of.policy what the text says, to name what takes the space; null where it was not read.
 * @returns what is too long, which limit it is and what to do; null for one that fits.
 */
export function draftTooLong(of: { text: string; policy: Policy | null }): string | null {
  const size = sentBytes(of.text);
  if (size <= DRAFT_BYTES_MAX) return null;
  const vaults = of.policy?.ownVaults ?? [];
  const theirs = sentBytes(JSON.stringify(vaults));
  const named =
    vaults.length > 0
      ? ` Its ${vaults.length} own vaults take ${inKb(theirs)} with the word of their holders: name fewer of them, those between which transfers are needed.`
      : '';
  return `This policy is too long: it takes ${inKb(size)}, and ${inKb(DRAFT_BYTES_MAX)} is the most there may be.${named} Take rules together or shorten lists of clients.`;
}
