/** What is asked of the data-key service and what it answers: JSON, with bytes as base64. */
import { z } from 'zod';

/** Bytes of one request at most, base64 included. */
export const BODY_MAX = 16 * 1024 * 1024;
/** Values, keys or hashes in one request at most. */
export const ITEMS_MAX = 10_000;
/** Bytes of one value at most. */
export const PLAIN_MAX = 1024 * 1024;

const keyId = z.string().regex(/^[0-9a-f]{32}$/);
const context = z.string().min(1).max(300);
const bytesOf = (most: number) =>
  z
    .string()
    .max(Math.ceil(most / 3) * 4)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/)
    .transform((text) => Buffer.from(text, 'base64'));

export const asks = {
  make: z.strictObject({ count: z.int().min(1).max(ITEMS_MAX) }),
  seal: z.strictObject({
    items: z
      .array(z.strictObject({ key: keyId, context, plain: bytesOf(PLAIN_MAX) }))
      .max(ITEMS_MAX),
  }),
  open: z.strictObject({
    items: z.array(z.strictObject({ context, sealed: bytesOf(PLAIN_MAX + 100) })).max(ITEMS_MAX),
  }),
  fingerprint: z.strictObject({
    kind: z.string().regex(/^[a-z-]{1,40}$/),
    values: z.array(z.string().max(10_000)).max(ITEMS_MAX),
  }),
  missing: z.strictObject({ keys: z.array(keyId).max(ITEMS_MAX) }),
  'never-made': z.strictObject({ keys: z.array(keyId).max(ITEMS_MAX) }),
  list: z.strictObject({ bucket: z.int().min(0).max(255) }),
  shred: z.strictObject({
    keys: z.array(keyId).max(ITEMS_MAX),
    /** Said by whoever runs the installation: more than the brake lets through is meant. */
    isBeyondBrake: z.boolean().default(false),
  }),
  rotate: z.strictObject({}),
  backup: z.strictObject({}),
  'renew-copy': z.strictObject({ place: z.string().min(1).max(1_000) }),
  health: z.strictObject({}),
} as const;
/** First on every connection: who asks. */
export const hello = z.strictObject({ token: z.string().regex(/^[\x21-\x7e]{20,200}$/) });
/** Each question has a number, which its answer repeats. */
export const question = z.strictObject({
  id: z.int().min(1),
  ask: z.string().max(40),
  input: z.unknown(),
});
export type Ask = keyof typeof asks;
export const askNames = Object.keys(asks) as Ask[];

/** Who may ask what. A taken web server can read what it can name and can destroy nothing. */
export const callers = ['web', 'worker', 'owner'] as const;
export type Caller = (typeof callers)[number];
const everybody: readonly Ask[] = ['make', 'seal', 'open', 'fingerprint', 'missing', 'health'];
export const mayAsk: Readonly<Record<Caller, ReadonlySet<Ask>>> = {
  web: new Set(everybody),
  // A taken web server is not told which ids would pass for real ones.
  worker: new Set([...everybody, 'never-made', 'list', 'shred']),
  owner: new Set(askNames),
};

/** Keys that one caller may destroy within an hour, so that a taken worker can't destroy everybody at once. */
export const SHREDS_AN_HOUR_MAX = 500;
/**
 * Keys that one caller may make within an hour, where the settings say nothing else: far more than a day's bank statements
 * and the people of a sandbox need, and 1 MB, so that nobody fills the disk of the service and with it every backup.
 */
export const MAKES_AN_HOUR_MAX = 20_000;
