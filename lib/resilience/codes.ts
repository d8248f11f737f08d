/**
 * The closed lists of the register of information as its CSV spells them (EBA dimensions, framework 4.0),
 * with the words that people read. Records keep these codes. Pure, for screens too.
 */
export type Codes = Readonly<Record<string, string>>;

export { keysOf } from '#lib/platform/keys-of.ts';

export const entityTypes = {
  'eba_CT:x12': 'Credit institution',
  'eba_CT:x599': 'Investment firm',
  'eba_CT:x643': 'Central counterparty',
  'eba_CT:x639': 'Management company',
  'eba_CT:x300': 'Payment institution',
  'eba_CT:x301': 'Account information service provider',
  'eba_CT:x302': 'Electronic money institution',
  'eba_CT:x303': 'Crypto-asset service provider',
  'eba_CT:x304': 'Central securities depository',
  'eba_CT:x305': 'Trading venue',
  'eba_CT:x306': 'Trade repository',
  'eba_CT:x307': 'Manager of alternative investment funds',
  'eba_CT:x308': 'Data reporting service provider',
  'eba_CT:x309': 'Insurance or reinsurance undertaking',
  'eba_CT:x310': 'Issuer of asset-referenced tokens',
  'eba_CT:x311': 'Institution for occupational retirement provision',
  'eba_CT:x312': 'Credit rating agency',
  'eba_CT:x313': 'Administrator of critical benchmarks',
  'eba_CT:x314': 'Crowdfunding service provider',
  'eba_CT:x315': 'Securitisation repository',
  'eba_CT:x316': 'Other financial entity',
  'eba_CT:x320': 'Insurance intermediary',
} as const;

/** Entities of the group may be of two more kinds. */
export const groupEntityTypes = {
  ...entityTypes,
  'eba_CT:x317': 'Non-financial: ICT provider of the group',
  'eba_CT:x318': 'Non-financial: other',
} as const;

/** The kinds of the group that are no financial entities; they report no assets. */
export const nonFinancialTypes: ReadonlySet<string> = new Set(['eba_CT:x317', 'eba_CT:x318']);

export const hierarchies = {
  'eba_RP:x53': 'Ultimate parent',
  'eba_RP:x551': 'Parent of a part of the group',
  'eba_RP:x56': 'Subsidiary',
  'eba_RP:x21': 'Not part of a group',
  'eba_RP:x210': 'Service provider to which all is outsourced',
} as const;

export const contractTypes = {
  'eba_CO:x1': 'Standalone',
  'eba_CO:x2': 'Overarching',
  'eba_CO:x3': 'Subsequent to an overarching one',
} as const;

export const endReasons = {
  'eba_CO:x4': 'Expired and not renewed',
  'eba_CO:x5': 'The provider broke law or contract',
  'eba_CO:x6': 'Impediments of the provider',
  'eba_CO:x7': 'Weaknesses of the provider in the security of data',
  'eba_CO:x8': 'Requested by an authority',
  'eba_CO:x9': 'Other',
} as const;

export const serviceTypes = {
  'eba_TA:S01': 'S01 Project management',
  'eba_TA:S02': 'S02 Development',
  'eba_TA:S03': 'S03 Help desk and first-level support',
  'eba_TA:S04': 'S04 Management of security',
  'eba_TA:S05': 'S05 Provision of data',
  'eba_TA:S06': 'S06 Analysis of data',
  'eba_TA:S07': 'S07 Facilities and hosting (no cloud)',
  'eba_TA:S08': 'S08 Computation (no cloud)',
  'eba_TA:S09': 'S09 Storage (no cloud)',
  'eba_TA:S10': 'S10 Telecom carrier',
  'eba_TA:S11': 'S11 Network infrastructure',
  'eba_TA:S12': 'S12 Hardware',
  'eba_TA:S13': 'S13 Software licences (no SaaS)',
  'eba_TA:S14': 'S14 Management of operations',
  'eba_TA:S15': 'S15 Consulting',
  'eba_TA:S16': 'S16 Management of risk',
  'eba_TA:S17': 'S17 Cloud: infrastructure',
  'eba_TA:S18': 'S18 Cloud: platform',
  'eba_TA:S19': 'S19 Cloud: software',
} as const;

export const yes = 'eba_BT:x28';
export const no = 'eba_BT:x29';
export const notAssessed = 'eba_BT:x21';

/** Where a third answer exists. */
export const yesNoOpen = { [yes]: 'Yes', [no]: 'No', [notAssessed]: 'Not assessed' } as const;

export const sensitivities = {
  'eba_ZZ:x791': 'Low',
  'eba_ZZ:x792': 'Medium',
  'eba_ZZ:x793': 'High',
} as const;

export const impacts = { ...sensitivities, 'eba_ZZ:x799': 'Not assessed' } as const;

export const reliances = {
  'eba_ZZ:x794': 'Not significant',
  'eba_ZZ:x795': 'Low',
  'eba_ZZ:x796': 'Material',
  'eba_ZZ:x797': 'Full',
} as const;

export const branch = 'eba_ZZ:x838';
export const notABranch = 'eba_ZZ:x839';

export const legalPerson = 'eba_CT:x212';
export const individual = 'eba_CT:x213';
export const personTypes = {
  [legalPerson]: 'Legal person',
  [individual]: 'Individual in business',
} as const;

export const notSubstitutable = 'eba_ZZ:x959';
export const highlyComplex = 'eba_ZZ:x960';
export const substitutabilities = {
  [notSubstitutable]: 'Not substitutable',
  [highlyComplex]: 'Highly complex to substitute',
  'eba_ZZ:x961': 'Medium',
  'eba_ZZ:x962': 'Easily substitutable',
} as const;

export const substitutionReasons = {
  'eba_ZZ:x963': 'No real alternative',
  'eba_ZZ:x964': 'Hard to migrate',
  'eba_ZZ:x965': 'Both',
} as const;

export const reintegrations = {
  'eba_ZZ:x798': 'Easy',
  'eba_ZZ:x966': 'Difficult',
  'eba_ZZ:x967': 'Highly complex',
} as const;

export const leiCode = 'eba_qCO:qx2000';
export const euidCode = 'eba_qCO:qx2002';
export const codeTypes = {
  [leiCode]: 'LEI',
  'eba_qCO:qx2001': 'National identity number',
  [euidCode]: 'EUID',
  'eba_qCO:qx2003': 'Company registration number',
  'eba_qCO:qx2004': 'VAT number',
  'eba_qCO:qx2005': 'Passport number',
} as const;

/** Licensed activities of a crypto-asset service provider, and the functions that serve them all. */
export const activities = {
  'eba_TA:x228': 'Custody and administration of crypto-assets',
  'eba_TA:x229': 'Operation of a trading platform',
  'eba_TA:x231': 'Exchange for funds',
  'eba_TA:x232': 'Exchange for other crypto-assets',
  'eba_TA:x233': 'Execution of orders',
  'eba_TA:x234': 'Placing',
  'eba_TA:x181': 'Reception and transmission of orders',
  'eba_TA:x235': 'Advice',
  'eba_TA:x182': 'Portfolio management',
  'eba_TA:x236': 'Transfer services',
  'eba_TA:x237': 'Issuance of asset-referenced tokens',
  'eba_TA:x276': 'Support function',
} as const;

/** What a cell says that has no answer but may not be empty. */
export const notApplicableCode = 'eba_GA:qx2007';
export const notApplicable = 'Not applicable';
/** The day that stands for none. */
export const noDay = '9999-12-31';
export const countryPrefix = 'eba_GA:';
export const currencyPrefix = 'eba_CU:';
