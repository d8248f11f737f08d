import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { becomes, faultsOf, fieldsOf, one, standing, three, two } from '../testing/kind-faults.ts';
import {
  activitySample,
  consentSample,
  dpiaSample,
  noticeSample,
  partySample,
  processorSample,
  transferSample,
} from '../testing/privacy-samples.ts';
import { answerDueOn } from './dpia-words.ts';
import { piecesMissing } from './notice-words.ts';

const activity = activitySample(one, randomUUID());
const dpia = dpiaSample(one, randomUUID());
const processor = processorSample(randomUUID());

describe('an activity', () => {
  it('names the law of an obligation and the interest behind a legitimate one', () => {
    for (const basis of ['legal-obligation', 'legitimate-interests'])
      expect(
        fieldsOf('activity', { ...activity, purposes: [{ purpose: 'To know', basis }] }),
      ).toEqual(['purposes.0.ground']);
    expect(
      fieldsOf('activity', { ...activity, purposes: [{ purpose: 'To know', basis: 'consent' }] }),
    ).toEqual([]);
  });

  it('is looked at within a year, has no category twice, and says why no assessment is needed', () => {
    expect(fieldsOf('activity', { ...activity, reviewOn: '2027-06-02' })).toEqual(['reviewOn']);
    const data = [{ category: 'identity' }, { category: 'identity', limit: 'A year' }];
    expect(fieldsOf('activity', { ...activity, data })).toEqual(['data.1.category']);
    expect(fieldsOf('activity', { ...activity, dpiaNeed: 'not-needed' })).toEqual(['dpia-reason']);
    expect(
      fieldsOf('activity', { ...activity, data: [{ category: 'identity', retention: 'never' }] }),
    ).toEqual(['data.0.retention']);
  });
});

describe('an impact assessment', () => {
  const advised = { ...dpia, advisedBy: two, advisedOn: '2026-10-02' };
  const texts = { advice: 'Go on.', necessity: 'Law asks for it.', measures: 'A second look.' };
  const approved = { ...advised, state: 'approved', approvedBy: three, approvedOn: '2026-10-03' };

  it('is approved only with necessity, measures, risks and the advice of the officer', () => {
    expect(fieldsOf('dpia', approved, texts)).toEqual([]);
    for (const field of ['necessity', 'measures'])
      expect(fieldsOf('dpia', approved, { ...texts, [field]: '' })).toEqual([field]);
    expect(fieldsOf('dpia', { ...approved, risks: [] }, texts)).toEqual(['risks']);
    const unadvised = { ...approved, advisedBy: null, advisedOn: null };
    expect(fieldsOf('dpia', unadvised, { ...texts, advice: '' })).toEqual(['advice']);
  });

  it('is not decided by the officer who advised, who is not its owner either', () => {
    expect(fieldsOf('dpia', { ...approved, approvedBy: two }, texts)).toEqual(['approvedBy']);
    expect(fieldsOf('dpia', { ...advised, advisedBy: one }, texts)).toEqual(['advisedBy']);
  });

  it('has the advice written by nobody but the officer, and is approved by another than its writer', () => {
    const before = { before: {}, after: { advice: 'Go on.' } };
    expect(becomes('dpia', dpia, advised, two, one, before)).toEqual([]);
    expect(becomes('dpia', dpia, advised, one, one, before)).toEqual(['advisedBy']);
    expect(becomes('dpia', advised, approved, three, one)).toEqual([]);
    expect(becomes('dpia', advised, approved, three, three)).toEqual(['approvedBy']);
    const changed = { ...approved, assessedOn: '2026-10-20' };
    expect(becomes('dpia', approved, changed, one, one)).toEqual(['assessedOn']);
  });

  it('that leaves a high risk is approved only after the authority answered, within eight weeks or fourteen', () => {
    const [risk] = dpia.risks ?? [];
    const high = {
      ...approved,
      risks: [{ ...risk, impact: 5, residualLikelihood: 3, residualImpact: 5 }],
    };
    expect(fieldsOf('dpia', high, texts)).toEqual(['consultedOn']);
    const answered = { ...high, consultedOn: '2026-09-01', answeredOn: '2026-10-02' };
    expect(fieldsOf('dpia', answered, texts)).toEqual(['answer']);
    expect(fieldsOf('dpia', answered, { ...texts, answer: 'With conditions.' })).toEqual([]);
    expect(answerDueOn({ askedOn: '2026-09-01', isExtended: false })).toBe('2026-10-27');
    expect(answerDueOn({ askedOn: '2026-09-01', isExtended: true })).toBe('2026-12-08');
    expect(
      standing('dpia', { ...high, state: 'draft', approvedBy: null, approvedOn: null }),
    ).toEqual({ state: 'draft', grade: 'high', dueOn: '2027-10-01' });
    const waiting = { ...dpia, consultedOn: '2026-11-02' };
    expect(standing('dpia', waiting)?.dueOn).toBe('2026-12-28');
  });
});

describe('a transfer', () => {
  it('goes out of the European Economic Area, to a country or an organisation', () => {
    expect(fieldsOf('transfer', { ...transferSample, country: 'NO' })).toEqual(['country']);
    expect(fieldsOf('transfer', { ...transferSample, organisation: 'epo' })).toEqual(['country']);
    expect(fieldsOf('transfer', { ...transferSample, country: null, organisation: 'epo' })).toEqual(
      [],
    );
  });

  it('rests on clauses whose module is that of the roles, or on a derogation with its ground and reason', () => {
    expect(fieldsOf('transfer', { ...transferSample, module: '1' })).toEqual(['module']);
    expect(fieldsOf('transfer', { ...transferSample, module: null })).toEqual(['module']);
    const derogation = { ...transferSample, tool: 'derogation', module: null };
    expect(fieldsOf('transfer', derogation)).toEqual(['derogation', 'derogation-reason']);
    const reason = { 'derogation-reason': 'Once, for a claim.' };
    expect(fieldsOf('transfer', { ...derogation, derogation: 'e' }, reason)).toEqual([]);
    expect(fieldsOf('transfer', { ...derogation, derogation: 'compelling' }, reason)).toEqual([
      'measures',
    ]);
    expect(
      fieldsOf('transfer', { ...transferSample, tool: 'bcr', module: null, version: null }),
    ).toEqual(['version']);
  });
});

describe('a processor', () => {
  it('is not its own further processor, has none where none may be engaged, and contradicts no term', () => {
    const provider = processor.provider;
    expect(fieldsOf('processor', { ...processor, subProcessors: [provider] })).toEqual([
      'subProcessors',
    ]);
    expect(
      fieldsOf('processor', { ...processor, subProcessing: 'none', subProcessors: [randomUUID()] }),
    ).toEqual(['subProcessors']);
    expect(fieldsOf('processor', { ...processor, auditRight: false })).toEqual(['auditRight']);
    expect(fieldsOf('processor', { ...processor, state: 'ended' })).toEqual(['endsOn']);
  });
});

describe('a notice', () => {
  const edition = {
    edition: '2',
    inForceFrom: '2026-05-01',
    digest: 'cd'.repeat(32),
    at: 'Archive 2',
  };
  it('has editions that follow one another, each with its digest and place or the text itself', () => {
    const editions = [...(noticeSample.editions ?? []), edition];
    expect(fieldsOf('notice', { ...noticeSample, editions })).toEqual([]);
    expect(fieldsOf('notice', { ...noticeSample, editions: editions.toReversed() })).toEqual([
      'editions.1.inForceFrom',
    ]);
    const open = { ...edition, digest: null };
    expect(fieldsOf('notice', { ...noticeSample, editions: [open] })).toEqual([
      'editions.0.digest',
    ]);
    expect(
      fieldsOf('notice', { ...noticeSample, editions: [open] }, { text: 'We keep …' }),
    ).toEqual([]);
    expect(
      fieldsOf('notice', {
        ...noticeSample,
        editions: [{ ...edition, inForceFrom: '2027-01-01' }],
      }),
    ).toEqual(['editions']);
  });

  it('needs other pieces where data come from others, and some only where it is so', () => {
    const about = {
      source: 'person',
      hasInterests: false,
      hasTransfers: false,
      hasConsent: false,
    } as const;
    const missing = piecesMissing(about, []);
    expect(missing).toContain('obligation');
    expect(missing).not.toContain('source');
    expect(missing).not.toContain('transfers');
    expect(missing).not.toContain('objection');
    expect(piecesMissing({ ...about, hasInterests: true }, missing)).toEqual([
      'interests',
      'objection',
    ]);
    expect(piecesMissing({ ...about, source: 'both', hasTransfers: true }, missing)).toEqual([
      'categories',
      'transfers',
      'source',
    ]);
  });
});

describe('a consent', () => {
  it('is kept in a field of the vault, has a wording, a way back, and counts with their day', () => {
    expect(fieldsOf('consent', { ...consentSample, field: 'nothing' })).toEqual(['field']);
    expect(fieldsOf('consent', { ...consentSample, wordings: [] })).toEqual(['wordings']);
    expect(fieldsOf('consent', { ...consentSample, countedOn: null })).toEqual(['countedOn']);
  });
});

describe('a controller or contact', () => {
  it('is a legal person among the facts or an individual among the texts', () => {
    expect(fieldsOf('party', { ...partySample, name: null })).toEqual(['name']);
    expect(
      fieldsOf('party', { ...partySample, name: null, role: 'dpo' }, { name: 'Eva Brandt' }),
    ).toEqual([]);
    expect(fieldsOf('party', partySample, { name: 'Eva Brandt' })).toEqual(['name']);
  });
});

it('faults of the registers name the article that asks', () => {
  const faults = faultsOf('activity', { ...activity, dpiaNeed: 'not-needed' });
  expect(faults[0]?.reason).toContain('Art 35(1)');
});
