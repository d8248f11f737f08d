/** Rows about the rules: the decision beside the signature checks in it, and the solo-path finder. */
import { benchDecision } from '#lib/protocol/decision/bench.ts';
import { benchSoloPath, GROUPS, RULES } from '#lib/protocol/segregation/bench.ts';
import type { Part } from './part.ts';
import { makeRow, type Row } from './row.ts';

const part = 'decision';
/** Milliseconds. */
const DECISION_MAX = 1;
const FINDER_MAX = 2_000;
/** Twice the people may take four times as long, and a little for what else the machine does. */
const GROWTH_MAX = 4.4;

type Size = { rules: number; people: number; delegations: number };

function decisionRow({ rules, people, delegations }: Size): Row {
  const { decision, signatures } = benchDecision({ rules, people, delegations });
  const crowd = people > 8 ? `, ${people} people` : '';
  return makeRow({
    part,
    name: `Decision, ${rules} ${rules === 1 ? 'rule' : 'rules'}${crowd}`,
    unit: 'ms',
    measured: {
      what: 'the whole decision on a withdrawal that three people stated, in processor time',
      values: decision,
    },
    reference: { what: 'the three checks of key presses inside it, alone', values: signatures },
    bar: {
      says: `at most ${DECISION_MAX} ms over the signature checks`,
      limit: DECISION_MAX,
      of: (whole, checks) => whole - checks,
    },
  });
}

function finderRows(people: number): Row[] {
  const [values, half] = [benchSoloPath(people), benchSoloPath(people / 2)];
  const name = `Solo-path finder, ${people} people`;
  return [
    makeRow({
      part,
      name,
      unit: 'ms',
      measured: {
        what: `every five people one person, ${GROUPS} groups, ${RULES} rules, and no path: everything is looked at`,
        values,
      },
      reference: { what: 'the same with half the people', values: half },
      bar: { says: `at most ${FINDER_MAX} ms`, limit: FINDER_MAX, of: (time) => time },
      notes: [],
    }),
    makeRow({
      part,
      name: `The same, ${people} beside ${people / 2}`,
      unit: 'ms',
      measured: { what: 'as above', values },
      reference: { what: 'the same with half the people', values: half },
      bar: {
        says: 'no worse than quadratic in people',
        limit: GROWTH_MAX,
        of: (time, before) => time / before,
      },
    }),
  ];
}

export const decisionPart: Part = {
  name: 'decision',
  title: 'The decision, and who could go alone',
  run: (report, signal) => {
    const rows: Row[] = [];
    for (const size of [
      { rules: 1, people: 8, delegations: 0 },
      { rules: 10, people: 8, delegations: 0 },
      { rules: 100, people: 8, delegations: 0 },
      { rules: 100, people: 200, delegations: 40 },
    ]) {
      signal.throwIfAborted();
      report(`decisions under ${size.rules} rules for ${size.people} people …`);
      rows.push(decisionRow(size));
    }
    for (const people of [50, 100, 200]) {
      signal.throwIfAborted();
      report(`the solo-path finder for ${people} people …`);
      rows.push(...finderRows(people));
    }
    return Promise.resolve({ rows, failures: [] });
  },
};
