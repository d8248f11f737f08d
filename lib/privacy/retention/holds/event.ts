/** What events of a hold say beyond their kind: ids, codes, days and digests. Reasons stand beside, sealed. Pure. */
import { z } from 'zod';
import { readEventRow, type EventOf, type EventRow } from '#lib/platform/event-row.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { anyPersonId } from '#lib/persons/ids.ts';
import { articles, grounds, heldCategories, type HoldEventKind } from './life.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const coverField = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), subject: anyPersonId }),
  z.strictObject({ kind: z.literal('client'), subject: z.string().regex(/^[A-Za-z0-9-]{1,60}$/) }),
  z.strictObject({ kind: z.literal('category'), subject: z.enum(heldCategories) }),
  /** Number of a record, as its own page has it. */
  z.strictObject({
    kind: z.literal('record'),
    subject: z.string().regex(/^[A-Z]{1,4}-[A-Z0-9-]{1,40}$/),
  }),
]);

/** Things that one hold may cover; the database allows no more. */
export const coversMax = 50;

export const holdFacts = {
  opened: z.strictObject({
    ground: z.enum(keysOf(grounds)),
    article: z.enum(keysOf(articles)),
    reviewOn: z.iso.date(),
    covers: z.array(coverField).min(1).max(coversMax),
  }),
  reviewed: z.strictObject({ reviewOn: z.iso.date() }),
  /** Digest of all that stood on record. */
  'lift-proposed': z.strictObject({ events: sha256 }),
  'lift-returned': z.strictObject({}),
  /** The proposal, and the digest that it named. */
  lifted: z.strictObject({ of: z.int().min(1), events: sha256 }),
  warned: z.strictObject({ reviewOn: z.iso.date() }),
} as const satisfies Record<HoldEventKind, z.ZodType>;

export type HoldFacts<K extends HoldEventKind> = z.infer<(typeof holdFacts)[K]>;
export type HoldEvent = EventOf<typeof holdFacts>;

/** @throws when the row says what no event says: it was written past this program. */
export const readHoldEvent = (row: EventRow): HoldEvent => readEventRow(holdFacts, row);
