import type { Tx } from '#lib/platform/db/transaction.ts';
import { loadTexts } from '#lib/resilience/records/load-record.ts';

/** Where the authority can ask (GDPR Art 33(3)(b)). */
export type BreachContact = { name: string; contact: string };

/** The data protection officer by the register of controllers and contacts; null where there is none with a contact. */
export async function loadContact(tx: Pick<Tx, '$queryRaw'>): Promise<BreachContact | null> {
  const [row] = await tx.$queryRaw<{ id: string; name: string | null }[]>`
    select c.record_id::text as id, c.facts ->> 'name' as name from resilience_current c
      where c.kind = 'party' and not c.retired and c.facts ->> 'role' = 'dpo' order by c.number limit 1`;
  if (!row) return null;
  const texts = (await loadTexts(tx, [row.id], ['name', 'contact'])).get(row.id);
  const contact = texts?.['contact'] ?? '';
  const name = [row.name ?? '', texts?.['name'] ?? ''].filter((one) => one !== '').join(', ');
  return contact === '' ? null : { name: name || 'Data protection officer', contact };
}
