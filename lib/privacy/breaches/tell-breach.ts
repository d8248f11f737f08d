/** Proof that the authority has a notification of a breach. */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse } from '#lib/platform/result.ts';
import { aboutBreach, actOnBreach, findTimeFault, type BreachMoved } from './act-on-breach.ts';
import { breachClock } from './clock.ts';
import { referenceShape } from './event.ts';
import { authorityChannels } from './life.ts';
import { unlessEmpty } from './texts.ts';

const sending = z.strictObject({
  ...aboutBreach,
  sentAt: minuteField('when it was sent'),
  channel: z.enum(keysOf(authorityChannels), 'Choose by what it was sent.'),
  reference: z
    .string()
    .trim()
    .regex(
      referenceShape,
      'Give the reference of the authority: letters, figures, blanks, dots, strokes and hyphens.',
    ),
  delay: textField.transform(unlessEmpty).optional(),
});

/** The newest notification that was signed off went out; the first within 72 hours, or with the reasons for the delay. */
export async function recordNotified(actor: Actor, input: unknown, context: Context): BreachMoved {
  const read = readForm(sending, input);
  if (!read.ok) return read;
  const { sentAt, channel, reference, delay, ...form } = read.form;
  return actOnBreach(actor, context, {
    ...form,
    kind: 'notification-sent',
    texts: { delay },
    draw: ({ standing }, at) => {
      const signed = standing.phases.at(-1);
      if (!signed || signed.sent !== null)
        return refuse('nothing-signed', 'Have a notification signed off first.');
      const fault = findTimeFault('When it was sent', sentAt, { from: signed.at, at });
      if (fault) return fault;
      const first = { ...standing, clearedAt: null, notifiedAt: sentAt.toISOString() };
      const isLate = standing.notifiedAt === null && breachClock(first, at).state === 'late';
      return isLate && !standing.hasDelay && delay === undefined
        ? refuse(
            'delay-missing',
            'The 72 hours were over. Write the reasons for the delay (Article 33(1)).',
          )
        : ok({ of: signed.seq, sentAt: sentAt.toISOString(), channel, reference });
    },
  });
}
