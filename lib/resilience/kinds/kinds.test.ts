import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { About, AnyRules, Becoming, Fault } from '../records/kind-rules.ts';
import { kinds, numberPrefix, type Kind } from '../records/kinds.ts';
import { readFacts, readTexts } from '../records/read-facts.ts';
import { rulesFor } from '../records/rules-of.ts';
import {
  assetSample,
  contractSample,
  entitySample,
  findingSample,
  functionSample,
  leiOf,
  planSample,
  planTestSample,
  providerSample,
  riskSample,
  testSample,
  sampleUse,
} from '../testing/samples.ts';

const today = '2026-11-28';
const one = 'p-aaaaaaaaaa';
const two = 'p-bbbbbbbbbb';
const three = 'p-cccccccccc';
const provider = randomUUID();
const subcontractor = randomUUID();
const served = randomUUID();

const samples: Readonly<Record<Kind, object>> = {
  entity: entitySample,
  provider: providerSample,
  function: functionSample,
  contract: contractSample(provider, served),
  asset: assetSample,
  risk: riskSample(one),
  finding: findingSample,
  test: testSample(served),
  plan: planSample(served),
  'plan-test': planTestSample(randomUUID()),
};

/** All faults of facts, in the order in which saving finds them. */
function faultsOf(kind: Kind, facts: object, texts: About['texts'] = {}): Fault[] {
  const rules: AnyRules = rulesFor(kind);
  const reading = readFacts(rules, facts);
  return reading.ok ? [...rules.faultsOf(reading.value, { texts, today })] : reading.faults;
}
const fieldsOf = (kind: Kind, facts: object, texts: About['texts'] = {}): string[] =>
  faultsOf(kind, facts, texts).map(({ field }) => field);
const standing = (kind: Kind, facts: object) => {
  const reading = readFacts(rulesFor(kind), facts);
  return reading.ok ? rulesFor(kind).standingOf(reading.value) : null;
};
const becomes = (
  kind: Kind,
  before: object | null,
  after: object,
  by: string,
  wroteBy: string | null = three,
  texts: Becoming<unknown>['texts'] = { before: {}, after: {} },
) => {
  const read = (facts: object | null) => {
    const reading = facts && readFacts(rulesFor(kind), facts);
    return reading?.ok ? reading.value : null;
  };
  return rulesFor(kind)
    .becomesOf({ before: read(before), after: read(after), by, wroteBy, texts })
    .map(({ field }) => field);
};

describe('every kind', () => {
  it('accepts its sample, refuses what it does not know, and numbers like no other', () => {
    for (const kind of kinds) {
      expect([kind, faultsOf(kind, samples[kind])]).toEqual([kind, []]);
      expect(fieldsOf(kind, { ...samples[kind], surprise: 1 })).toEqual(['surprise']);
      for (const field of Object.keys(samples[kind]))
        expect([
          kind,
          field,
          fieldsOf(kind, { ...samples[kind], [field]: { odd: true } }),
        ]).not.toEqual([kind, field, []]);
    }
    expect(new Set(Object.values(numberPrefix)).size).toBe(kinds.length);
  });

  it('gives each wrong field a sentence', () => {
    for (const kind of kinds)
      for (const field of Object.keys(samples[kind]))
        for (const { reason } of faultsOf(kind, { ...samples[kind], [field]: Symbol('odd') }))
          expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  it('refuses whatever is sent instead of facts with sentences, and never breaks', () => {
    const odd = fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), odd, fc.string(), (kind, facts, field) => {
        for (const given of [facts, { ...samples[kind], [field]: facts }]) {
          const reading = readFacts(rulesFor(kind), given);
          if (!reading.ok)
            for (const { reason } of reading.faults) expect(reason).toMatch(/^[A-Z].*\.$/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('holds 64 KB and lists of 200 at most', () => {
    const uses = Array.from({ length: 201 }, (_, index) => ({
      ...sampleUse(provider, served),
      startsOn: `20${10 + (index % 80)}-01-01`,
    }));
    const contract = contractSample(provider, served);
    expect(fieldsOf('contract', { ...contract, uses })).toEqual(['uses']);
    expect(fieldsOf('contract', { ...contract, uses: uses.slice(0, 190) })).toEqual(['record']);
  });
});

describe('providers', () => {
  it('that are legal persons have an LEI or EUID with right check digits, outside the Union an LEI', () => {
    const wrong = `${leiOf(2).slice(0, 18)}${leiOf(2).endsWith('00') ? '01' : '00'}`;
    expect(fieldsOf('provider', { ...providerSample, code: wrong })).toEqual(['code']);
    expect(fieldsOf('provider', { ...providerSample, codeType: 'eba_qCO:qx2003' })).toEqual([
      'codeType',
    ]);
    const euid = { ...providerSample, codeType: 'eba_qCO:qx2002', code: 'NLNHR.12345678' };
    expect(fieldsOf('provider', euid)).toEqual([]);
    expect(fieldsOf('provider', { ...euid, country: 'US' })).toEqual(['codeType']);
    expect(fieldsOf('provider', { ...euid, code: 'XXNHR.12345678' })).toEqual(['code']);
  });

  it('that are individuals keep name and code among the texts, which can be erased', () => {
    const person = {
      person: 'eba_CT:x213',
      codeType: 'eba_qCO:qx2001',
      country: 'LU',
    };
    const texts = { code: '1985010112345', name: 'Jean Muller', 'latin-name': 'Jean Muller' };
    expect(fieldsOf('provider', person, texts)).toEqual([]);
    expect(fieldsOf('provider', { ...person, name: 'Jean Muller' }, texts)).toEqual(['name']);
    expect(fieldsOf('provider', person)).toEqual(['code', 'name', 'latin-name']);
  });

  it('give an expense with its currency, and a name in Latin letters', () => {
    expect(fieldsOf('provider', { ...providerSample, currency: null })).toEqual(['expense']);
    expect(fieldsOf('provider', { ...providerSample, expense: '-1' })).toEqual(['expense']);
    expect(fieldsOf('provider', { ...providerSample, expense: '1e9' })).toEqual(['expense']);
    expect(fieldsOf('provider', { ...providerSample, latinName: 'Облако' })).toEqual(['latinName']);
    expect(fieldsOf('provider', { ...providerSample, name: 'Облако' })).toEqual([]);
  });
});

describe('the entity', () => {
  it('has parents, branches and a group that are all in scope, each once', () => {
    const member = {
      lei: leiOf(9),
      name: 'Holding',
      country: 'LU',
      type: 'eba_CT:x318',
      hierarchy: 'eba_RP:x53',
      integratedOn: '2026-01-01',
      updatedOn: '2026-01-01',
    };
    const group = { ...entitySample, parentLei: leiOf(9), group: [member] };
    expect(fieldsOf('entity', group)).toEqual([]);
    expect(fieldsOf('entity', { ...entitySample, parentLei: leiOf(9) })).toEqual(['parentLei']);
    expect(fieldsOf('entity', { ...group, group: [member, member] })).toEqual(['group.1.lei']);
    expect(
      fieldsOf('entity', { ...group, group: [{ ...member, currency: 'EUR', assets: '1' }] }),
    ).toEqual(['group.0.assets']);
    const branch = { code: 'B1', name: 'Branch', country: 'FR', headOffice: leiOf(8) };
    expect(fieldsOf('entity', { ...entitySample, branches: [branch] })).toEqual([
      'branches.0.headOffice',
    ]);
  });
});

describe('contracts', () => {
  const contract = contractSample(provider, served);
  const use = sampleUse(provider, served);

  it('that are subsequent name the overarching one, others none', () => {
    expect(fieldsOf('contract', { ...contract, type: 'eba_CO:x3' })).toEqual(['overarching']);
    expect(fieldsOf('contract', { ...contract, overarching: randomUUID() })).toEqual([
      'overarching',
    ]);
  });

  it('do not end before they start, and end for a reason once they have ended', () => {
    const with_ = (change: object) => ({ ...contract, uses: [{ ...use, ...change }] });
    expect(fieldsOf('contract', with_({ endsOn: '2024-12-31' }))).toEqual(['uses.0.endsOn']);
    expect(fieldsOf('contract', with_({ endReason: 'eba_CO:x4' }))).toEqual(['uses.0.endsOn']);
    expect(fieldsOf('contract', with_({ endsOn: '2099-01-01', endReason: 'eba_CO:x4' }))).toEqual([
      'uses.0.endReason',
    ]);
    expect(fieldsOf('contract', with_({ startsOn: '2025-02-30' }))).toEqual(['uses.0.startsOn']);
    const ended = with_({ endsOn: '2026-01-31', endReason: 'eba_CO:x4' });
    expect(standing('contract', ended)).toMatchObject({ state: 'ended', dueOn: null });
  });

  it('have no line twice', () => {
    expect(fieldsOf('contract', { ...contract, uses: [use, use] })).toEqual(['uses.1']);
    expect(fieldsOf('contract', { ...contract, signatories: [leiOf(1), leiOf(1)] })).toEqual([
      'signatories.1',
    ]);
  });

  it('have chains in which every subcontractor works for somebody of the rank before', () => {
    const service = 'eba_TA:S17';
    const first = { service, provider, rank: 1 };
    const second = { service, provider: subcontractor, rank: 2, recipient: provider };
    const chain = (...links: object[]) => fieldsOf('contract', { ...contract, chain: links });
    expect(chain(first, second)).toEqual([]);
    expect(chain(second)).toEqual(['chain.0.recipient']);
    expect(chain(first, { ...second, rank: 3 })).toEqual(['chain.1.recipient']);
    expect(chain(first, { ...second, service: 'eba_TA:S18' })).toEqual(['chain.1.recipient']);
    expect(chain({ ...first, recipient: subcontractor })).toEqual(['chain.0.recipient']);
    expect(chain(first, { ...second, recipient: null })).toEqual(['chain.1.recipient']);
  });

  it('say why a service is hard to substitute, and why a clause is not needed', () => {
    const [assessment] = contract.assessments ?? [];
    expect(
      fieldsOf('contract', { ...contract, assessments: [{ ...assessment, reason: null }] }),
    ).toEqual(['assessments.0.reason']);
    const clauses = [{ id: '30(3)(d)', answer: 'not-needed' }];
    expect(fieldsOf('contract', { ...contract, clauses })).toEqual(['clauses.0.answer']);
    expect(
      fieldsOf('contract', { ...contract, clauses }, { 'clause.30(3)(d)': 'No such tests.' }),
    ).toEqual([]);
    expect(fieldsOf('contract', { ...contract, clauses: [{ id: '31', answer: 'met' }] })).toEqual([
      'clauses.0.id',
    ]);
  });
});

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
    expect(becomes('finding', validated, { ...findingSample, severity: 'low' }, one)).toEqual([]);
  });

  it('get no more time by being found later, and are retired only at their end', () => {
    const moved = (foundOn: string) =>
      becomes('finding', findingSample, at('open', { foundOn }), one);
    expect(moved('2026-11-02')).toEqual(['foundOn']);
    expect(moved('2026-10-31')).toEqual([]);
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
});

describe('texts', () => {
  it('stay when they are not given, go when they are empty, and are refused where they are asked', () => {
    const rules = rulesFor('risk');
    const before = { title: 'Keys are lost', 'treatment-plan': 'Shares at two sites.' };
    expect(readTexts(rules, {}, before)).toEqual({ ok: true, value: { written: {}, all: before } });
    expect(readTexts(rules, { 'treatment-plan': ' ' }, before)).toMatchObject({
      ok: true,
      value: { written: { 'treatment-plan': '' } },
    });
    expect(readTexts(rules, { title: '' }, before)).toEqual({
      ok: false,
      faults: [{ field: 'title', reason: 'Give what the risk is called in a few words.' }],
    });
    expect(readTexts(rules, { description: 'a\u202Eb' }, before)).toMatchObject({ ok: false });
    expect(readTexts(rules, { description: 'x'.repeat(4001) }, before)).toMatchObject({
      ok: false,
    });
  });
});
