/** What a pack says of third parties, continuity, risks, the register and duties. Pure. */
import { planTestStates } from '../kinds/plan-words.ts';
import { riskCategories, riskStates } from '../kinds/risk-words.ts';
import type { BoardPack } from './pack.ts';
import {
  minutesWords,
  percentWords,
  shouldBeNone,
  table,
  told,
  type PackSection,
  reachedWords,
} from './section.ts';

const concentrationWords: Readonly<Record<string, string>> = {
  'several-critical': 'Several contracts for critical functions',
  'not-substitutable': 'Hard to replace',
  'third-country': 'Outside the EEA',
  'long-chain': 'Long chain of subcontractors',
};

const wordOf = (words: Readonly<Record<string, string>>, code: string): string =>
  words[code] ?? code;
const hours = (value: number | null): string => (value === null ? 'None set' : `${value} h`);
const maybeMinutes = (value: number | null): string =>
  value === null ? 'Not said' : minutesWords(value);

export function thirdPartySection({ thirdParties: of }: BoardPack): PackSection {
  return {
    id: 'third-parties',
    title: 'ICT third parties',
    article: 'DORA 5(2)(h), 28 to 30',
    figures: [
      told('Providers', of.providers, { href: '/resilience/providers' }),
      told('Contracts in force', of.contracts, { href: '/resilience/contracts?found=in-force' }),
      told('For critical functions', of.criticalContracts, {
        href: '/resilience/contracts?found=in-force-critical',
      }),
      shouldBeNone('Concentrations', of.concentrations, 'caution', {
        href: '/resilience#concentration',
      }),
      shouldBeNone('Contracts that lack clauses', of.contractsLackingClauses, 'caution', {
        href: '/resilience/contracts?found=lack-clauses',
        note: `${of.clausesMissing.toLocaleString('en')} clauses in all`,
      }),
      shouldBeNone('Exit plans not tested within a year', of.exitPlansUntested, 'caution', {
        href: '/resilience/contracts?found=exit-untested',
      }),
    ],
    tables: [
      table(
        'Concentrations',
        ['What', 'Provider', 'Contracts', 'Article'],
        of.concentrationList.map((one) => [
          wordOf(concentrationWords, one.kind),
          one.providerName === null ? one.provider : `${one.provider} ${one.providerName}`,
          String(one.contracts),
          one.article,
        ]),
        { ends: [2], of: of.concentrations },
      ),
    ],
  };
}

export function continuitySection({ continuity: of, from, until }: BoardPack): PackSection {
  return {
    id: 'continuity',
    title: 'Continuity',
    article: 'DORA 5(2)(e), 11, 12; RTS risk 24 to 26',
    figures: [
      told('Plans approved', `${of.approved} of ${of.plans}`, { href: '/resilience/plans' }),
      shouldBeNone('Reviews of plans overdue', of.reviewsOverdue, 'danger', {
        href: '/resilience/plans?due=overdue',
      }),
      shouldBeNone('Tests of plans overdue', of.testsOverdue, 'danger', {
        href: '/resilience/plan-tests?due=overdue',
      }),
      told('Drills in the quarter', of.drills, {
        href: `/resilience/drills?from=${from}&until=${until}`,
      }),
      shouldBeNone('Drills failed or overdue', of.drillFaults.length, 'danger', {
        href: '/resilience/drills#due',
      }),
      told(
        'Tightest objective',
        `${hours(of.objective.rtoHours)} / ${hours(of.objective.rpoHours)}`,
        {
          note: 'Recovery time and recovery point of critical functions',
          href: '/resilience/functions?grade=critical',
        },
      ),
    ],
    tables: [
      table(
        'Tests of plans: planned and reached',
        [
          'Test',
          'Plan',
          'Done on',
          'Result',
          'RTO planned',
          'RTO reached',
          'RPO planned',
          'RPO reached',
        ],
        of.testList.map((one) => [
          one.number,
          one.plan,
          one.doneOn,
          wordOf(planTestStates, one.state),
          maybeMinutes(one.plannedRtoMinutes),
          maybeMinutes(one.actualRtoMinutes),
          maybeMinutes(one.plannedRpoMinutes),
          maybeMinutes(one.actualRpoMinutes),
        ]),
        { ends: [4, 5, 6, 7], empty: 'No plan was tested in the quarter.', of: of.tests },
      ),
      table(
        'Drills that ran',
        ['Drill', 'Ended', 'Outcome', 'RTO reached', 'RPO reached', 'Evidence'],
        of.drillList.map(({ title, endedAt, outcome, rtoMs, rpoMs, digest }) => [
          title,
          `${endedAt.slice(0, 16).replace('T', ' ')} UTC`,
          outcome === 'passed' ? 'Passed' : 'Failed',
          reachedWords(rtoMs),
          reachedWords(rpoMs),
          digest.slice(0, 16),
        ]),
        { ends: [3, 4], empty: 'No drill ran in the quarter.', of: of.drills },
      ),
      table(
        'Drills failed or overdue',
        ['Drill', 'Due on'],
        of.drillFaults.map(({ title, dueOn }) => [title, dueOn]),
      ),
    ],
  };
}

export function riskSection({ risks }: BoardPack): PackSection {
  return {
    id: 'risks',
    title: 'Risks',
    article: 'DORA 5(2)(d), 6(8)(b), 8; RTS risk 3',
    figures: [
      told('Open', risks.open, { href: '/resilience/risks?state=open' }),
      told('Accepted', risks.accepted, { href: '/resilience/risks?state=accepted' }),
      shouldBeNone('Over appetite', risks.overAppetite, 'danger', {
        href: '/resilience/risks?over=yes&state=open,accepted',
        note: 'Accepted ones among them',
      }),
      shouldBeNone('Reviews overdue', risks.reviewsOverdue, 'danger', {
        href: '/resilience/risks?due=overdue',
      }),
    ],
    tables: [
      table(
        'Largest residual risks',
        ['Risk', 'Category', 'Stands', 'Review by', 'Appetite', 'Score'],
        risks.top.map(({ number, category, state, reviewOn, appetite, score }) => [
          number,
          wordOf(riskCategories, category),
          wordOf(riskStates, state),
          reviewOn ?? 'not set',
          String(appetite),
          String(score),
        ]),
        {
          ends: [4, 5],
          shares: risks.top.map(({ score }) => score / 25),
          of: risks.open + risks.accepted,
        },
      ),
    ],
  };
}

export function registerSection({ register }: BoardPack): PackSection {
  const asked = register.reduce((sum, one) => sum + one.asked, 0);
  const filled = register.reduce((sum, one) => sum + one.filled, 0);
  const missing = register.reduce((sum, one) => sum + one.missingRows, 0);
  return {
    id: 'register',
    title: 'Register of information',
    article: 'DORA 28(3); 2024/2956',
    figures: [
      told('Complete', asked === 0 ? 'Nothing is asked' : percentDown(filled, asked), {
        note: `${filled.toLocaleString('en')} of ${asked.toLocaleString('en')} cells that are asked`,
        href: '/resilience/register',
        tone: filled < asked ? 'caution' : 'quiet',
      }),
      shouldBeNone('Rows missing', missing, 'caution', { href: '/resilience/register' }),
    ],
    tables: [
      table(
        'By template',
        ['Template', 'Name', 'Asked', 'Filled', 'Complete'],
        register.map((one) => [
          one.template,
          one.name,
          one.asked.toLocaleString('en'),
          one.filled.toLocaleString('en'),
          one.asked === 0 ? 'Nothing is asked' : percentDown(one.filled, one.asked),
        ]),
        {
          ends: [2, 3, 4],
          shares: register.map((one) => (one.asked === 0 ? 0 : one.filled / one.asked)),
        },
      ),
    ],
  };
}

/** Percent with one place, rounded down so that it never looks better. */
const percentDown = (part: number, whole: number): string =>
  `${(Math.floor((part * 1_000) / whole) / 10).toFixed(1)} %`;

export function custodySection({ custody }: BoardPack): PackSection {
  const assets = custody.coverage?.assets ?? [];
  const short = assets.filter(({ cover }) => cover === 'short').length;
  const outside = custody.cold.filter(({ state }) => state !== 'inside').length;
  return {
    id: 'custody',
    title: 'Clients’ assets',
    article: 'MiCA 70, 75(7)',
    figures: [
      custody.coverage === null
        ? told('Covered', 'Not proved', {
            note: 'No snapshot of reserves was taken',
            tone: 'caution',
            href: '/proofs',
          })
        : shouldBeNone('Assets not covered', short, 'danger', { href: '/proofs' }),
      shouldBeNone('Assets outside the band of the cold share', outside, 'caution', {
        href: '/vaults/tiers',
      }),
    ],
    tables: [
      table(
        custody.coverage === null
          ? 'Coverage'
          : `Coverage at ${custody.coverage.closedAt.slice(0, 16).replace('T', ' ')} UTC`,
        ['Asset', 'Owed', 'There', 'Difference'],
        assets.map(({ asset, owed, there, difference }) => [asset, owed, there, difference]),
        { ends: [1, 2, 3], empty: 'No snapshot of reserves was taken.' },
      ),
      table(
        'In cold, as of now',
        ['Asset', 'Held in vaults', 'In cold'],
        custody.cold.map(({ asset, total, share }) => [asset, total, percentWords(share)]),
        {
          ends: [1, 2],
          shares: custody.cold.map(({ share }) => (share ?? 0) / 10_000),
          empty: 'Nothing lies in vaults.',
        },
      ),
    ],
  };
}

const lackWords: Readonly<Record<string, string>> = {
  rto: 'recovery time',
  rpo: 'recovery point',
  plan: 'approved plan',
  test: 'test within a year',
  assessment: 'assessment of a contract',
  'exit-plan': 'exit plan of a contract',
};

export function functionSection({ functions: of }: BoardPack): PackSection {
  return {
    id: 'functions',
    title: 'Critical functions',
    article: 'DORA 8(1), 11, 12(6), 24(6), 28(8)',
    figures: [
      told('Critical or important', of.critical, { href: '/resilience/functions?grade=critical' }),
      shouldBeNone('Lack something', of.lacking, 'danger', {
        href: '/resilience/functions?found=gaps',
      }),
    ],
    tables: [
      table(
        'What they lack',
        ['Function', 'Name', 'Lacks'],
        of.lackingList.map(({ number, name, lacks }) => [
          number,
          name,
          lacks.map((one) => wordOf(lackWords, one)).join(', '),
        ]),
        { empty: 'Nothing.', of: of.lacking },
      ),
    ],
  };
}

export function dutySection({ duties }: BoardPack): PackSection {
  return {
    id: 'duties',
    title: 'Recurring duties',
    article: 'DORA 5 to 28; RTS risk',
    figures: [
      shouldBeNone('Overdue', duties.overdue.length, 'danger', { href: '/resilience/calendar' }),
      shouldBeNone('No record of when last done', duties.unknown.length, 'caution', {
        href: '/resilience/calendar',
      }),
    ],
    tables: [
      table(
        'Overdue',
        ['Duty', 'Article', 'Was due on'],
        duties.overdue.map(({ what, article, dueOn }) => [what, article, dueOn]),
      ),
      table(
        'Asked for regularly, and not on record',
        ['Duty', 'Article'],
        duties.unknown.map(({ what, article }) => [what, article]),
      ),
    ],
  };
}
