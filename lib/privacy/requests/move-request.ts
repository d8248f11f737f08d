/** What the DPO does with a request before it is decided, one form each. */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { dayField, minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { about, actOnRequest, timeAfter } from './act-on-request.ts';
import { askWithinDays } from './clock.ts';
import { keptSeat } from './counted-by.ts';
import type { EventFacts } from './event.ts';
import { authorities, doubtReasons, identityGrounds, opinions, type EventKind } from './life.ts';
import { loadSeat } from './load-seat.ts';
import { readTexts, type TextField } from './texts.ts';

type Moved = Promise<Result<{ seq: number }>>;
const scope = 'privacy:work';

type Step<K extends EventKind> = {
  id: string;
  seen: number;
  kind: K;
  facts: EventFacts<K>;
  texts?: Partial<Record<TextField, string | undefined>>;
};

/** One event with facts that the form already holds. */
async function move<K extends EventKind>(
  actor: Actor,
  context: Context,
  { id, seen, kind, facts, texts = {} }: Step<K>,
): Moved {
  const read = readTexts(texts);
  if (!read.ok) return read;
  const draw = () => ok(facts);
  return actOnRequest(actor, context, { scope, id, seen, kind, texts: read.texts, draw });
}

const noting = z.strictObject({
  ...about,
  note: textField,
  /** Where it reminds the person of the open question: until when their answer is waited for. */
  answerBy: z.literal('').or(dayField('until when you wait for the answer')).optional(),
});

export async function noteRequest(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(noting, input);
  if (!read.ok) return read;
  const { id, seen, note, answerBy = '' } = read.form;
  const texts = readTexts({ note });
  if (!texts.ok) return texts;
  return actOnRequest(actor, context, {
    scope,
    id,
    seen,
    kind: 'noted',
    texts: texts.texts,
    draw: ({ standing }) => {
      if (answerBy === '') return ok({});
      const question = standing.questions.findLast((one) => one.answeredAt === null);
      return question
        ? ok({ reminder: { question: question.seq, answerBy } })
        : refuse('question-unknown', 'There is no open question to remind of.');
    },
  });
}

const identifying = z.strictObject({
  ...about,
  person: z
    .string('Choose a person.')
    .regex(/^(?:p-[a-z2-7]{10}|ps-[a-z2-7]{16})$/, 'Choose a person.'),
  ground: z.enum(keysOf(identityGrounds), 'Say by what the person is known.'),
  proof: textField,
});

/** One person is chosen, with what that rests on. A name that several have is no ground. */
export async function identifyPerson(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(identifying, input);
  if (!read.ok) return read;
  const { id, seen, person, ground, proof } = read.form;
  const texts = readTexts({ proof });
  if (!texts.ok) return texts;
  return actOnRequest(actor, context, {
    scope,
    id,
    seen,
    kind: 'identified',
    texts: texts.texts,
    draw: async (_, tx) => {
      const known = await tx.person.findUnique({ where: { id: person }, select: { id: true } });
      return known
        ? ok({ person, ground })
        : refuse('person-unknown', 'Nobody is known by this id.');
    },
  });
}

const showing = z.strictObject({
  ...about,
  by: z.enum(keysOf(authorities), 'Say what was shown.'),
  proof: textField,
});

export async function recordAuthority(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(showing, input);
  if (!read.ok) return read;
  const { id, seen, by, proof } = read.form;
  return move(actor, context, {
    id,
    seen,
    kind: 'authority-shown',
    facts: { by },
    texts: { proof },
  });
}

const doubting = z.strictObject({
  ...about,
  reason: z.enum(keysOf(doubtReasons), 'Choose what raises the doubt.'),
  reasons: textField,
});

/** Reasonable doubt about who asks (Art 12(6)); without one no proof is asked for. */
export async function noteDoubt(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(doubting, input);
  if (!read.ok) return read;
  const { id, seen, reason, reasons } = read.form;
  return move(actor, context, { id, seen, kind: 'doubted', facts: { reason }, texts: { reasons } });
}

const asking = z.strictObject({
  ...about,
  about: z.enum(['identity', 'scope'], 'Say what the question is about.'),
  sentAt: minuteField('when the question was sent'),
  question: textField,
});

/** A question to the person, which suspends the clock when it went out in time. */
export async function askPerson(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(asking, input);
  if (!read.ok) return read;
  const { id, seen, about: subject, sentAt, question } = read.form;
  return move(actor, context, {
    id,
    seen,
    kind: 'asked',
    facts: { about: subject, sentAt: sentAt.toISOString(), withinDays: askWithinDays },
    texts: { question },
  });
}

const answering = z.strictObject({
  ...about,
  answeredAt: minuteField('when the answer came'),
  answer: textField,
});

export async function recordAnswer(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(answering, input);
  if (!read.ok) return read;
  const { id, seen, answeredAt, answer } = read.form;
  const texts = readTexts({ answer });
  if (!texts.ok) return texts;
  return actOnRequest(actor, context, {
    scope,
    id,
    seen,
    kind: 'answered',
    texts: texts.texts,
    draw: ({ standing }) => {
      const question = standing.questions.findLast((one) => one.answeredAt === null);
      return question
        ? ok({ question: question.seq, answeredAt: answeredAt.toISOString() })
        : refuse('question-unknown', 'There is no open question.');
    },
  });
}

const giving = z.strictObject({ ...about, reasons: textField });

/** No answer came to the open question by the day that a reminder named: the request goes on to its decision. */
export async function endWaiting(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(giving, input);
  if (!read.ok) return read;
  const { id, seen, reasons } = read.form;
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  return actOnRequest(actor, context, {
    scope,
    id,
    seen,
    kind: 'answered',
    texts: texts.texts,
    draw: ({ standing, events }) => {
      const question = standing.questions.findLast((one) => one.answeredAt === null);
      return question
        ? ok({
            question: question.seq,
            answeredAt: timeAfter({ events }, context.clock()).toISOString(),
            isMissing: true,
          })
        : refuse('question-unknown', 'There is no open question.');
    },
  });
}

const extending = z.strictObject({
  ...about,
  reason: z.enum(['complexity', 'number'], 'Choose why it takes longer.'),
  noticeSentAt: minuteField('when the person was told'),
  reasons: textField,
});

/** Two further months, once, when the person was told within the first (Art 12(3)). */
export async function extendRequest(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(extending, input);
  if (!read.ok) return read;
  const { id, seen, reason, noticeSentAt, reasons } = read.form;
  const texts = readTexts({ reasons });
  if (!texts.ok) return texts;
  return actOnRequest(actor, context, {
    scope,
    id,
    seen,
    kind: 'extended',
    texts: texts.texts,
    draw: async (file, tx) => {
      const seat = await loadSeat(tx, timeAfter(file, context.clock()));
      const facts = { reason, noticeSentAt: noticeSentAt.toISOString() };
      return ok({ ...facts, ...keptSeat(seat, file.standing.opening.receivedAt) });
    },
  });
}

const advising = z.strictObject({
  ...about,
  opinion: z.enum(keysOf(opinions), 'Say whether you are for it.'),
  text: textField,
});

export async function giveOpinion(actor: Actor, input: unknown, context: Context): Moved {
  const read = readForm(advising, input);
  if (!read.ok) return read;
  const { id, seen, opinion, text } = read.form;
  return move(actor, context, {
    id,
    seen,
    kind: 'opinion-given',
    facts: { opinion },
    texts: { opinion: text },
  });
}
