import { z } from 'zod';
import type { BrokenRow } from '#lib/persons/texts/open-found.ts';
import type { LooksAt } from '#lib/persons/texts/unopened-texts.ts';
import type { Database } from '#lib/platform/db/client.ts';
import { brokenRequestText, openEachText } from './open-each-text.ts';

const place = z.tuple([
  z.uuid(),
  z.coerce.number().int().min(1).max(100_000),
  z.string().regex(/^[a-z-]{1,40}$/),
]);

/** The worker's look at texts of requests of which a page said that they do not open. */
export const looksAtRequestTexts: LooksAt = {
  table: 'privacy_request_text',
  isRow: (row) => place.safeParse(row.split(' ')).success,
  look: async (db, rows) => {
    const broken: BrokenRow[] = [];
    for (const row of rows) broken.push(...(await lookAt(db, row)));
    return broken;
  },
};

async function lookAt(db: Database, row: string): Promise<BrokenRow[]> {
  const [requestId, seq, field] = place.parse(row.split(' '));
  const found = await db.privacyRequestText.findUnique({
    where: { requestId_seq_field: { requestId, seq, field } },
    select: { seq: true, field: true, sealed: true },
  });
  const [opened] = found ? await openEachText(requestId, [found]) : [];
  return opened?.isBroken === true ? [brokenRequestText(requestId, seq, field)] : [];
}
