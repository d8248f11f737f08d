/** What this entity is to the law. Time limits and reports are made from it. Pure. */
import { z } from 'zod';
import { keysOf } from '#lib/platform/keys-of.ts';
import { isLei } from '#lib/platform/lei.ts';
import { memberStates } from '../member-states.ts';

/** Types of financial entity, as reports name them (ITS 2025/302, field 1.4). */
export const entityTypes = {
  'crypto-asset_service_provider': 'Crypto-asset service provider',
  'issuer_of_asset-referenced_tokens': 'Issuer of asset-referenced tokens',
  credit_institution: 'Credit institution',
  central_counterparty: 'Central counterparty',
  trading_venue: 'Trading venue',
  investment_firm: 'Investment firm',
  payment_institution: 'Payment institution',
  electronic_money_institution: 'Electronic money institution',
  central_securities_depository: 'Central securities depository',
} as const;
export type EntityType = keyof typeof entityTypes;

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone.includes('/');
  } catch {
    return false;
  }
};
const lei = z
  .string()
  .refine(isLei, 'This is no Legal Entity Identifier: its check digits are not right.');
const days = z.array(z.iso.date()).max(60);

export const profileFacts = z.strictObject({
  name: z.string().min(2).max(200),
  lei,
  type: z.enum(keysOf(entityTypes), 'Choose the type of the entity.'),
  memberState: z.enum(keysOf(memberStates), 'Choose the Member State.'),
  /** Subdivision whose holidays count too, such as BY; null for national ones only. */
  region: z
    .string()
    .regex(/^[A-Z0-9]{1,4}$/)
    .nullable(),
  zone: z.string().max(60).refine(isZone, 'Give a time zone such as Europe/Berlin.'),
  /** Identified as essential or important under NIS2 Art 3, since this day; null when not. */
  nis2Since: z.iso.date().nullable(),
  /** The authority's decision under Delegated Regulation 2025/301 Art 5(6), notified on this day. */
  reliefWithdrawnOn: z.iso.date().nullable(),
  isMicroenterprise: z.boolean(),
  currency: z.enum(['EUR', 'CZK', 'DKK', 'HUF', 'PLN', 'RON', 'ISK', 'CHF', 'NOK', 'SEK']),
  authority: z.string().min(2).max(200),
  parent: z.strictObject({ name: z.string().min(2).max(200), lei }).nullable(),
  holidays: z.strictObject({ added: days, removed: days }),
});
export type ProfileFacts = z.infer<typeof profileFacts>;

/** Whom the authority calls: fields 1.7 to 1.12 of the reports. */
export const contactFields = {
  'first-name': 'First contact, name',
  'first-email': 'First contact, e-mail',
  'first-phone': 'First contact, telephone',
  'second-name': 'Second contact, name or team',
  'second-email': 'Second contact, e-mail',
  'second-phone': 'Second contact, telephone',
} as const;
export type ContactField = keyof typeof contactFields;
