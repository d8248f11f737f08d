import { createHash } from 'node:crypto';
import { z } from 'zod';
import { appendAudit } from '#lib/audit/append-entry.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { askKeyPress, type KeyPressRequest } from '#lib/identity/ask-key-press.ts';
import { newNonce } from '#lib/identity/challenges.ts';
import { loadProfile } from '#lib/incidents/entity/load-profile.ts';
import type { Context } from '#lib/platform/context.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { openTexts, sealTexts } from '../requests/sealed-texts.ts';
import { aboutBreach, breachMoved } from './act-on-breach.ts';
import type { BreachStatement } from './breach-statement.ts';
import { findMissingPart, isCommunicated } from './communication.ts';
import { exceptions } from './life.ts';
import type { BreachFile } from './load-breach.ts';
import { notificationText, type NotificationInput } from './notification-text.ts';
import { readyToSign, type ReadyToSign, type WantedStep } from './ready-to-sign.ts';
import { readBreachTexts, unlessEmpty, type BreachText } from './texts.ts';

const maybe = textField.transform(unlessEmpty).optional();
const form = z.discriminatedUnion('step', [
  z.strictObject({ ...aboutBreach, step: z.literal('clearance-proposed'), reasons: textField }),
  z.strictObject({ ...aboutBreach, step: z.literal('clearance-approved') }),
  z.strictObject({ ...aboutBreach, step: z.literal('dismissal-approved') }),
  z.strictObject({ ...aboutBreach, step: z.literal('persons-agreed') }),
  z.strictObject({
    ...aboutBreach,
    step: z.literal('notification-signed'),
    later: maybe,
    delay: maybe,
  }),
  z.strictObject({
    ...aboutBreach,
    step: z.literal('persons-decided'),
    isTold: z
      .enum(['yes', 'no'], 'Say whether the persons are told.')
      .transform((said) => said === 'yes'),
    exception: z
      .literal('')
      .transform(() => null)
      .or(z.enum(keysOf(exceptions)))
      .default(null),
    letter: maybe,
    consequences: maybe,
    measures: maybe,
    reasons: maybe,
  }),
]);
type Asked = z.output<typeof form>;

export type PreparedStep = KeyPressRequest & {
  /** The notification word for word, to be read before the key is pressed; null for other steps. */
  document: string | null;
};

/** A notification of more bytes is none that an authority reads. */
const documentMost = 60_000;

/**
 * Checks that this person may sign the step as they saw the breach, and gives out the statement to sign. Nothing happens
 * to the breach until it comes back signed. Texts wait sealed; the notification is made here, word for word.
 */
export async function prepareBreachStep(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<PreparedStep>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const asked = read.form;
  const texts = readBreachTexts(textsOf(asked));
  if (!texts.ok) return texts;
  const missing = findMissingText(asked);
  if (missing) return missing;
  const now = context.clock();
  return keysRefusal(async () => {
    const ready = await inTransaction(context.db, async (tx) => {
      const checked = await readyToSign(tx, actor, wantedOf(asked), now);
      if (!checked.ok) return checked;
      const made = await withDocument(tx, checked.value, texts.texts, context);
      if (!made.ok) return made;
      if (made.value.texts['document'] !== undefined)
        await recordReading(tx, actor, made.value.event, { file: checked.value.file, at: now });
      const { id, keyId, seq } = checked.value.file;
      const place = { home: 'privacy-breach', id, keyId, seq: seq + 1 } as const;
      return ok({
        ...checked.value,
        ...made.value,
        sealed: await sealTexts(place, made.value.texts),
      });
    });
    if (!ready.ok) return ready;
    const { file, events, event, sealed, texts: written } = ready.value;
    const statement: BreachStatement = {
      type: 'countersign/privacy-breach-statement/v1',
      organisation: context.settings.organisation,
      environment: context.settings.mode,
      breach: file.id,
      number: file.number,
      step: event.kind,
      facts: event.facts,
      texts: sealed.map(({ field, commitment }) => ({ field, commitment })),
      events,
      revision: file.seq,
      person: actor.personId,
      nonce: newNonce(),
      issuedAt: now.toISOString(),
    };
    const payload = sealed.map((text) => ({
      ...text,
      sealed: Buffer.from(text.sealed).toString('base64'),
    }));
    const asks = await askKeyPress(
      actor,
      { purpose: 'privacy-breach', statement, payload },
      context,
    );
    return asks.ok ? ok({ ...asks.value, document: written['document'] ?? null }) : asks;
  });
}

function textsOf(asked: Asked): Partial<Record<BreachText, string | undefined>> {
  switch (asked.step) {
    case 'clearance-proposed':
      return { reasons: asked.reasons };
    case 'notification-signed':
      return { later: asked.later, delay: asked.delay };
    case 'persons-decided':
      return {
        letter: asked.letter,
        consequences: asked.consequences,
        measures: asked.measures,
        reasons: asked.reasons,
      };
    case 'clearance-approved':
    case 'dismissal-approved':
    case 'persons-agreed':
      return {};
  }
}

function findMissingText(asked: Asked): Result<never> | null {
  if (asked.step !== 'persons-decided') return null;
  const fault = isCommunicated(asked)
    ? findMissingPart((part) => part === 'contact' || asked[part] !== undefined)
    : null;
  if (fault) return fault;
  return !asked.isTold && asked.reasons === undefined
    ? refuse('reasons-missing', 'Write why the persons are not told.')
    : null;
}

function wantedOf(asked: Asked): WantedStep {
  const { id, seen, step } = asked;
  if (step === 'persons-decided')
    return { id, seen, step, decision: { isTold: asked.isTold, exception: asked.exception } };
  return step === 'notification-signed' ? { id, seen, step, digest: null } : { id, seen, step };
}

type Made = Pick<ReadyToSign, 'event'> & { texts: Readonly<Record<string, string>> };

/** The same with the text of the notification and its digest, or with where persons can ask. */
async function withDocument(
  tx: Tx,
  { file, event, contact }: ReadyToSign,
  texts: Partial<Record<BreachText, string>>,
  { settings, clock }: Pick<Context, 'settings' | 'clock'>,
): Promise<Result<Made>> {
  if (event.kind === 'persons-decided' && isCommunicated(event.facts)) {
    // Where to ask is taken from the register, and signed with the rest.
    if (contact === null) return findMissingPart((part) => part !== 'contact') ?? breachMoved();
    return ok({ event, texts: { ...texts, contact: `${contact.name}\n${contact.contact}` } });
  }
  if (event.kind !== 'notification-signed') return ok({ event, texts });
  const { facts } = event;
  if (facts.missing.length > 0 && texts.later === undefined)
    return refuse(
      'later-missing',
      'Not all of it is known yet. Write why the rest comes later (Article 33(4)).',
    );
  if (facts.isLate && texts.delay === undefined)
    return refuse(
      'delay-missing',
      'The 72 hours are over. Write the reasons for the delay (Article 33(1)).',
    );
  const profile = (await loadProfile(tx))?.facts ?? null;
  const document = notificationText({
    number: file.number,
    phase: facts.phase,
    controller: profile === null ? settings.organisation : `${profile.name}, LEI ${profile.lei}`,
    standing: file.standing,
    missing: facts.missing,
    contact,
    seat: profile?.memberState ?? null,
    texts: await newestTexts(tx, file),
    later: texts.later ?? null,
    delay: texts.delay ?? null,
    at: clock(),
  });
  if (Buffer.byteLength(document) > documentMost)
    return refuse(
      'too-long',
      'The notification is too long. Shorten the texts of the description.',
    );
  const digest = createHash('sha256').update(document).digest('hex');
  return ok({ event: { ...event, facts: { ...facts, digest } }, texts: { ...texts, document } });
}

/** Who signs reads what was sealed, which is on record as every reading of it is. */
const recordReading = async (
  tx: Tx,
  { personId: actor }: Actor,
  event: ReadyToSign['event'],
  { file, at }: { file: BreachFile; at: Date },
): Promise<unknown> =>
  appendAudit(tx, {
    kind: 'privacy-breach-read',
    subject: file.number,
    actor,
    at,
    facts: { to: event.kind },
  });

/** @throws DataKeysError where the key service can't be reached. */
async function newestTexts(
  tx: Tx,
  { id, standing }: Pick<BreachFile, 'id' | 'standing'>,
): Promise<NotificationInput['texts']> {
  const fields = ['description', 'nature', 'consequences', 'measures'] as const;
  const places = fields.flatMap((field) => {
    const seq = standing.texts.get(field);
    return seq === undefined ? [] : [{ seq, field }];
  });
  const rows = await tx.privacyBreachText.findMany({
    where: { breachId: id, OR: places },
    select: { seq: true, field: true, sealed: true },
  });
  const opened = new Map(
    (await openTexts(id, rows, 'privacy-breach')).map(({ field, text }) => [field, text]),
  );
  const text = (field: (typeof fields)[number]) => opened.get(field) ?? null;
  return {
    description: text('description'),
    nature: text('nature'),
    consequences: text('consequences'),
    measures: text('measures'),
  };
}
