/** Sub-custodians (MiCA Art 75(9)): authorised under Art 59, and clients informed. Pure. */
import { z } from 'zod';
import { refuse, type Refused } from '#lib/platform/result.ts';
import { readClock, type ClockReading } from '../clock.ts';

export const subCustodianFacts = z.strictObject({
  /** Day from which it keeps anything, as 2026-11-28. */
  from: z.string(),
  /** Day on which its authorisation was looked up, before anything goes there. */
  authorisationCheckedOn: z.string(),
  /** Day on which its due diligence was done. */
  dueDiligenceOn: z.string(),
  /** Two letters of the Member State that authorised it. */
  memberState: z.string(),
  /** Legal entity identifier; null where there is none. */
  lei: z.string().nullable(),
  /** What it keeps. */
  assets: z.array(z.string()),
});
export type SubCustodianFacts = z.infer<typeof subCustodianFacts>;

export const checkedFacts = z.strictObject({
  authorised: z.boolean(),
  dueDiligenceOn: z.string(),
});

/** What the register of the authority says about custody by the one who was looked up. */
export const authorisations = {
  custody: 'Authorised for custody and administration',
  other: 'Authorised, but not for custody',
  none: 'Not authorised, or not found',
} as const;
export type Authorisation = keyof typeof authorisations;

/** The refusal of who may not keep clients' assets; null for who may. */
export const findUnauthorised = (found: Authorisation): Refused<'not-authorised'> | null =>
  found === 'custody'
    ? null
    : refuse(
        'not-authorised',
        'Article 75(9) lets only a provider that is authorised for custody under Article 59 keep clients’ assets. Nothing may go there.',
      );

/** Member States, and Iceland, Liechtenstein and Norway, where the regulation holds too. */
export const memberStates =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
    ' ',
  );

export type SubCustodianState = 'in-use' | 'not-authorised' | 'ended';

export const subCustodianStates: Readonly<Record<SubCustodianState, string>> = {
  'in-use': 'In use',
  'not-authorised': 'Not authorised any more: take the assets back and end it',
  ended: 'Ended',
};

type Step = { step: string; at: string; facts: unknown };

export function subCustodianState(steps: readonly Step[]): SubCustodianState {
  if (steps.at(-1)?.step === 'ended') return 'ended';
  const check = steps.findLast(({ step }) => step === 'checked');
  return check && !checkedFacts.parse(check.facts).authorised ? 'not-authorised' : 'in-use';
}

/** Whether clients know, the newest check of the authorisation and of due diligence, as clocks. */
export function subCustodianClocks(
  facts: Pick<SubCustodianFacts, 'from' | 'authorisationCheckedOn' | 'dueDiligenceOn'>,
  steps: readonly Step[],
  now: Date,
): { informed: ClockReading; checked: ClockReading; reviewed: ClockReading } {
  const informed = steps.find(({ step }) => step === 'informed');
  const check = steps.findLast(({ step }) => step === 'checked');
  const day = (text: string): Date => new Date(`${text}T00:00:00.000Z`);
  const reviewed = check ? checkedFacts.parse(check.facts).dueDiligenceOn : facts.dueDiligenceOn;
  return {
    informed: readClock('clientsInformed', {
      from: day(facts.from),
      doneAt: informed ? new Date(informed.at) : null,
      now,
    }),
    checked: readClock('authorisationChecked', {
      from: check ? new Date(check.at) : day(facts.authorisationCheckedOn),
      doneAt: null,
      now,
    }),
    reviewed: readClock('dueDiligenceReviewed', { from: day(reviewed), doneAt: null, now }),
  };
}

/**
 * The check digits of a legal entity identifier (ISO 17442, ISO 7064 MOD 97-10).
 * @returns false also for what has not the form of one.
 */
export function isLei(text: string): boolean {
  if (!/^[A-Z0-9]{18}\d{2}$/.test(text)) return false;
  const digits = Array.from(text, (character) => parseInt(character, 36).toString()).join('');
  return BigInt(digits) % 97n === 1n;
}
