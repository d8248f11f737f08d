/** What follows a decision: the answer and its proof, recipients, and the ends of a request. */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { findUntold } from '../notices/find-untold.ts';
import { about, actOnRequest } from './act-on-request.ts';
import type { RequestFile } from './load-request.ts';
import { dispatchChannels, recipientResults } from './life.ts';
import { findUnsent } from './sent-on-record.ts';
import { paperReasons } from './on-paper.ts';
import { restWays } from './rest-ways.ts';
import { stillFound } from './still-found.ts';
import { readTexts } from './texts.ts';
import { findUntoldRecipients } from './untold-recipients.ts';

type Moved = Promise<Result<{ seq: number }>>;
const scope = 'privacy:work';

const fulfilling = z.strictObject({
  ...about,
  channel: z.enum(keysOf(dispatchChannels), 'Say how it was sent.'),
  sentAt: minuteField('when it was sent'),
  digest: z.string().regex(/^[0-9a-f]{64}$/, 'Choose what was sent.'),
  namesRemedies: z.enum(['yes', 'no'], 'Say whether the letter names complaint and court.'),
  proof: textField,
  /** Why it did not go to the controller whom the person named, or why places in which values were found are as they are. */
  reasons: textField.transform((text) => (text.trim() === '' ? undefined : text)).optional(),
  /** Why it went on paper though it was asked for electronically. */
  onPaper: z
    .literal('')
    .or(z.enum(keysOf(paperReasons), 'Say why it went on paper.'))
    .optional(),
  /** What became of places in which values were found after the erasure. */
  rest: z
    .literal('')
    .or(z.enum(keysOf(restWays), 'Say what became of the places.'))
    .optional(),
});

/** The person has their answer: what was done, how and when it was sent, and the digest of what was. */
export async function fulfilRequest(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(fulfilling, input);
  if (!read.ok) return read;
  const { id, seen, channel, sentAt, digest, namesRemedies, proof, reasons } = read.form;
  const { rest = '', onPaper = '' } = read.form;
  const texts = readTexts({ proof, reasons });
  if (!texts.ok) return texts;
  if (rest !== '' && reasons === undefined)
    return refuse('text-invalid', 'Name each place in which values were found, and why it is so.');
  const draw = async (file: RequestFile, tx: Tx) => {
    const { standing } = file;
    const { transmission, proposal } = standing;
    const unsent = await findUnsent(tx, file, digest);
    if (unsent) return unsent;
    const facts = {
      channel,
      sentAt: sentAt.toISOString(),
      digest,
      namesRemedies: namesRemedies === 'yes',
      ...(onPaper !== '' && { onPaper }),
      ...(rest !== '' && { rest: { as: rest, places: Math.max(1, stillFound(standing)) } }),
    };
    if (channel === 'direct')
      return ok(transmission ? { ...facts, transmission: transmission.seq } : facts);
    const isOwed = transmission?.isFeasible === true && proposal?.decision !== 'refuse';
    return isOwed && reasons === undefined
      ? refuse(
          'not-transmitted',
          'The person asked that the data go to another controller (Art 20(2)). Transmit them, or say why that turned out not to be feasible.',
        )
      : ok(facts);
  };
  return actOnRequest(actor, context, {
    scope,
    id,
    seen,
    kind: 'fulfilled',
    texts: texts.texts,
    draw,
  });
}

const telling = z.strictObject({
  ...about,
  recipient: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'Give the recipient as the register names it.'),
  result: z.enum(keysOf(recipientResults), 'Say whether the recipient was told.'),
  reasons: textField.transform((text) => (text.trim() === '' ? undefined : text)).optional(),
});

/** One recipient was told (Art 19), or why not. */
export async function notifyRecipient(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(telling, input);
  if (!read.ok) return read;
  const { id, seen, recipient, result, reasons } = read.form;
  if (result !== 'told' && reasons === undefined)
    return refuse('text-invalid', 'Say why this recipient was not told.');
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  const draw = () => ok({ recipient, result });
  return actOnRequest(actor, context, {
    scope,
    id,
    seen,
    kind: 'recipient-told',
    texts: texts.texts,
    draw,
  });
}

/** That no recipient is left to tell: each on record has its result; with none at all, a note says why. */
export async function finishRecipients(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(z.strictObject({ ...about, reasons: textField }), input);
  if (!read.ok) return read;
  const { id, seen } = read.form;
  const texts = readTexts({ reasons: read.form.reasons });
  if (!texts.ok) return texts;
  return actOnRequest(actor, context, {
    scope,
    id,
    seen,
    kind: 'notified',
    texts: texts.texts,
    draw: async ({ id: request, standing }, tx) =>
      (await findUntoldRecipients(tx, request, standing)) ??
      ok({ recipients: standing.recipients.size }),
  });
}

export async function closeRequest(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(z.strictObject(about), input);
  if (!read.ok) return read;
  return actOnRequest(actor, context, {
    scope,
    ...read.form,
    kind: 'closed',
    draw: async ({ id }, tx) => (await findUntold(tx, id)) ?? ok({}),
  });
}

const withdrawing = z.strictObject({
  ...about,
  withdrawnAt: minuteField('when it was withdrawn'),
  proof: textField,
});

/** The person takes it back. */
export async function withdrawRequest(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(withdrawing, input);
  if (!read.ok) return read;
  const { id, seen, withdrawnAt, proof } = read.form;
  const texts = readTexts({ proof });
  if (!texts.ok) return texts;
  const draw = () => ok({ at: withdrawnAt.toISOString() });
  return actOnRequest(actor, context, {
    scope,
    id,
    seen,
    kind: 'withdrawn',
    texts: texts.texts,
    draw,
  });
}

const withReasons = z.strictObject({ ...about, reasons: textField });

export async function reopenRequest(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(withReasons, input);
  if (!read.ok) return read;
  const { id, seen, reasons } = read.form;
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  const draw = () => ok({});
  return actOnRequest(actor, context, {
    scope,
    id,
    seen,
    kind: 'reopened',
    texts: texts.texts,
    draw,
  });
}

/** A proposal goes back to be made anew: by who made it, or by who was to approve it. */
export async function returnProposal(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(withReasons, input);
  if (!read.ok) return read;
  const { id, seen, reasons } = read.form;
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  const draw = () => ok({});
  return actOnRequest(actor, context, {
    scope: 'privacy:approve',
    id,
    seen,
    kind: 'returned',
    texts: texts.texts,
    draw,
  });
}
