/** What each list is for, what to do where it is empty, and the duty that it serves. Pure. */
import type { Kind } from '#lib/resilience/records/kinds.ts';

type ListWords = { what: string; add: string; empty: string; duty: string };

export const listWords: Readonly<Record<Kind, ListWords>> = {
  entity: {
    what: 'Who keeps the register of information, with branches and group.',
    add: 'Record the entity',
    empty: 'The register names its keeper first. Record the entity with its LEI.',
    duty: 'Templates B_01.01 to B_01.03 and B_99.01 of the register: 2024/2956.',
  },
  provider: {
    what: 'Everybody who provides ICT services, the subcontractors that matter, and the ultimate parents.',
    add: 'Add a provider',
    empty:
      'Contracts name providers. Add each with its LEI, or take over a register that you have.',
    duty: 'Register of information: DORA, Art 28(3), template B_05.01.',
  },
  contract: {
    what: 'What was agreed with providers, for which functions, with the chain behind it and the way out.',
    add: 'Add a contract',
    empty:
      'Add the providers and functions first; a contract names them. Or take over a register that you have.',
    duty: 'Clauses: DORA, Art 30. Exit: Art 28(8). Subcontracting: 2025/532.',
  },
  function: {
    what: 'What this house does, which of it is critical or important, and how fast it has to be back.',
    add: 'Add a function',
    empty: 'Begin with the services that clients rely on, such as the custody of keys.',
    duty: 'Classified yearly: DORA, Art 8(1). Objectives: Art 12(6).',
  },
  asset: {
    what: 'Systems, networks, data and stores of keys, and the functions that hang on them.',
    add: 'Add an asset',
    empty: 'Begin with what critical functions run on: databases, nodes, stores of key shares.',
    duty: 'Inventory: DORA, Art 8(6); RTS risk, Art 4(2)(b).',
  },
  risk: {
    what: 'What may go wrong, how likely and how bad, what is done about it, and who bears the rest.',
    add: 'Add a risk',
    empty: 'Begin with the scenarios of the last review: ICT, custody, market abuse, operations.',
    duty: 'DORA, Art 6 and 8; accepted risks are reviewed yearly: RTS risk, Art 3(1)(d).',
  },
  finding: {
    what: 'What tests, scans, audits, drills and incidents showed, and by when it is remedied.',
    add: 'Add a finding',
    empty:
      'None is open. Findings of a test are added from the page of the test; overdue and failed drills make one by themselves.',
    duty: 'Ranked and remedied: DORA, Art 24(5); followed up: Art 6(7).',
  },
  test: {
    what: 'The testing programme: what is planned, what was done, and what came out.',
    add: 'Plan a test',
    empty: 'Plan at least one test a year of every system behind a critical function.',
    duty: 'DORA, Art 24 to 27.',
  },
  plan: {
    what: 'How the house goes on when something fails, with recovery objectives and tests.',
    add: 'Add a plan',
    empty:
      'Every critical function needs a plan that another person approved. Add one and name the functions.',
    duty: 'DORA, Art 11 and 12; scenarios: RTS risk, Art 26(2).',
  },
  'plan-test': {
    what: 'Drills and other tests of the continuity plans, with what they took.',
    add: 'Plan a test of a plan',
    empty:
      'Tests of a plan are planned from its page. The drills that the console runs show here, too.',
    duty: 'At least yearly: DORA, Art 11(6); reported to the board: RTS risk, Art 25.',
  },
  activity: {
    what: 'What is done with data of people: for what, on which basis, who receives them, and when they are erased.',
    add: 'Add an activity',
    empty: 'Record the controller and the data protection officer first; each activity names them.',
    duty: 'Record of processing: GDPR, Art 30(1); shown to the authority on request: Art 30(4).',
  },
  dpia: {
    what: 'Where a high risk to people is likely: how large it is, what is done about it, and what the officer advises.',
    add: 'Add an impact assessment',
    empty:
      'None is on record. Activities that need one say so; monitoring of transactions on a large scale does.',
    duty: 'GDPR, Art 35; where a high risk is left: Art 36.',
  },
  transfer: {
    what: 'Where data leave the European Economic Area, to whom, and what that rests on.',
    add: 'Add a transfer',
    empty:
      'None is on record. Contracts with data in third countries need one; the overview names them.',
    duty: 'GDPR, Art 44 to 49; standard clauses: Decision (EU) 2021/914.',
  },
  processor: {
    what: 'Who works with data of people on our behalf, under which terms, and whom they may engage.',
    add: 'Add a processor',
    empty:
      'Add the provider and its contract to the third-party register first; a processor names them.',
    duty: 'GDPR, Art 28.',
  },
  notice: {
    what: 'What people are told about their data, edition by edition.',
    add: 'Add a notice',
    empty: 'Add one for each audience and language.',
    duty: 'GDPR, Art 12 to 14.',
  },
  consent: {
    what: 'What people are asked to agree to, in which words, and how they take it back.',
    add: 'Add a consent',
    empty: 'None is asked for. An activity that rests on consent names it here.',
    duty: 'GDPR, Art 7. Who gave it stands in the vault of people.',
  },
  party: {
    what: 'Controllers, joint controllers, representatives and data protection officers with their contacts.',
    add: 'Add one',
    empty: 'Begin with the controller and the data protection officer.',
    duty: 'GDPR, Art 30(1)(a).',
  },
};
