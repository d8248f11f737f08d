import type { Withheld } from '#lib/persons/restrictions.ts';
import { restrictionGrounds } from '#lib/persons/uses.ts';

/** Words for what people are and how their data came to be known. */
export const roleWords: Readonly<Record<string, string>> = {
  client: 'Client',
  representative: 'Representative',
  'beneficial-owner': 'Beneficial owner',
  'authorised-user': 'Authorised user',
  operator: 'Works with the console',
};

export const searchWords: Readonly<Record<string, string>> = {
  name: 'Name',
  email: 'E-mail address',
  document: 'Number of an identity document',
  phone: 'Telephone number',
  'tax-number': 'Tax identification number',
};

/** Why a value stays closed for what it was asked for. */
export function withheldWords({ since, ground }: Withheld): string {
  const from = since === null ? '' : ` since ${since.slice(0, 10)}`;
  if (ground === 'no-consent') return `Not for this${from}: the person has not agreed.`;
  if (ground === 'objection' && since !== null) return `Not for this${from}: the person objected.`;
  return `Restricted${from} (Art ${restrictionGrounds[ground].article}): not for this purpose.`;
}
