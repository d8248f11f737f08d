/**
 * Transaction and slot, or height of its block, behind each journal of a vault's account. One that takes a deposit back has
 * none: nothing outside stands behind it, and it goes with the journal that it corrects.
 */
import type { Database } from '#lib/platform/db/client.ts';
import type { JournalName } from './outside-source.ts';

type Row = { journal: string; txid: string; slot: string | null };

export async function chainNames(
  db: Database,
  vault: string,
  journals: readonly bigint[],
): Promise<ReadonlyMap<string, JournalName>> {
  const ids = [...journals];
  const rows = await db.$queryRaw<Row[]>`
    select d.journal_id::text as journal, d.txid, d.slot::text as slot
      from deposit d where d.vault_id = ${vault} and d.journal_id = any(${ids}::bigint[])
    union all
    select j.id::text, t.txid, t.slot::text
      from journal j join chain_transaction t on t.operation_id = j.operation_id and t.phase = 'confirmed'
      where j.id = any(${ids}::bigint[]) and j.kind in ('withdrawal', 'vault-transfer') and t.txid is not null
    union all
    select j.id::text, t.txid, t.slot::text
      from journal j join chain_transaction t on t.operation_id = j.operation_id and t.phase = 'failed'
      where j.id = any(${ids}::bigint[]) and j.kind = 'network-fee'
        and j.idempotency_key = 'network-fee:' || t.chain || ':' || t.txid`;
  return new Map(
    rows.map(({ journal, txid, slot }) => [
      journal,
      { transaction: txid, reference: null, position: slot },
    ]),
  );
}
