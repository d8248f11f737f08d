/**
 * The one way to destroy a key from within the console: for the row that it belongs to, and for no other. Which row that is
 * was put on record by the database when the key was first named, in a table that no role of the console writes.
 */
import type { Database } from '../db/client.ts';
import { log } from '../log.ts';
import type { KeyId, ShredReceipt } from './data-keys.ts';
import { KeyOfOtherError } from './key-of-other.ts';
import { noteRefusals } from './note-refusal.ts';
import { dataKeys } from './our-keys.ts';

/** `unsigned` is the key of a text that waited with a challenge and ended there; one that waits is not to be destroyed. */
export type KeyOwnerKind =
  | 'person'
  | 'text'
  | 'request'
  | 'breach'
  | 'hold'
  | 'package'
  | 'backup'
  | 'unsigned';

/** A key with the row that ends, to which it should belong. */
export type EndingKey = {
  key: KeyId;
  kind: KeyOwnerKind;
  /**
   * Id of the row; of a text its table and commitment with a slash between, of one that nobody signed the nonce of its
   * challenge and its commitment.
   */
  owner: string;
};

/**
 * Destroys the keys that belong to the rows that end. One that does not stays: the log of the worker says so, and
 * an incident is opened.
 * @param ending at most 500.
 * @returns the receipt, null where none was its row's own; and those that were refused.
 * @throws DataKeysError where the key service can't be reached or has destroyed enough for this hour.
 */
export async function shredOwn(
  db: Pick<Database, 'dataKeyOwner' | 'dataKeyRefusal'>,
  ending: readonly EndingKey[],
): Promise<{ receipt: ShredReceipt | null; refused: readonly EndingKey[] }> {
  const rows = await db.dataKeyOwner.findMany({
    where: { keyId: { in: ending.map(({ key }) => key) } },
    take: ending.length,
  });
  const owners = new Map(rows.map((row) => [row.keyId, row]));
  const isOwn = ({ key, kind, owner }: EndingKey): boolean => {
    const found = owners.get(key);
    return found?.kind === kind && found.owner === owner;
  };
  const refused = ending.filter((one) => !isOwn(one));
  for (const { kind, owner } of refused)
    log.error({ kind, owner }, 'a row names a key that is not its own, which is not destroyed');
  await noteRefusals(
    db,
    refused.map(({ kind, owner }) => ({ kind, owner, fault: 'not-own' })),
  );
  const own = ending.filter(isOwn).map(({ key }) => key);
  return { receipt: own.length === 0 ? null : await dataKeys().shred(own), refused };
}

/** The same for one. @throws KeyOfOtherError where it is not the key of the row. */
export async function shredOneOwn(
  db: Pick<Database, 'dataKeyOwner' | 'dataKeyRefusal'>,
  ending: EndingKey,
): Promise<ShredReceipt> {
  const { receipt } = await shredOwn(db, [ending]);
  if (receipt === null) throw new KeyOfOtherError(ending);
  return receipt;
}

/**
 * The same for many, which counts as done once every place that keeps keys has done it.
 * @throws DataKeysError as above, and where a place could not be reached: asking again is harmless.
 */
export async function shredOwnEverywhere(
  db: Pick<Database, 'dataKeyOwner' | 'dataKeyRefusal'>,
  ending: readonly EndingKey[],
): Promise<void> {
  const { receipt } = await shredOwn(db, ending);
  if (receipt) expectEverywhere(receipt);
}

/** @throws where a place that keeps keys could not be reached: the key may be there, and asking again is harmless. */
export function expectEverywhere({ places }: Pick<ShredReceipt, 'places'>): void {
  const away = places.filter(({ done }) => !done);
  if (away.length > 0)
    throw new Error(`The key stands in ${away.length} places that could not be reached.`);
}
