/**
 * The door to the data-key service. It keeps one key for each person and each record outside the database, seals and
 * opens with them, and destroys them; no key ever leaves it. What it sealed is kept as bytes in the database.
 */

/** Id of a data key: 16 random bytes in lower-case hex. It stands in the clear beside what the key sealed. */
export type KeyId = string;

export type ToSeal = {
  key: KeyId;
  /**
   * What the value is and where it stands, such as `person-value/p-abc/name/2`. It is authenticated: sealed bytes that
   * were moved to another person or field do not open. At most 300 characters.
   */
  context: string;
  /** At most 1 MiB. */
  plain: Uint8Array;
};

export type ToOpen = { context: string; sealed: Uint8Array };

/** What came out; `shredded` where the key is no more, which is an answer and no failure. */
export type Opened = { state: 'open'; plain: Uint8Array } | { state: 'shredded' };

/** What a destruction left behind, to be kept as its proof. */
export type ShredReceipt = {
  /** Keys that were there and are no more. */
  destroyed: readonly KeyId[];
  /** Keys that were gone before. */
  absent: readonly KeyId[];
  /** Generation of the root key before, which exists nowhere any more, and after. */
  rootBefore: number;
  rootAfter: number;
  /** Every place a key was kept, with what was done there. */
  places: readonly { place: string; done: boolean; fault?: string }[];
  at: string;
};

export type DataKeys = {
  /** Makes keys. @param count 1 to 10,000. */
  make(count: number): Promise<KeyId[]>;
  /**
   * Seals values, in order; at most 10,000 and 16 MiB in one go.
   * @throws DataKeysError `key-unknown` when a key is not there: nothing is sealed then.
   */
  seal(items: readonly ToSeal[]): Promise<Uint8Array<ArrayBuffer>[]>;
  /**
   * Opens values, in order; at most 10,000 and 16 MiB in one go.
   * @throws DataKeysError `seal-broken` for bytes that were changed, moved or never sealed here.
   */
  open(items: readonly ToOpen[]): Promise<Opened[]>;
  /**
   * Keyed hashes of values that were normalised before, for finding without reading: HMAC-SHA-256, 32 bytes each.
   * @param kind what the value is, such as `name`; the same value of another kind has another hash.
   */
  fingerprint(kind: string, values: readonly string[]): Promise<Uint8Array<ArrayBuffer>[]>;
  /** Which of these keys are no more, or never were. @param keys at most 10,000. */
  missing(keys: readonly KeyId[]): Promise<KeyId[]>;
  /**
   * Which of these ids were never given to a key by this service, or before ids had a proof of it; for worker and owner.
   * @param keys at most 10,000.
   */
  neverMade(keys: readonly KeyId[]): Promise<KeyId[]>;
  /**
   * Ids of the keys that are there, of those whose first byte is the bucket's number; for worker and owner.
   * @param bucket 0 to 255.
   */
  list(bucket: number): Promise<KeyId[]>;
  /** Generation of the root key: each destruction and each change of it makes another. */
  generation(): Promise<number>;
  /** Destroys keys in every place that keeps one, backups included. Asking again is harmless. */
  shred(keys: readonly KeyId[]): Promise<ShredReceipt>;
};

export type DataKeysFault =
  /** The service can't be reached, or did not answer in time; whether it acted is not known. */
  | 'unavailable'
  | 'key-unknown'
  | 'seal-broken'
  /** This process may not ask that. */
  | 'not-allowed'
  | 'too-much'
  /** More keys than anybody needs within an hour: none was made. */
  | 'too-many-made';

export class DataKeysError extends Error {
  readonly fault: DataKeysFault;

  constructor(fault: DataKeysFault, message: string) {
    super(message);
    this.name = 'DataKeysError';
    this.fault = fault;
  }
}

/** Whether the service does no more of it within the hour. Nothing is wrong then: what is begun goes on when asked later. */
export const isHeldBack = (error: unknown): boolean =>
  error instanceof DataKeysError && (error.fault === 'too-much' || error.fault === 'too-many-made');
