import { randomUUID, createHash } from 'node:crypto';
import { base32nopad } from '@scure/base';
import { z } from 'zod';
import type { Context } from '#lib/platform/context.ts';
import { dayMs } from '#lib/platform/days.ts';
import { lockNamed } from '#lib/platform/db/lock-named.ts';
import { inTransaction, type Tx } from '#lib/platform/db/transaction.ts';
import { readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { keyedHash, searchHash } from '#lib/persons/search-hashes.ts';
import { keysRefusal } from '#lib/persons/keys-refusal.ts';
import { requestClock } from './clock.ts';
import { rights } from './life.ts';
import { loadRequest } from './load-request.ts';
import { loadSeat } from './load-seat.ts';
import { readTexts } from './texts.ts';
import { writeRequest } from './write-request.ts';

/** None counts by address: an answer that hangs on it would tell others whether that address asked. */
export const formLimits = {
  /** Forms that are taken within an hour, from everybody together. */
  perHour: 100,
};
const hourMs = 3_600_000;

const form = z.strictObject({
  right: z.enum(keysOf(rights), 'Choose what you ask for.'),
  name: textField,
  email: textField,
  message: textField,
  forAnother: z.enum(['yes', 'no'], 'Say whether you ask for somebody else.').default('no'),
  /** Drawn at random for the page on which the form stood; who sends none sends something new. */
  once: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22,64}$/, 'Load the page again.')
    .optional(),
});

export type Receipt = {
  number: string;
  /** ISO instant. */
  receivedAt: string;
  /** The law's day at the seat; null while nobody has said where that is. */
  dueOn: string | null;
  /** By which its sender is known again; only its hash is kept. */
  code: string;
};

/**
 * Takes a request from the public form; nobody is signed in. The same form sent again from the same page within a day gets
 * the same receipt, whose code is drawn anew from the request's random id by a key that is not in the database. Whoever
 * only knows or guesses what somebody wrote is answered as anybody is: that it was sent before is nobody else's to know,
 * and neither is its code.
 */
export async function submitForm(
  input: unknown,
  context: Pick<Context, 'db' | 'clock'>,
): Promise<Result<Receipt>> {
  const read = readForm(form, input);
  if (!read.ok) return read;
  const { right, forAnother, once = randomUUID(), ...given } = read.form;
  const texts = readTexts(given);
  if (!texts.ok) return texts;
  const at = context.clock();
  return keysRefusal(async () => {
    const written = JSON.stringify([right, forAnother, texts.texts]);
    const message = await hashOf('privacy-form', written);
    const page = await hashOf('privacy-form-page', JSON.stringify([once, written]));
    if (!(await searchHash('email', texts.texts.email ?? '')))
      return refuse('text-invalid', 'Give an e-mail address.');
    // Nobody waits behind a form that is not taken: it is answered before the lock, and looked at again under it.
    const early = await inTransaction(context.db, (tx) => findAnswer(tx, page, at));
    if (early) return early;
    const id = randomUUID();
    const receiptHash = hashOfCode(await codeOf(id));
    return inTransaction(context.db, async (tx) => {
      await lockNamed(tx, 'privacy form');
      const answer = await findAnswer(tx, page, at);
      if (answer) return answer;
      await writeRequest(tx, {
        id,
        facts: {
          right,
          channel: 'form',
          receivedAt: at.toISOString(),
          isEarlier: false,
          isElectronic: true,
          forAnother: forAnother === 'yes',
        },
        texts: texts.texts,
        by: 'public',
        at,
        receiptHash,
        messageHash: message,
        formHash: page,
      });
      return ok(await receiptOf(tx, id, at));
    });
  });
}

/** The service takes texts of some thousand characters; a hash of one tells messages apart as well. */
const hashOf = (kind: string, text: string): Promise<Uint8Array<ArrayBuffer>> =>
  keyedHash(kind, createHash('sha256').update(text).digest('hex'));

/** 128 bits, as 26 letters and digits. */
const codeOf = async (id: string): Promise<string> =>
  base32nopad.encode(await hashOf('privacy-receipt', id)).toLowerCase();

const hashOfCode = (code: string): string => createHash('sha256').update(code).digest('hex');

/** The receipt of the same form from the same page, or the refusal of one too many; null where it is to be taken. */
async function findAnswer(tx: Tx, page: Uint8Array, at: Date): Promise<Result<Receipt> | null> {
  const before = await findSame(tx, page, at);
  return before === null ? findFull(tx, at) : ok(await receiptOf(tx, before, at));
}

async function findSame(tx: Tx, page: Uint8Array, at: Date): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select r.id from privacy_request_search s join privacy_request r on r.id = s.request_id
      where s.kind = 'form' and s.hash = ${page} and r.channel = 'form'
        and r.opened_at > ${new Date(at.getTime() - dayMs)}
      order by r.opened_at desc limit 1`;
  return row?.id ?? null;
}

async function findFull(tx: Tx, at: Date): Promise<Refused | null> {
  const inHour = await tx.privacyRequest.count({
    where: { channel: 'form', openedAt: { gt: new Date(at.getTime() - hourMs) } },
  });
  return inHour >= formLimits.perHour
    ? refuse(
        'too-many-requests',
        'Too many requests came through this form. Try again later, or write to us: every way counts as receipt.',
      )
    : null;
}

async function receiptOf(tx: Tx, id: string, now: Date): Promise<Receipt> {
  const file = await loadRequest(tx, id);
  if (!file) throw new Error('A request that was just written is gone.');
  const seat = await loadSeat(tx, now);
  // The day as it was counted at its receipt: nothing that happened since is told here.
  const { opening } = file.standing;
  const counted =
    seat &&
    requestClock(
      {
        state: 'received',
        opening,
        questions: [],
        extension: null,
        firstAnsweredAt: null,
        isFirstRefusing: false,
        freed: null,
        proposal: null,
      },
      seat,
      new Date(opening.receivedAt),
    );
  return {
    number: file.number,
    receivedAt: opening.receivedAt,
    dueOn: counted ? counted.dueOn : null,
    code: await codeOf(id),
  };
}
