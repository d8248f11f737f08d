/** Sub-custodians (MiCA Art 75(9)): authorised under Art 59, and clients informed. Pure. */
import { readClock, type ClockReading } from '../clock.ts';

export type SubCustodianFacts = {
  /** Day from which it keeps anything, as 2026-11-28. */
  from: string;
  /** Day on which its authorisation was looked up, before anything goes there. */
  authorisationCheckedOn: string;
  /** Two letters of the Member State that authorised it. */
  memberState: string;
  /** Legal entity identifier; null where there is none. */
  lei: string | null;
};

type Step = { step: string; at: string };

/** The newest check of the authorisation, and whether clients know; both as clocks. */
export function subCustodianClocks(
  facts: Pick<SubCustodianFacts, 'from' | 'authorisationCheckedOn'>,
  steps: readonly Step[],
  now: Date,
): { informed: ClockReading; checked: ClockReading } {
  const informed = steps.find(({ step }) => step === 'informed');
  const check = steps.findLast(({ step }) => step === 'checked');
  const day = (text: string): Date => new Date(`${text}T00:00:00.000Z`);
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
