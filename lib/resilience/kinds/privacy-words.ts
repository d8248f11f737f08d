/** Words that several registers of data protection share. Pure. */
import { categories as vaultCategories } from '#lib/persons/field-map.ts';
import { retentionRules } from '#lib/persons/retention-rules.ts';

/** Categories of persons (GDPR Art 30(1)(c)). */
export const personCategories = {
  clients: 'Clients who are individuals',
  representatives: 'People who represent clients',
  'beneficial-owners': 'Beneficial owners',
  'transfer-parties': 'Originators and beneficiaries of transfers',
  complainants: 'People who complain',
  prospects: 'People who asked about services',
  staff: 'Staff and operators',
  'supplier-contacts': 'Contacts at providers',
  visitors: 'Visitors of the website',
} as const;

/** Categories of data (GDPR Art 30(1)(c)): those of the vault of people, and what is kept elsewhere. */
export const dataCategories = {
  ...vaultCategories,
  transactions: 'Transactions and balances',
  'chain-addresses': 'Addresses on chains, with what they are tied to',
  'transfer-details': 'Details that accompany transfers',
  correspondence: 'Correspondence and complaints',
  'access-logs': 'Sign-ins, key presses and logs',
  'incident-evidence': 'Evidence of incidents',
  employment: 'Employment',
  'criminal-offences': 'Criminal convictions and offences (Art 10)',
  special: 'Special categories (Art 9)',
} as const;
export type DataCategory = keyof typeof dataCategories;

/** Rules by which data are erased, by id; the vault of people applies the same. */
export const retentionWords: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(retentionRules).map(([id, { sentence }]) => [id, sentence]),
);

/** Legal bases (GDPR Art 6(1)). */
export const legalBases = {
  consent: 'Consent (Art 6(1)(a))',
  contract: 'Contract (Art 6(1)(b))',
  'legal-obligation': 'Legal obligation (Art 6(1)(c))',
  'vital-interests': 'Vital interests (Art 6(1)(d))',
  'public-task': 'Public task (Art 6(1)(e))',
  'legitimate-interests': 'Legitimate interests (Art 6(1)(f))',
} as const;

/** Whether somebody decides on purposes and means, or works on behalf of another. */
export const processingRoles = { controller: 'Controller', processor: 'Processor' } as const;
export type ProcessingRole = keyof typeof processingRoles;
