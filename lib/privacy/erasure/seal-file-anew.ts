/** Seals the texts of a file under another key, once something went from one of them. */
import { randomBytes } from 'node:crypto';
import { appendAudit } from '#lib/audit/append-entry.ts';
import { commitmentOf } from '#lib/audit/salted-commitment.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { batches } from '#lib/platform/data-keys/sealed-parts.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { contextOf, SALT_BYTES, type TextHome } from '../requests/sealed-texts.ts';
import { tables, type FileText, type Opened } from './open-file-texts.ts';

/**
 * Seals all texts of a file under a new key, those that changed with another salt, and puts the old key down to be destroyed.
 * @returns the new key.
 * @throws DataKeysError where the key service can't be reached.
 */
export async function sealAnew(
  tx: Tx,
  { home, file, number, keyId }: Pick<FileText, 'home' | 'file' | 'number' | 'keyId'>,
  {
    opened,
    changed,
    at,
  }: { opened: readonly Opened[]; changed: ReadonlyMap<string, string>; at: Date },
): Promise<string> {
  const [key] = await dataKeys().make(1);
  if (key === undefined) throw new Error('The key service made no key.');
  const texts = opened.map((row) => {
    const rest = changed.get(row.commitment);
    const salt = rest === undefined ? row.salt : new Uint8Array(randomBytes(SALT_BYTES));
    return { ...row, salt, text: rest ?? row.text, isChanged: rest !== undefined };
  });
  const plain = texts.map(({ seq, field, salt, text }) => ({
    key,
    context: contextOf(home, file, seq, field),
    plain: new Uint8Array(Buffer.concat([salt, Buffer.from(text, 'utf8')])),
  }));
  const sealed: Uint8Array<ArrayBuffer>[] = [];
  // A whole file may be more than the service seals in one go.
  for (const batch of batches(plain, (one) => one.plain.length))
    sealed.push(...(await dataKeys().seal(batch)));
  const inTrail = { kind: 'text-redacted', actor: 'worker', at } as const;
  await appendAudit(tx, { ...inTrail, subject: number, facts: { texts: changed.size } });
  // Named before it goes, so that it is destroyed even where this process ends before it can.
  await tx.textKeyDue.create({ data: { keyId, since: at }, select: { keyId: true } });
  await writes[home].key(tx, file, key);
  for (const [index, { commitment, seq, field, salt, text, isChanged }] of texts.entries()) {
    const bytes = sealed[index];
    if (!bytes) throw new Error('The key service sealed less than it was given.');
    const data = { sealed: bytes, ...(isChanged && { redacted: commitmentOf(text, salt) }) };
    if (isChanged)
      await appendAudit(tx, {
        ...inTrail,
        subject: commitment,
        facts: { table: tables[home], to: data.redacted ?? null },
      });
    await writes[home].text(tx, { file, seq, field }, data);
  }
  return key;
}

type Place = { file: string; seq: number; field: string };
type Sealed = { sealed: Uint8Array<ArrayBuffer>; redacted?: string };
type Writes = {
  key: (tx: Tx, id: string, keyId: string) => Promise<unknown>;
  text: (tx: Tx, place: Place, data: Sealed) => Promise<unknown>;
};
const writes: Readonly<Record<TextHome, Writes>> = {
  'privacy-breach': {
    key: (tx, id, keyId) => tx.privacyBreach.updateMany({ where: { id }, data: { keyId } }),
    text: (tx, { file, seq, field }, data) =>
      tx.privacyBreachText.updateMany({ where: { breachId: file, seq, field }, data }),
  },
  'privacy-hold': {
    key: (tx, id, keyId) => tx.privacyHold.updateMany({ where: { id }, data: { keyId } }),
    text: (tx, { file, seq, field }, data) =>
      tx.privacyHoldText.updateMany({ where: { holdId: file, seq, field }, data }),
  },
  'privacy-request': {
    key: (tx, id, keyId) => tx.privacyRequest.updateMany({ where: { id }, data: { keyId } }),
    text: (tx, { file, seq, field }, data) =>
      tx.privacyRequestText.updateMany({ where: { requestId: file, seq, field }, data }),
  },
};
