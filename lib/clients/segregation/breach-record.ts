/** Breaches as a check keeps them. Pure. */
import { z } from 'zod';
import type { Breach, BreachKind } from './find-breaches.ts';

export const breachWords: Readonly<Record<BreachKind, string>> = {
  'address-in-two-classes': 'An address is on record in two owner classes',
  'own-coins-at-client-address': 'The books keep own coins at an address of clients',
  'client-coins-at-own-address': 'Clients’ coins lie at an address of our own',
  'more-than-owed': 'Clients’ places hold more than is owed: own coins lie among them',
  'others-coins-at-client-address':
    'A client’s own addresses hold more than this client is owed: others’ coins lie among them',
  'client-coins-elsewhere':
    'A client is owed more than lies at the client’s own addresses: the rest lies with others',
  'account-overdrawn': 'More left an account than ever came to it: others’ coins paid',
  'no-account-on-record':
    'The books keep coins of an owner in a vault without an address of theirs',
  'own-address-on-list': 'A client’s list has an address of this house',
  'client-unknown': 'An address is said to be of a client that nobody knows',
};

const kinds = Object.keys(breachWords) as [BreachKind, ...BreachKind[]];

const recorded = z.array(
  z.strictObject({
    kind: z.enum(kinds),
    subject: z.string(),
    chain: z.string().nullable(),
    about: z.string().nullable(),
    amount: z.strictObject({ asset: z.string(), units: z.string() }).nullable(),
  }),
);

export const readBreaches = (json: unknown): Breach[] => recorded.parse(json);

const keyOf = ({ kind, subject, chain, about, amount }: Breach): string =>
  [kind, chain ?? '', subject, about ?? '', amount?.asset ?? ''].join(' ');

/** Breaches that the check before did not have. That an amount changed makes no new one. */
export function newBreaches(before: readonly Breach[], now: readonly Breach[]): Breach[] {
  const known = new Set(before.map(keyOf));
  return now.filter((one) => !known.has(keyOf(one)));
}
