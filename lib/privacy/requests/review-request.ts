/** The legal review of a request: what stands against the right, and which ties to clients are confirmed. */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { dayField, readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { loadTies, tieKey } from '../package/client-ties.ts';
import { about, actOnRequest, timeAfter } from './act-on-request.ts';
import type { EventFacts } from './event.ts';
import { blockers } from './life.ts';
import type { RequestFile } from './load-request.ts';
import { readTexts } from './texts.ts';

const reviewing = z.strictObject({
  ...about,
  blockers: z
    .array(
      z.strictObject({
        kind: z.enum(keysOf(blockers)),
        until: z
          .literal('')
          .transform(() => null)
          .or(dayField('until when it holds')),
      }),
    )
    .max(20),
  reasons: textField,
  /** Ties to clients that are confirmed: client and instant of each. */
  ties: z
    .array(z.string().regex(/^C-\d{4,10} \d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z$/, 'Load the page again.'))
    .max(50)
    .default([]),
  tippingOff: textField.transform((text) => (text.trim() === '' ? undefined : text)).optional(),
});

/** What stands against the right, each with its article; what must not be told is kept apart, for few. */
export async function reviewRequest(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<{ seq: number }>> {
  const read = readForm(reviewing, input);
  if (!read.ok) return read;
  const { id, seen, reasons, tippingOff, ties, ...found } = read.form;
  const texts = readTexts({ reasons, 'tipping-off': tippingOff });
  if (!texts.ok) return texts;
  return actOnRequest(actor, context, {
    scope: 'privacy:work',
    id,
    seen,
    kind: 'reviewed',
    texts: texts.texts,
    draw: async (file, tx) => {
      const at = timeAfter(file, context.clock());
      const confirmed = await readTies(tx, file, { named: ties, by: actor.personId, at });
      return confirmed.ok ? ok({ ...found, ...confirmed.value }) : confirmed;
    },
  });
}

type Named = { named: readonly string[]; by: string; at: Date };

/** Whoever recorded a tie is not who confirms it. */
async function readTies(
  tx: Tx,
  { id, standing }: RequestFile,
  { named, by, at }: Named,
): Promise<Result<Pick<EventFacts<'reviewed'>, 'ties'>>> {
  if (named.length === 0) return ok({});
  const person = standing.person?.id;
  if (person === undefined)
    return refuse('not-identified', 'Choose the person whom it is about first.');
  const known = await loadTies(tx, { request: id, person, acting: null, at });
  const ties = known.filter((one) => named.includes(tieKey(one)));
  if (ties.length !== named.length)
    return refuse('tie-unknown', 'The ties of this person have changed. Load the page again.');
  const own = ties.find(({ recordedBy }) => recordedBy === by);
  return own === undefined
    ? ok({ ties: ties.map(({ client, since }) => ({ client, since })) })
    : refuse(
        'same-person',
        `You recorded the tie to ${own.client}, so another person confirms it. An officer does on the page of the person.`,
      );
}
