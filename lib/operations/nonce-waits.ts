/** Withdrawals that can't begin because every nonce account of their vault is in use. */
import { chainsOfFamily } from '#lib/chains/registry.ts';
import { coinKinds } from '#lib/protocol/intent-kinds.ts';
import type { Database } from '#lib/platform/db/client.ts';

/** Shorter waits are what a busy hour is like. */
const waitLimitMs = 60_000;

/** Named at most. */
const namedMax = 20;

/** Those that have waited for more than a minute, in words, the longest first. */
export async function findLongNonceWaits(db: Database, now: Date): Promise<string[]> {
  const before = new Date(now.getTime() - waitLimitMs);
  const waiting = await db.$queryRaw<{ number: string; vault: string }[]>`
    SELECT o.number, o.vault_id AS vault FROM operation o
    JOIN vault v ON v.id = o.vault_id AND v.chain = ANY(${chainsOfFamily('solana')})
    WHERE o.state = 'cosigned' AND o.kind = ANY(${[...coinKinds]}) AND o.state_changed_at < ${before}
      AND NOT EXISTS (SELECT FROM nonce_account n WHERE n.operation_id = o.id
        OR (n.vault_id = o.vault_id AND n.operation_id IS NULL))
    ORDER BY o.state_changed_at, o.id LIMIT ${namedMax}`;
  return waiting.map(
    ({ number, vault }) =>
      `${number} has waited for over a minute for a free nonce account of vault ${vault}`,
  );
}
