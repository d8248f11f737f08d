import type { Tx } from '#lib/platform/db/transaction.ts';

type Signed = { person: string; credential: string };

/**
 * Whether these people may still act here, each with the key that they signed with: a key that somebody stopped, or a
 * person whom somebody suspended, is in no roster's change yet. Whoever stops one waits for the transaction, or comes before.
 */
export async function signersStillCount(tx: Tx, signed: readonly Signed[]): Promise<boolean> {
  const keys = signed.map(({ credential }) => credential);
  const found = await tx.$queryRaw<Signed[]>`
    select o.id as person, c.id as credential from credential c join operator o on o.id = c.operator_id
      where c.id = any (${keys}::text[]) and c.status = 'active' and o.status = 'active'
      order by c.id for share`;
  const counting = new Set(found.map((one) => JSON.stringify([one.person, one.credential])));
  return signed.every(({ person, credential }) =>
    counting.has(JSON.stringify([person, credential])),
  );
}
