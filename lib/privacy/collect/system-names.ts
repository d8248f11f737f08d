/** Names of the systems that are searched for a person, for screens. Pure. */

export const systemNames = {
  vault: 'Vault',
  looks: 'Record of who looked',
  ties: 'Ties to clients',
  ledger: 'Ledger',
  operations: 'Operations',
  destinations: 'Destinations',
  statements: 'Statements of position',
  registers: 'Registers of clients',
  incidents: 'Notices of incidents',
  texts: 'Texts that name the person',
  requests: 'Requests about data',
  files: 'Files that came with requests',
  corrections: 'Corrections',
  restrictions: 'Restrictions of processing',
  consents: 'Consents',
  stops: 'Objections and consents taken back',
  breaches: 'Breaches that concern the person',
  signed: 'What an operator signed',
  access: 'Access to the console',
} as const;

/** A system that this version does not know keeps its code. */
export const systemName = (code: string): string =>
  Object.entries(systemNames).find(([known]) => known === code)?.[1] ?? code;
