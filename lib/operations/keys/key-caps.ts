/** What may leave under one key in a day until an external audit of the signing code is on record. */
import { coinKinds } from '#lib/protocol/intent-kinds.ts';
import { assetFacts } from '#lib/chains/assets.ts';
import { findChain } from '#lib/chains/registry.ts';
import type { Context } from '#lib/platform/context.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import type { Trust } from '../trust.ts';

export type KeyCaps =
  /** No policy is in force yet, or it sets none. */
  | { what: 'none'; policyVersion: number | null }
  | { what: 'audited'; reportDigest: string; finishedAt: string; policyVersion: number }
  | {
      what: 'capped';
      policyVersion: number;
      /** Exact amounts as people read them: what may leave in 24 hours, and what did. */
      caps: { asset: string; perDay: string; left: string }[];
    };

/**
 * Counted as the parties count: what was signed in the last 24 hours, or may have been.
 * @param vault the key's; caps of what does not live on its chain can never be reached.
 */
export async function viewCaps(
  vault: { id: string; chain: string } | null,
  trust: Trust | null,
  { db, clock }: Pick<Context, 'db' | 'clock'>,
): Promise<KeyCaps> {
  const policy = trust?.policy;
  if (!policy) return { what: 'none', policyVersion: null };
  const { version: policyVersion, audit, keyCaps = [] } = policy;
  if (audit) return { what: 'audited', ...audit, policyVersion };
  if (vault === null) return { what: 'none', policyVersion };
  const here = new Set(findChain(vault.chain)?.assets.map(({ asset }) => asset));
  const reachable = keyCaps.filter(({ asset }) => here.has(asset));
  if (reachable.length === 0) return { what: 'none', policyVersion };
  const from = new Date(clock().getTime() - 24 * 3_600_000);
  const spent = await db.$queryRaw<{ asset: string; amount: string }[]>`
    SELECT o.asset, sum(o.amount)::text AS amount
    FROM operation o
    WHERE o.kind = ANY(${[...coinKinds]}) AND o.vault_id = ${vault.id} AND EXISTS (
      SELECT FROM chain_transaction t
      WHERE t.operation_id = o.id AND (t.signed_at > ${from} OR t.phase = 'releasing'))
    GROUP BY o.asset`;
  return {
    what: 'capped',
    policyVersion,
    caps: reachable.map(({ asset, perDay }) => {
      const { decimals } = assetFacts(asset);
      const left = spent.find((row) => row.asset === asset)?.amount ?? '0';
      return {
        asset,
        perDay: formatAmount(BigInt(perDay), decimals),
        left: formatAmount(BigInt(left), decimals),
      };
    }),
  };
}
