import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rulesFor } from '../records/rules-of.ts';
import {
  becomes,
  faultsOf,
  fieldsOf,
  one,
  standing,
  three,
  today,
  two,
} from '../testing/kind-faults.ts';
import {
  findingSample,
  planSample,
  planTestSample,
  riskSample,
  testSample,
} from '../testing/samples.ts';

const served = randomUUID();

describe('findings', () => {
  const at = (state: string, more: object = {}) => ({ ...findingSample, state, ...more });
  const remedied = at('remedied', { remediedOn: '2026-11-10', remediedBy: one });
  const validated = {
    ...remedied,
    state: 'validated',
    validatedOn: '2026-11-12',
    validatedBy: two,
  };

  it('are due by their severity, later only with a reason', () => {
    expect(standing('finding', findingSample)?.dueOn).toBe('2026-12-01');
    expect(standing('finding', { ...findingSample, severity: 'critical' })?.dueOn).toBe(
      '2026-11-08',
    );
    const later = { ...findingSample, dueOn: '2026-12-24' };
    expect(fieldsOf('finding', later)).toEqual(['dueOn']);
    expect(fieldsOf('finding', later, { extension: 'The supplier ships in December.' })).toEqual(
      [],
    );
  });

  it('go from open to remedied to validated, and another person validates, in their own name', () => {
    expect(faultsOf('finding', remedied)).toEqual([]);
    expect(faultsOf('finding', validated)).toEqual([]);
    expect(standing('finding', validated)).toMatchObject({ state: 'validated', dueOn: null });
    expect(fieldsOf('finding', { ...validated, validatedBy: one })).toEqual(['validatedBy']);
    expect(becomes('finding', null, remedied, one)).toEqual(['state']);
    expect(becomes('finding', findingSample, validated, two)).toEqual(['state']);
    expect(becomes('finding', findingSample, remedied, one)).toEqual([]);
    expect(becomes('finding', remedied, validated, two)).toEqual([]);
    expect(becomes('finding', remedied, validated, one)).toEqual(['validatedBy']);
    // Whoever put the remedy on record in a colleague's name does not validate it either.
    expect(becomes('finding', remedied, validated, two, two)).toEqual(['validatedBy']);
    expect(becomes('finding', validated, { ...validated, severity: 'low' }, two)).toEqual([
      'severity',
    ]);
    expect(becomes('finding', validated, { ...findingSample, source: 'scan' }, one)).toEqual([]);
  });

  it('get no more time by being found later, and are retired only at their end', () => {
    const moved = (foundOn: string) =>
      becomes('finding', findingSample, at('open', { foundOn }), one);
    expect(moved('2026-11-02')).toEqual(['foundOn']);
    expect(moved('2026-10-31')).toEqual([]);
    // Nor by being called less severe, without a reason.
    const milder = at('open', { severity: 'low' });
    expect(becomes('finding', findingSample, milder, one)).toEqual(['dueOn']);
    const texts = { before: {}, after: { extension: 'Only the name of the server is shown.' } };
    expect(becomes('finding', findingSample, milder, one, three, texts)).toEqual([]);
    expect(becomes('finding', findingSample, { ...milder, dueOn: '2026-12-01' }, one)).toEqual([]);
    const { keptBecause } = rulesFor('finding');
    expect(keptBecause?.(findingSample)).toMatch(/validated/);
    expect(keptBecause?.(remedied)).toMatch(/validated/);
    expect(keptBecause?.(validated)).toBeNull();
  });

  it('are not remedied before they are found, nor ahead of today', () => {
    expect(fieldsOf('finding', { ...remedied, remediedOn: '2026-10-01' })).toEqual(['remediedOn']);
    expect(fieldsOf('finding', { ...remedied, remediedOn: '2027-10-01' })).toEqual(['remediedOn']);
    expect(fieldsOf('finding', { ...findingSample, foundOn: '2027-01-01' })).toContain('foundOn');
  });

  it('are accepted with a reason, by another than their owner', () => {
    const accepted = at('accepted', { owner: one, acceptedBy: two });
    expect(fieldsOf('finding', accepted)).toEqual(['acceptance']);
    expect(fieldsOf('finding', accepted, { acceptance: 'Gone next month.' })).toEqual([]);
    expect(
      fieldsOf('finding', { ...accepted, owner: null }, { acceptance: 'Gone next month.' }),
    ).toEqual(['owner']);
    expect(fieldsOf('finding', { ...accepted, acceptedBy: one }, { acceptance: 'Gone.' })).toEqual([
      'acceptedBy',
    ]);
  });
});

describe('risks', () => {
  const risk = riskSample(one);
  const accepted = {
    ...risk,
    state: 'accepted',
    acceptedBy: two,
    acceptedOn: '2026-11-01',
    reviewOn: '2027-06-01',
  };
  const texts = { acceptance: 'Costs more than it can cost.' };

  it('are graded by what is left of them', () => {
    expect(standing('risk', risk)).toEqual({ state: 'open', grade: 'medium', dueOn: '2027-03-01' });
    expect(fieldsOf('risk', { ...risk, residual: { likelihood: 5, impact: 5 } })).toEqual([
      'residual',
    ]);
    expect(fieldsOf('risk', { ...risk, residual: { likelihood: 0, impact: 9 } })).toEqual([
      'residual.likelihood',
      'residual.impact',
    ]);
  });

  it('are accepted with a reason by another than their owner, in their own name, and reviewed within a year', () => {
    expect(fieldsOf('risk', accepted, texts)).toEqual([]);
    expect(fieldsOf('risk', accepted)).toEqual(['acceptance']);
    expect(fieldsOf('risk', { ...accepted, acceptedBy: one }, texts)).toEqual(['acceptedBy']);
    expect(fieldsOf('risk', { ...accepted, reviewOn: '2027-11-02' }, texts)).toEqual(['reviewOn']);
    expect(becomes('risk', risk, accepted, one)).toEqual(['acceptedBy']);
    expect(becomes('risk', risk, accepted, two)).toEqual([]);
    expect(becomes('risk', risk, accepted, two, two)).toEqual(['acceptedBy']);
    expect(becomes('risk', null, accepted, two, null)).toEqual(['acceptedBy']);
  });

  it('that are accepted stay as they are, and are renewed by whoever accepted them', () => {
    const larger = { ...accepted, residual: { likelihood: 4, impact: 5 } };
    expect(becomes('risk', accepted, larger, one)).toEqual(['residual']);
    const reviewed = { ...accepted, reviewedOn: '2026-11-20', reviewOn: '2027-11-20' };
    expect(becomes('risk', accepted, reviewed, one)).toEqual(['acceptedBy']);
    expect(becomes('risk', accepted, reviewed, two)).toEqual([]);
    expect(becomes('risk', accepted, { ...larger, state: 'open', acceptedBy: null }, one)).toEqual(
      [],
    );
    // Naming another as owner and accepting it are two saves, and the second is another person's.
    expect(becomes('risk', risk, { ...accepted, owner: three }, one)).toEqual(['owner']);
  });
});

describe('tests, plans and their tests', () => {
  it('a test that is done has its day and a result, one that is planned is due', () => {
    const test = testSample(served);
    expect(standing('test', test)?.dueOn).toBe('2026-12-15');
    expect(fieldsOf('test', { ...test, state: 'done' })).toEqual(['doneOn', 'result', 'outcome']);
    const done = { ...test, state: 'done', doneOn: '2026-11-01', result: 'passed' };
    expect(fieldsOf('test', done, { outcome: 'Nothing was found.' })).toEqual([]);
    expect(fieldsOf('test', { ...test, functions: [] })).toEqual(['functions']);
  });

  it('a plan is approved by another than who wrote it, in their own name', () => {
    const draft = planSample(served);
    const approved = { ...draft, state: 'approved', approvedOn: '2026-11-01', approvedBy: one };
    expect(fieldsOf('plan', approved, { activation: 'The site is lost.' })).toEqual([]);
    expect(fieldsOf('plan', approved)).toEqual(['activation']);
    expect(becomes('plan', draft, approved, one, two)).toEqual([]);
    expect(becomes('plan', draft, approved, one, one)).toEqual(['approvedBy']);
    expect(becomes('plan', draft, approved, two, one)).toEqual(['approvedBy']);
    expect(becomes('plan', null, approved, one)).toEqual(['approvedBy']);
    expect(becomes('plan', draft, { ...approved, rtoHours: 72 }, one, two)).toEqual(['rtoHours']);
    const texts = { before: {}, after: { procedure: 'Nothing.' } };
    expect(becomes('plan', draft, approved, one, two, texts)).toEqual(['procedure']);
  });

  it('an approved plan stays as it is: neither its content nor its day changes in the name of another', () => {
    const draft = planSample(served);
    const approved = { ...draft, state: 'approved', approvedOn: '2026-11-01', approvedBy: one };
    const renewed = { ...approved, approvedOn: today, nextReviewOn: '2027-11-28' };
    expect(becomes('plan', approved, { ...approved, rtoHours: 72 }, two)).toEqual(['rtoHours']);
    expect(becomes('plan', approved, { ...approved, rtoHours: 72 }, one)).toEqual(['rtoHours']);
    expect(becomes('plan', approved, renewed, two)).toEqual(['approvedBy']);
    expect(becomes('plan', approved, renewed, one)).toEqual([]);
    const texts = { before: { procedure: 'Restore.' }, after: { procedure: 'Nothing.' } };
    expect(becomes('plan', approved, approved, one, three, texts)).toEqual(['procedure']);
    expect(becomes('plan', approved, { ...draft, rtoHours: 72 }, two)).toEqual([]);
  });

  it('the report of a test is approved by another than who wrote it, in their own name', () => {
    const done = { ...testSample(served), state: 'done', doneOn: today, result: 'passed' };
    const approved = { ...done, approvedBy: one };
    expect(becomes('test', done, approved, one)).toEqual([]);
    expect(becomes('test', done, approved, two)).toEqual(['approvedBy']);
    expect(becomes('test', done, approved, one, one)).toEqual(['approvedBy']);
    expect(becomes('test', null, approved, one, null)).toEqual(['approvedBy']);
    expect(becomes('test', approved, { ...approved, result: 'failed' }, one)).toEqual(['result']);
  });

  it('a test of a plan that was slower than planned has not passed', () => {
    const slow = { ...planTestSample(randomUUID()), actualRtoMinutes: 241 };
    expect(fieldsOf('plan-test', slow)).toEqual(['state']);
    expect(
      fieldsOf('plan-test', { ...slow, state: 'partly' }, { deviation: 'The disk was slow.' }),
    ).toEqual([]);
    expect(fieldsOf('plan-test', { ...slow, state: 'partly' })).toEqual(['deviation']);
  });

  it('a test of a plan names a drill that is on record, and passes no better than that', () => {
    const named = { ...planTestSample(randomUUID()), drill: randomUUID() };
    expect(fieldsOf('plan-test', named)).toEqual(['drill']);
    const drill = { kind: 'restore', passed: true };
    expect(fieldsOf('plan-test', named, {}, drill)).toEqual([]);
    expect(fieldsOf('plan-test', named, {}, { ...drill, passed: false })).toEqual(['state']);
    const other = { ...named, drillKind: 'signer-loss' };
    expect(fieldsOf('plan-test', other, {}, drill)).toEqual(['drill']);
    expect(fieldsOf('plan-test', { ...named, drill: null, drillKind: 'restore' })).toEqual([
      'drillKind',
    ]);
  });

  it('a test of a plan with an objective passes by what it came to', () => {
    const sample = planTestSample(randomUUID());
    const without = { ...sample, actualRtoMinutes: null, actualRpoMinutes: null };
    expect(fieldsOf('plan-test', without)).toEqual(['actualRtoMinutes', 'actualRpoMinutes']);
    const free = { ...without, plannedRtoMinutes: null, plannedRpoMinutes: null };
    expect(fieldsOf('plan-test', free)).toEqual([]);
    const failed = { ...without, state: 'failed' };
    expect(fieldsOf('plan-test', failed, { deviation: 'It never came back.' })).toEqual([]);
  });
});
