/** What a pack says of incidents, time limits and the testing programme. Pure. */
import { rootCauses } from '#lib/incidents/desk/life.ts';
import { severities } from '../kinds/finding-words.ts';
import { testResults, testTypes } from '../kinds/test-words.ts';
import type { BoardPack } from './pack.ts';
import { minutesWords, shouldBeNone, table, told, type PackSection } from './section.ts';

const wordOf = (words: Readonly<Record<string, string>>, code: string): string =>
  words[code] ?? code;

/** Clocks as the desk keeps them. */
const clockWords: Readonly<Record<string, string>> = {
  initial: 'Initial notification',
  intermediate: 'Intermediate report',
  final: 'Final report',
  updated: 'Updated intermediate report',
  clients: 'Notice to clients',
  'breach-authority': 'Breach of personal data: authority',
  'breach-persons': 'Breach of personal data: people',
};

const causeWords: Readonly<Record<string, string>> = { ...rootCauses, unknown: 'Not known yet' };

const meanWords = {
  detect: 'Until it was noticed',
  classify: 'Until it was classified',
  contain: 'Until it was contained',
  recover: 'Until service was back',
} as const;

export function incidentSection(pack: BoardPack): PackSection {
  const { incidents, from, until } = pack;
  const noticed = `/incidents?standing=counted&sort=incident&from=${from}&until=${until}`;
  const most = Math.max(1, ...incidents.byCause.map(({ count }) => count));
  return {
    id: 'incidents',
    title: 'Incidents',
    article: 'DORA 5(2)(i), 17(3)(e)',
    figures: [
      told('Noticed in the quarter', incidents.noticed, { href: noticed }),
      shouldBeNone('Major, of them', incidents.major, 'caution', {
        href: `${noticed}&class=major`,
        note: 'Reported to the authority',
      }),
      told('Open now', incidents.openNow, { href: '/incidents?sort=incident' }),
      shouldBeNone('Major and open now', incidents.openMajorNow, 'danger', {
        href: '/incidents?sort=incident&class=major',
      }),
    ],
    tables: [
      table(
        'By cause',
        ['Cause', 'Incidents'],
        incidents.byCause.map(({ cause, count }) => [wordOf(causeWords, cause), String(count)]),
        { ends: [1], shares: incidents.byCause.map(({ count }) => count / most) },
      ),
      table(
        'Mean times',
        ['Step', 'Mean', 'Of incidents'],
        Object.entries(meanWords).map(([step, words]) => {
          const mean = incidents.means[step as keyof typeof meanWords];
          return [
            words,
            mean ? minutesWords(Math.max(0, mean.minutes)) : 'Not measured',
            String(mean?.of ?? 0),
          ];
        }),
        { ends: [1, 2] },
      ),
    ],
  };
}

export function clockSection({ clocks, from, until }: BoardPack): PackSection {
  const sum = (of: 'kept' | 'missed') => clocks.reduce((all, one) => all + one[of], 0);
  const due = `/incidents?standing=all&dueFrom=${from}&dueUntil=${until}`;
  return {
    id: 'clocks',
    title: 'Time limits of reports',
    article: 'DORA 19(4); 2025/301 Art 5',
    figures: [
      told('Kept', sum('kept'), { href: `${due}&limit=kept` }),
      shouldBeNone('Missed', sum('missed'), 'danger', { href: `${due}&limit=missed` }),
    ],
    tables: [
      table(
        'By clock',
        ['Clock', 'Kept', 'Missed'],
        clocks.map(({ clock, kept, missed }) => [
          wordOf(clockWords, clock),
          String(kept),
          String(missed),
        ]),
        { ends: [1, 2], empty: 'No time limit was due in the quarter.' },
      ),
    ],
  };
}

export function testSection({ tests, from, until }: BoardPack): PackSection {
  const done = `/resilience/tests?state=done&from=${from}&until=${until}`;
  const findings = (of: 'open' | 'overdue') =>
    tests.findings.reduce((all, one) => all + one[of], 0);
  return {
    id: 'tests',
    title: 'Tests and findings',
    article: 'DORA 24 to 27',
    figures: [
      told('Tests done in the quarter', tests.done, { href: done }),
      shouldBeNone('Failed, of them', tests.failed, 'danger', {
        href: `${done}&grade=failed`,
      }),
      shouldBeNone('Tests overdue', tests.overdue, 'danger', {
        href: '/resilience/tests?state=planned&due=overdue',
      }),
      told('Findings not at an end', findings('open'), {
        href: '/resilience/findings?state=open,remedied',
      }),
      shouldBeNone('Findings overdue', findings('overdue'), 'danger', {
        href: '/resilience/findings?due=overdue',
      }),
    ],
    tables: [
      table(
        'Findings by severity',
        ['Severity', 'Found in the quarter', 'Not at an end', 'Overdue'],
        tests.findings.map(({ severity, found, open, overdue }) => [
          wordOf(severities, severity),
          String(found),
          String(open),
          String(overdue),
        ]),
        { ends: [1, 2, 3] },
      ),
      table(
        'Tests done',
        ['Test', 'Type', 'Done on', 'Result', 'Findings'],
        tests.doneList.map(({ number, type, doneOn, result, findings: found }) => [
          number,
          wordOf(testTypes, type),
          doneOn,
          wordOf(testResults, result),
          String(found),
        ]),
        { ends: [4], empty: 'No test was done in the quarter.', of: tests.done },
      ),
      table(
        'Tests overdue',
        ['Test', 'Type', 'Planned for'],
        tests.overdueList.map(({ number, type, dueOn }) => [
          number,
          wordOf(testTypes, type),
          dueOn,
        ]),
        { of: tests.overdue },
      ),
    ],
  };
}
