/** What a person decided about items of a package before it was built. Pure. */
import { z } from 'zod';
import { keysOf } from '#lib/platform/keys-of.ts';
import { outGrounds, type OutGround } from './out-grounds.ts';

/** A text by its table and commitment. */
export const itemKey = z.string().regex(/^[a-z_]{1,60}\/[0-9a-f]{64}$/, 'There is no such item.');

export const choice = z.strictObject({
  item: itemKey,
  take: z.enum(['in', 'out']),
  ground: z.enum(keysOf(outGrounds)).optional(),
});
export type Choice = z.infer<typeof choice>;
export const choicesMax = 1_000;
export const choicesForm = z.array(choice).max(choicesMax);

/** In one order, so that the same choices are the same whatever order they were made in. */
export const inOrder = (choices: readonly Choice[]): Choice[] =>
  [...choices].toSorted((one, other) => (one.item < other.item ? -1 : 1));

export type Take = 'in' | 'out' | 'undecided';

/** An item as the desk sees it before anything is decided. */
export type PreviewItem = {
  /** Null where it can't be left out: it is the person's own data. */
  item: string | null;
  about: string;
  /** ISO instant. */
  at: string | null;
  take: Take;
  /** Why it is in or out. */
  reason: string;
  /** On what it stays out, where somebody said so. */
  outOn?: OutGround;
  /** A text as it would go out, with others blacked out; null where records are only counted. */
  text: string | null;
  records: number;
};
export type Preview = PreviewItem[];
