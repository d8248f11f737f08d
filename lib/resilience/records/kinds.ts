/** What kinds of records there are. The database holds the same table (`resilience_prefix`). Pure. */
const resilienceKinds = [
  'entity',
  'provider',
  'function',
  'contract',
  'asset',
  'risk',
  'finding',
  'test',
  'plan',
  'plan-test',
] as const;
/** The registers of data protection: docs/privacy-registers.md. */
const privacyKinds = [
  'activity',
  'dpia',
  'transfer',
  'processor',
  'notice',
  'consent',
  'party',
] as const;
export const kinds = [...resilienceKinds, ...privacyKinds] as const;
export type Kind = (typeof kinds)[number];
export type PrivacyKind = (typeof privacyKinds)[number];

/** Whose records they are: who reads and writes them, and where their pages are. */
export type Area = 'resilience' | 'privacy';
export const kindsOf = {
  resilience: resilienceKinds,
  privacy: privacyKinds,
} as const satisfies Record<Area, readonly Kind[]>;

export type KindOf<A extends Area> = (typeof kindsOf)[A][number];

export const isPrivacyKind = (kind: Kind): kind is PrivacyKind =>
  privacyKinds.some((one) => one === kind);
export const areaOf = (kind: Kind): Area => (isPrivacyKind(kind) ? 'privacy' : 'resilience');

/** What the numbers of its records begin with. */
export const numberPrefix: Readonly<Record<Kind, string>> = {
  entity: 'EN',
  provider: 'PV',
  function: 'FN',
  contract: 'CT',
  asset: 'AS',
  risk: 'RK',
  finding: 'FD',
  test: 'TS',
  plan: 'PL',
  'plan-test': 'PT',
  activity: 'PA',
  dpia: 'IA',
  transfer: 'TF',
  processor: 'PC',
  notice: 'PN',
  consent: 'CS',
  party: 'CP',
};

/** What people call one of each, and several. */
export const kindNames: Readonly<Record<Kind, readonly [one: string, several: string]>> = {
  entity: ['Entity of the register', 'Entity of the register'],
  provider: ['ICT provider', 'ICT providers'],
  function: ['Function', 'Functions'],
  contract: ['Contract', 'Contracts'],
  asset: ['ICT asset', 'ICT assets'],
  risk: ['Risk', 'Risks'],
  finding: ['Finding', 'Findings'],
  test: ['Test', 'Tests'],
  plan: ['Continuity plan', 'Continuity plans'],
  'plan-test': ['Test of a plan', 'Tests of plans'],
  activity: ['Processing activity', 'Processing activities'],
  dpia: ['Impact assessment', 'Impact assessments'],
  transfer: ['Transfer', 'Transfers'],
  processor: ['Processor', 'Processors'],
  notice: ['Privacy notice', 'Privacy notices'],
  consent: ['Consent', 'Consents'],
  party: ['Controller or contact', 'Controllers and contacts'],
};

/** A kind in a sentence: "an ICT provider". */
export const aKind = (kind: Kind): string => {
  const [name] = kindNames[kind];
  const spoken = /^[A-Z][a-z]/.test(name) ? `${name[0]?.toLowerCase()}${name.slice(1)}` : name;
  return `${/^[aeiouAEIOU]/.test(spoken) ? 'an' : 'a'} ${spoken}`;
};

export const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text);
