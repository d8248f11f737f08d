import { randomUUID } from 'node:crypto';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { searchHash } from '#lib/persons/search-hashes.ts';
import { appendEvent } from './append-event.ts';
import { keptSeat } from './counted-by.ts';
import type { EventFacts } from './event.ts';
import { loadSeat } from './load-seat.ts';
import { sealTexts } from './sealed-texts.ts';
import type { Texts } from './texts.ts';

export type Opening = {
  /** A random UUID; made here where none is given. */
  id?: string;
  /** Its data key; made here where none is given. */
  keyId?: string;
  facts: EventFacts<'opened'>;
  texts: Texts;
  /** Person id, or `public` for the form. */
  by: string;
  at: Date;
  receiptHash?: string;
  /** Keyed hash of the whole message, by which the same one is known again. */
  messageHash?: Uint8Array<ArrayBuffer>;
  /** Keyed hash of the same with what was drawn for the page of the form, by which it is known when it is sent twice. */
  formHash?: Uint8Array<ArrayBuffer>;
};

/**
 * Opens a request with a key of its own, in the caller's transaction.
 * @throws DataKeysError where the key service can't be reached; nothing is kept in clear then.
 */
export async function writeRequest(
  tx: Tx,
  {
    id = randomUUID(),
    keyId: made,
    facts,
    texts,
    by,
    at,
    receiptHash,
    messageHash,
    formHash,
  }: Opening,
): Promise<{ id: string; number: string }> {
  const [keyId] = made === undefined ? await dataKeys().make(1) : [made];
  if (keyId === undefined) throw new Error('The key service made no key.');
  const sealed = await sealTexts({ id, keyId, seq: 1 }, texts);
  const hashes = await hashesOf(texts);
  // The database counts: no role may give a number, so the statement names none.
  const [row] = await tx.$queryRaw<{ number: string }[]>`
    insert into privacy_request (id, key_id, "right", channel, received_at, opened_at, opened_by, receipt_hash)
      values (${id}::uuid, ${keyId}, ${facts.right}, ${facts.channel}, ${new Date(facts.receivedAt)}, ${at}, ${by},
        ${receiptHash ?? null}) returning number`;
  if (!row) throw new Error('The database gave no number.');
  const rows = [
    ...hashes,
    ...(messageHash ? [{ kind: 'message', hash: messageHash }] : []),
    ...(formHash ? [{ kind: 'form', hash: formHash }] : []),
  ];
  if (rows.length > 0)
    await tx.privacyRequestSearch.createMany({
      data: rows.map((one) => ({ requestId: id, ...one })),
    });
  const seat = await loadSeat(tx, at);
  await appendEvent(
    tx,
    { id, number: row.number, seq: 0 },
    {
      kind: 'opened',
      facts: { ...facts, ...keptSeat(seat, facts.receivedAt) },
      texts: sealed,
      by,
      at,
    },
    seat,
  );
  return { id, number: row.number };
}

async function hashesOf({ name, email }: Texts) {
  const rows: { kind: string; hash: Uint8Array<ArrayBuffer> }[] = [];
  for (const [kind, value] of [
    ['name', name],
    ['email', email],
  ] as const) {
    const hash = value === undefined ? null : await searchHash(kind, value);
    if (hash) rows.push({ kind, hash });
  }
  return rows;
}
