import { describe, expect, it } from 'vitest';
import { CONDITIONS, DETAILED_BY_4_3 } from './conditions.ts';
import { THREAT_FIELDS } from './fields-threat.ts';
import { askedAt, fieldOf, REPORT_FIELDS, stageOf, SUBMISSION_OF, wordsOf } from './fields.ts';
import { ADDITIONAL_CAUSES, DETAILED_CAUSES, ROOT_CAUSES } from './choices-causes.ts';

const numbers = (section: number, count: number) =>
  Array.from({ length: count }, (_, at) => `${section}.${at + 1}`);

describe('the fields of a report', () => {
  it('are the 76 of the ITS in its order', () => {
    expect(REPORT_FIELDS.map(({ no }) => no)).toEqual([
      ...numbers(1, 15),
      ...numbers(2, 10),
      ...numbers(3, 35),
      ...numbers(4, 16),
    ]);
  });

  it('have the duties of Annex II, counted by stage', () => {
    const count = (stage: 'initial' | 'intermediate' | 'final') => {
      const asked = askedAt(stage);
      const mandatory = asked.filter(({ duty }) => duty[stage] === 'M').length;
      return [mandatory, asked.length - mandatory];
    };
    expect(count('initial')).toEqual([18, 7]);
    expect(count('intermediate')).toEqual([32, 28]);
    expect(count('final')).toEqual([42, 34]);
  });

  it('say when they are due wherever a duty is conditional, and nowhere else', () => {
    for (const { no, duty, condition } of REPORT_FIELDS)
      expect(condition !== undefined, no).toBe(Object.values(duty).includes('C'));
    const used = new Set(REPORT_FIELDS.map(({ condition }) => condition));
    expect(Object.keys(CONDITIONS).filter((id) => !used.has(id as never))).toEqual([]);
  });

  it('stand at places of their own in the document', () => {
    const paths = REPORT_FIELDS.flatMap(({ path }) => path.split('|'));
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('have a closed list wherever one is chosen from, without a value twice', () => {
    for (const { no, kind, choices } of REPORT_FIELDS) {
      expect(choices !== undefined, no).toBe(['choice', 'choices', 'countries'].includes(kind));
      const values = (choices ?? []).map(({ value }) => value);
      expect(new Set(values).size, no).toBe(values.length);
    }
    const sizes = Object.fromEntries(
      REPORT_FIELDS.filter(({ choices }) => choices).map(({ no, choices }) => [
        no,
        choices?.length,
      ]),
    );
    expect(sizes).toEqual({
      '1.1': 4,
      '1.4': 23,
      '1.15': 11,
      '2.5': 7,
      '2.6': 30,
      '2.7': 11,
      '3.12': 9,
      '3.13': 4,
      '3.17': 4,
      '3.18': 6,
      '3.20': 4,
      '3.23': 6,
      '3.25': 10,
      '3.28': 3,
      '3.30': 3,
      '3.31': 6,
      '4.1': 5,
      '4.2': 28,
      '4.3': 18,
    });
  });

  it('put each detailed cause under a category, and each addition under a detail', () => {
    const under = (parents: { value: string }[]) => parents.map(({ value }) => value);
    for (const { under: parent } of DETAILED_CAUSES)
      expect(under([...ROOT_CAUSES])).toContain(parent);
    expect([...new Set(ADDITIONAL_CAUSES.map(({ under: parent }) => parent))]).toEqual([
      ...DETAILED_BY_4_3,
    ]);
    for (const value of DETAILED_BY_4_3) expect(under([...DETAILED_CAUSES])).toContain(value);
  });

  it('are found by number, their values by words', () => {
    const currency = fieldOf('1.15');
    expect(currency && wordsOf(currency, 'EUR')).toBe('Euro');
    expect(fieldOf('9.9')).toBeNull();
    expect(fieldOf('constructor')).toBeNull();
  });

  it('know the stage of each type of submission', () => {
    expect(stageOf(SUBMISSION_OF.final)).toBe('final');
    expect(stageOf('major_incident_reclassified_as_non-major')).toBe('initial');
    expect(stageOf('toString')).toBeNull();
    expect(stageOf(1)).toBeNull();
  });
});

describe('the fields of a notification of a cyber threat', () => {
  it('are the 20 of Annex III in their order, with their duties', () => {
    expect(THREAT_FIELDS.map(({ no }) => no)).toEqual(
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
    const conditional = THREAT_FIELDS.filter(({ duty }) => duty === 'C').map(({ no }) => no);
    expect(conditional).toEqual([3, 4, 5, 9, 10, 11, 18, 19, 20]);
    for (const { no, duty, condition } of THREAT_FIELDS)
      expect(condition !== undefined, String(no)).toBe(duty === 'C');
  });
});
