/** What the data protection officer does about a breach, one form each. What is decided on is signed elsewhere. */
import { z } from 'zod';
import type { Actor } from '#lib/identity/actor.ts';
import { memberStates } from '#lib/incidents/member-states.ts';
import { categories } from '#lib/persons/field-map.ts';
import type { Context } from '#lib/platform/context.ts';
import type { Tx } from '#lib/platform/db/transaction.ts';
import { minuteInUtc } from '#lib/platform/days.ts';
import { minuteField, readForm, textField } from '#lib/platform/forms.ts';
import { keysOf } from '#lib/platform/keys-of.ts';
import { ok, refuse, type Refused, type Result } from '#lib/platform/result.ts';
import { aboutBreach, actOnBreach, findTimeFault, type BreachMoved } from './act-on-breach.ts';
import { describedTexts, riskFactors } from './event.ts';
import type { BreachStanding } from './fold.ts';
import { breachKinds, causes, personGroups, readability, risks } from './life.ts';
import { findRisk } from './risk.ts';
import { findClosingFault } from './rules.ts';
import { unlessEmpty } from './texts.ts';

const noting = z.strictObject({ ...aboutBreach, note: textField });

export async function noteBreach(actor: Actor, input: unknown, context: Context): BreachMoved {
  const read = readForm(noting, input);
  if (!read.ok) return read;
  const { note, ...form } = read.form;
  return actOnBreach(actor, context, {
    ...form,
    kind: 'noted',
    texts: { note },
    draw: () => ok({}),
  });
}

const awareField = minuteField('since when it is certain');
const confirming = z.strictObject({ ...aboutBreach, awareAt: awareField, reasons: textField });

/** From a reasonable degree of certainty on, the 72 hours run (Art 33(1)). */
export async function confirmBreach(actor: Actor, input: unknown, context: Context): BreachMoved {
  const read = readForm(confirming, input);
  if (!read.ok) return read;
  const { awareAt, reasons, ...form } = read.form;
  return actOnBreach(actor, context, {
    ...form,
    kind: 'confirmed',
    texts: { reasons },
    draw: ({ standing }, at) =>
      findTimeFault('The time since when it is certain', awareAt, {
        from: firstHeard(standing),
        at,
      }) ??
      findLateAwareness(standing, awareAt) ??
      ok({ awareAt: awareAt.toISOString() }),
  });
}

/** Nobody is aware of it before it was noticed, or before a processor told us of it where that was earlier. */
const firstHeard = ({ noticedAt, suspectedAt }: BreachStanding): string =>
  Date.parse(suspectedAt) < Date.parse(noticedAt) ? suspectedAt : noticedAt;

/** With a processor's notice we are aware (EDPB Guidelines 9/2022): nobody gains time by finding out slowly. */
function findLateAwareness({ opening }: BreachStanding, awareAt: Date): Refused | null {
  const toldAt = opening.processor?.toldAt;
  return toldAt === undefined || awareAt.getTime() <= Date.parse(toldAt)
    ? null
    : refuse(
        'told-before',
        `The processor told us ${minuteInUtc(toldAt)}, and from then on we are aware at the latest. Put that time, or an earlier one.`,
      );
}

const moving = confirming.extend({
  noticedAt: z
    .literal('')
    .transform(() => null)
    .or(minuteField('when it was noticed'))
    .default(null),
});

/**
 * We were aware earlier than was said, and it may have been noticed earlier as well. It stands on record with its
 * reasons, and nobody gains time by it.
 */
export async function moveAwareness(actor: Actor, input: unknown, context: Context): BreachMoved {
  const read = readForm(moving, input);
  if (!read.ok) return read;
  const { awareAt, noticedAt, reasons, ...form } = read.form;
  return actOnBreach(actor, context, {
    ...form,
    kind: 'aware-moved',
    texts: { reasons },
    draw: ({ standing }, at) => {
      if (noticedAt !== null && noticedAt.getTime() > Date.parse(standing.noticedAt))
        return refuse(
          'not-earlier',
          'When it was noticed only moves to an earlier time. Leave it empty where it stands.',
        );
      const from = noticedAt?.toISOString() ?? firstHeard(standing);
      const fault = findTimeFault('The time since when it is certain', awareAt, { from, at });
      if (fault) return fault;
      const said = { awareAt: awareAt.toISOString() };
      if (awareAt.getTime() < Date.parse(standing.awareAt ?? ''))
        return ok(noticedAt === null ? said : { ...said, noticedAt: noticedAt.toISOString() });
      return refuse(
        'not-earlier',
        'Awareness only moves to an earlier time: the 72 hours run from the first.',
      );
    },
  });
}

const deciding = z.strictObject({ ...aboutBreach, reasons: textField });

/** No personal data seem to be concerned. Somebody who decides says so with a key; until then it stays suspected. */
export async function proposeDismissal(
  actor: Actor,
  input: unknown,
  context: Context,
): BreachMoved {
  const read = readForm(deciding, input);
  if (!read.ok) return read;
  const { reasons, ...form } = read.form;
  return actOnBreach(actor, context, {
    ...form,
    kind: 'dismissal-proposed',
    texts: { reasons },
    draw: () => ok({}),
  });
}

export async function reopenBreach(actor: Actor, input: unknown, context: Context): BreachMoved {
  const read = readForm(deciding, input);
  if (!read.ok) return read;
  const { reasons, ...form } = read.form;
  return actOnBreach(actor, context, {
    ...form,
    kind: 'reopened',
    texts: { reasons },
    draw: () => ok({}),
  });
}

/** Somebody who decides sends the proposal not to notify back, with why. */
export async function returnClearance(actor: Actor, input: unknown, context: Context): BreachMoved {
  const read = readForm(deciding, input);
  if (!read.ok) return read;
  const { reasons, ...form } = read.form;
  return actOnBreach(actor, context, {
    ...form,
    scope: 'privacy:approve',
    kind: 'clearance-returned',
    texts: { reasons },
    draw: ({ standing: { proposal, clearedAt } }) =>
      proposal === null || clearedAt !== null
        ? refuse('nothing-proposed', 'Nothing waits for a second person.')
        : ok({}),
  });
}

/** A number, or from the least to the most: `200` or `200-350`. Nothing where nobody knows yet. */
const rangeField = z
  .string()
  .trim()
  .regex(/^(?:\d{1,10}(?:\s*[-–]\s*\d{1,10})?)?$/u, 'Give a number, or a range such as 200-350.')
  .transform((text) => {
    const [least = Number.NaN, most = least] = text.split(/[-–]/u).map(Number);
    return text === '' ? null : { least, most };
  })
  .refine((range) => range === null || (range.least <= range.most && range.most <= 1e9), {
    error: 'Give a range from the smaller number to the larger one.',
  });
/** One alone comes as a text, and none at all not at all. */
const several = <T extends z.ZodType>(choice: T) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? [value] : (value ?? [])),
    z.array(choice).max(30),
  );

const describing = z.strictObject({
  ...aboutBreach,
  kinds: several(z.enum(keysOf(breachKinds), 'Choose the kinds from the list.')).refine(
    (kinds) => kinds.length > 0,
    {
      error: 'Say whether confidentiality, integrity or availability was lost.',
    },
  ),
  groups: several(z.enum(keysOf(personGroups), 'Choose the persons from the list.')),
  categories: several(z.enum(keysOf(categories), 'Choose the data from the list.')),
  persons: rangeField,
  records: rangeField,
  systems: z.string().max(1_000, 'This is too long.').default(''),
  readability: z.enum(keysOf(readability), 'Say whether the data can be read.'),
  cause: z.enum(keysOf(causes), 'Choose the cause.'),
  states: several(z.enum(keysOf(memberStates), 'Choose the Member States from the list.')),
  nature: textField.transform(unlessEmpty),
  consequences: textField.transform(unlessEmpty),
  measures: textField.transform(unlessEmpty),
});

/** What is known of it now. A text that is left empty stays as it was. */
export async function describeBreach(actor: Actor, input: unknown, context: Context): BreachMoved {
  const read = readForm(describing, input);
  if (!read.ok) return read;
  const { id, seen, systems, nature, consequences, measures, ...said } = read.form;
  const texts = { nature, consequences, measures };
  const assets = [...new Set(systems.split(/[\s,;]+/u).filter(Boolean))];
  return actOnBreach(actor, context, {
    id,
    seen,
    kind: 'described',
    texts,
    draw: async (_, __, tx) => {
      const unknown = await findUnknownAsset(tx, assets);
      if (unknown) return unknown;
      const wrote = describedTexts.filter((field) => texts[field] !== undefined);
      return ok({ ...said, systems: assets, wrote });
    },
  });
}

async function findUnknownAsset(tx: Tx, numbers: readonly string[]): Promise<Refused | null> {
  if (numbers.length > 40) return refuse('too-many', 'Name at most 40 systems.');
  const rows = await tx.$queryRaw<{ number: string }[]>`
    select number from resilience_record where kind = 'asset' and number = any (${[...numbers]}::text[])`;
  const known = new Set(rows.map(({ number }) => number));
  const unknown = numbers.find((number) => !known.has(number));
  return unknown === undefined
    ? null
    : refuse(
        'asset-unknown',
        `There is no system ${unknown.slice(0, 40)} in the register of assets.`,
      );
}

const yesNo = z.enum(['yes', 'no'], 'Say yes or no.').transform((said) => said === 'yes');
const assessing = z.strictObject({
  ...aboutBreach,
  ...riskFactors.shape,
  isMalicious: yesNo,
  isVulnerable: yesNo,
  isUnintelligible: yesNo,
  /** Empty where the rule's answer stands. */
  risk: z
    .literal('')
    .transform(() => null)
    .or(z.enum(keysOf(risks))),
  reasons: textField.transform(unlessEmpty),
});

/** The risk by the rule, or another one with reasons. What was decided on an earlier assessment falls. */
export async function assessBreach(actor: Actor, input: unknown, context: Context): BreachMoved {
  const read = readForm(assessing, input);
  if (!read.ok) return read;
  const { id, seen, risk, reasons, ...factors } = read.form;
  const { risk: found } = findRisk(factors);
  if (risk !== null && risk !== found && reasons === undefined)
    return refuse('reasons-missing', 'You decide otherwise than the rule. Write the reasons.');
  return actOnBreach(actor, context, {
    id,
    seen,
    kind: 'assessed',
    texts: { reasons },
    draw: () => ok({ factors, found, risk: risk ?? found }),
  });
}

const containing = z.strictObject({
  ...aboutBreach,
  containedAt: minuteField('since when it goes on no more'),
  measures: textField,
});

export async function containBreach(actor: Actor, input: unknown, context: Context): BreachMoved {
  const read = readForm(containing, input);
  if (!read.ok) return read;
  const { containedAt, measures, ...form } = read.form;
  return actOnBreach(actor, context, {
    ...form,
    kind: 'contained',
    texts: { measures },
    draw: ({ standing }, at): Result<{ containedAt: string }> => {
      if (standing.containedAt !== null)
        return refuse('contained', 'It is contained already. Assess the risk next.');
      return containedAt > at
        ? refuse('in-the-future', 'This lies ahead. Put when it happened.')
        : ok({ containedAt: containedAt.toISOString() });
    },
  });
}

const closing = z.strictObject({ ...aboutBreach, note: textField.transform(unlessEmpty) });

/** Closed once authority and persons were told all that they are owed. */
export async function closeBreach(actor: Actor, input: unknown, context: Context): BreachMoved {
  const read = readForm(closing, input);
  if (!read.ok) return read;
  const { note, ...form } = read.form;
  return actOnBreach(actor, context, {
    ...form,
    kind: 'closed',
    texts: { note },
    draw: ({ standing }) => findClosingFault(standing) ?? ok({}),
  });
}
