/** What every part of a record's form is given. */
import type { Fault } from '#lib/resilience/records/kind-rules.ts';
import type { Choices } from '#lib/resilience/records/list-choices.ts';
import type { Change } from './fields/change-draft.ts';

export type FormShared = {
  choices: Choices;
  faults: readonly Fault[];
  change: (change: Change) => void;
};

/** Id of the control of a path, for the list of what is wrong to lead to. */
export const controlId = (path: string): string => `field-${path}`;

/** What is wrong with exactly this path; undefined where nothing is. */
export function faultAt(faults: readonly Fault[], path: string): string | undefined {
  const reasons = faults.filter(({ field }) => field === path).map(({ reason }) => reason);
  return reasons.length === 0 ? undefined : reasons.join(' ');
}

/** Ids of the lists that country and currency fields choose from. */
export const countryList = 'countries';
export const currencyList = 'currencies';
