/** What records of resilience there are. The database holds the same table (`resilience_prefix`). Pure. */
export const kinds = [
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
export type Kind = (typeof kinds)[number];

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
};

/** A kind in a sentence: "an ICT provider". */
export const aKind = (kind: Kind): string => {
  const [name] = kindNames[kind];
  const spoken = /^[A-Z][a-z]/.test(name) ? `${name[0]?.toLowerCase()}${name.slice(1)}` : name;
  return `${/^[aeiouAEIOU]/.test(spoken) ? 'an' : 'a'} ${spoken}`;
};

export const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text);
