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
};
