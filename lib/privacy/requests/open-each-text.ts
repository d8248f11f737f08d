import type { BrokenRow } from '#lib/persons/texts/open-found.ts';
import { openEach } from '#lib/platform/data-keys/open-each.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { contextOf, SALT_BYTES, type TextHome } from './sealed-texts.ts';

/**
 * Opens texts of a file, in order, where one that does not open keeps none of the others: `isBroken`, without a text.
 * One that was erased has none, either.
 * @throws DataKeysError where the key service can't be reached: then nothing was said of any.
 */
export async function openEachText<
  T extends { seq: number; field: string; sealed: Uint8Array | null },
>(
  id: string,
  rows: readonly T[],
  home: TextHome = 'privacy-request',
): Promise<(T & { text: string | null; isBroken: boolean })[]> {
  const kept = rows.flatMap(({ seq, field, sealed }) =>
    sealed === null ? [] : [{ context: contextOf(home, id, seq, field), sealed }],
  );
  const opened = await openEach(dataKeys(), kept);
  let next = 0;
  return rows.map((row) => {
    const one = row.sealed === null ? undefined : opened[next++];
    const text = one?.state === 'open' ? decoded(one.plain) : null;
    const isShredded = one === undefined || one.state === 'shredded';
    return { ...row, text, isBroken: text === null && !isShredded };
  });
}

/** Null for what is no text. */
function decoded(plain: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain.subarray(SALT_BYTES));
  } catch {
    return null;
  }
}

/** How a text of a request that does not open stands on record. */
export const brokenRequestText = (request: string, seq: number, field: string): BrokenRow => ({
  table: 'privacy_request_text',
  row: `${request} ${seq} ${field}`,
  fault: 'seal-broken',
});
