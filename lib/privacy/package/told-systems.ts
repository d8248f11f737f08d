/** What the systems hold, said to the person whom it is about. Pure. */
import type { SystemCode } from '../collect/systems.ts';

export const toldSystems: Readonly<Record<SystemCode, { name: string; what: string }>> = {
  vault: {
    name: 'What we know about you',
    what: 'Each value about you, with earlier ones and where it is from.',
  },
  looks: {
    name: 'Who looked at your data',
    what: 'When somebody here opened your data, and what for.',
  },
  ties: { name: 'Your part', what: 'Of which client you are what, from when to when.' },
  ledger: { name: 'Movements', what: 'Every movement on accounts in your name.' },
  operations: {
    name: 'Operations',
    what: 'Your withdrawals and changes of destinations. Who decided on them is told by their part.',
  },
  destinations: {
    name: 'Destinations',
    what: 'Addresses to which your withdrawals may go, and how it was shown whose they are (travel rule).',
  },
  statements: {
    name: 'Statements of position',
    what: 'Statements that you got, with the digest of each.',
  },
  registers: {
    name: 'Agreements and complaints',
    what: 'Your agreements, complaints, requests for the custody policy, returns and losses.',
  },
  incidents: {
    name: 'Notices of incidents',
    what: 'When you were told of an incident that touched an operation of yours.',
  },
  texts: {
    name: 'Texts that name you',
    what: 'Notes, reports and registers in which somebody wrote your name or number.',
  },
  requests: {
    name: 'Your requests about data',
    what: 'Requests that you made about your data, and where each stands.',
  },
  files: {
    name: 'Files that you sent',
    what: 'Files that came with your requests: when, of which kind and how large.',
  },
  corrections: {
    name: 'Corrections',
    what: 'Corrections of your data: what was made, turned down, taken back or waits. Requests for one that were refused stand with your requests.',
  },
  restrictions: {
    name: 'Restrictions',
    what: 'Restrictions of what we do with your data: on which ground, since when and until when.',
  },
  consents: {
    name: 'Your consents',
    what: 'To what you agreed, in which wording, when and how, and when you took it back. An answer of which none of that is on record stands here as well.',
  },
  stops: {
    name: 'What you stopped',
    what: 'Consents that you took back, and uses that you objected to.',
  },
  breaches: {
    name: 'Breaches that concern you',
    what: 'Breaches of personal data on whose list you stand or stood, and when you were told.',
  },
  signed: {
    name: 'What you signed for us',
    what: 'Statements about operations that you signed with a key, where you work with the console.',
  },
  access: {
    name: 'Your access to the console',
    what: 'Security keys, sessions and reviews, where you work with the console.',
  },
};
