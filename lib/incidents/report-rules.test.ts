import { describe, expect, it } from 'vitest';
import { checkReport, maySubmit, type ReportContext } from './report-rules.ts';
import type { Json } from './report/document.ts';
import { found, foundIn, withAt } from './report/testing/found.ts';
import {
  finalValues,
  handWritten,
  initialValues,
  intermediateValues,
  LEI,
  OTHER_LEI,
  reclassifiedValues,
} from './report/testing/good-reports.ts';

describe('a report that keeps the rules', () => {
  it('has no findings at any stage', () => {
    expect(foundIn(initialValues)).toEqual([]);
    expect(foundIn(intermediateValues)).toEqual([]);
    expect(foundIn(finalValues)).toEqual([]);
    expect(foundIn(reclassifiedValues)).toEqual([]);
    expect(found(handWritten)).toEqual([]);
  });

  it('has none either where the console says more about the incident', () => {
    const context: ReportContext = {
      now: '2026-04-01T00:00:00Z',
      group: false,
      nis2: true,
      authorityCode: true,
      relevantAffected: true,
      thirdPartyOrigin: false,
      downtime: true,
      recurring: false,
    };
    expect(foundIn(finalValues, context)).toEqual([]);
  });
});

describe('a report for several entities', () => {
  const several = (items: Json[]): string[] =>
    found(withAt(initialValues, 'affectedEntity', items));
  const types = ['crypto-asset_service_provider'];
  const entity = { affectedEntityType: types, name: 'One SE', LEI };

  it('names each of them, by name and LEI', () => {
    expect(several([{ affectedEntityType: types }, { affectedEntityType: types }])).toEqual([
      '1.5 missing-another-entity blocking',
      '1.6 missing-another-entity blocking',
    ]);
    expect(several([entity, { affectedEntityType: types }])).toEqual([
      '1.5 names-and-leis blocking',
    ]);
    expect(several([entity, { ...entity, name: 'Two SE', LEI: OTHER_LEI }])).toEqual([]);
  });
});

describe('what is no report', () => {
  it('is refused with a finding, whatever it is', () => {
    for (const document of [
      null,
      undefined,
      0,
      '',
      'report',
      true,
      [],
      [[]],
      () => 1,
      Symbol('x'),
      1n,
    ])
      expect(maySubmit(checkReport(document)), String(document)).toBe(false);
    expect(found({}).every((finding) => finding.endsWith(' missing blocking'))).toBe(true);
  });

  it('is bounded: deep, wide and long input is looked at in part', () => {
    let deep: Json = {};
    for (let level = 0; level < 100_000; level += 1) deep = { incident: deep };
    expect(checkReport(deep).length).toBeLessThan(100);
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`p${at}`, 1]));
    expect(checkReport(wide).length).toBeLessThan(100);
    const long = withAt(
      initialValues,
      'incident.classificationTypes',
      Array.from({ length: 100_000 }, () => ({ classificationCriterion: 'x' })),
    );
    expect(checkReport(long).length).toBeLessThanOrEqual(501);
  });

  it('never runs long over a hostile text', () => {
    const start = performance.now();
    const hostile = `+${'1'.repeat(50)}${' 1'.repeat(7)}x`;
    for (const path of [
      'primaryContact.phone',
      'primaryContact.email',
      'incident.detectionDateTime',
      'submittingEntity.LEI',
    ])
      for (const text of [hostile, `${'a.'.repeat(16_000)}@`, '1'.repeat(32_000)])
        checkReport(withAt(initialValues, path, text));
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('knows properties of every object by their own names only', () => {
    const document: unknown = JSON.parse(
      JSON.stringify(handWritten).replace('{', '{"__proto__":{"x":1},"constructor":1,'),
    );
    expect(found(document)).toEqual([
      '__proto__ unknown-property blocking',
      'constructor unknown-property blocking',
    ]);
  });
});
