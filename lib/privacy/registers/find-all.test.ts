import { expect, it } from 'vitest';
import { activityFacts } from '#lib/resilience/kinds/activity.ts';
import { consentFacts } from '#lib/resilience/kinds/consent.ts';
import { dpiaFacts } from '#lib/resilience/kinds/dpia.ts';
import { noticePieces, type NoticePiece } from '#lib/resilience/kinds/notice-words.ts';
import { noticeFacts } from '#lib/resilience/kinds/notice.ts';
import { processorFacts } from '#lib/resilience/kinds/processor.ts';
import { transferFacts } from '#lib/resilience/kinds/transfer.ts';
import {
  activitySample,
  consentSample,
  dpiaSample,
  noticeSample,
  partySample,
  processorSample,
  transferSample,
} from '#lib/resilience/testing/privacy-samples.ts';
import { partyFacts } from '#lib/resilience/kinds/party.ts';
import { findAll } from './find-all.ts';
import { findingKind } from './finding-words.ts';
import type { ContractPlaces, Kept, Registers } from './registers.ts';

const today = '2026-11-29';
const owner = 'p-aaaaaaaaaa';
const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`;
const ids = {
  activity: id(1),
  dpia: id(2),
  transfer: id(3),
  processor: id(4),
  notice: id(5),
  consent: id(6),
  controller: id(7),
  provider: id(8),
  contract: id(9),
} as const;

const kept = <F>(key: keyof typeof ids, facts: F, texts: readonly string[] = []): Kept<F> => ({
  id: ids[key],
  number: key,
  name: key,
  facts,
  texts: new Set(texts),
  dueOn: null,
});

const contract = (use: object = {}, chain: readonly string[] = []): ContractPlaces => ({
  id: ids.contract,
  number: 'CT',
  name: 'contract',
  uses: [{ provider: ids.provider, endsOn: null, dataAt: 'US', processedAt: 'DE', ...use }],
  chain,
});

const allPieces = Object.keys(noticePieces) as NoticePiece[];

/** Registers in which nothing is missing, with changes to the facts of one record of each kind. */
function whole(
  changes: {
    activity?: object;
    dpia?: object;
    transfer?: object;
    processor?: object;
    notice?: object;
    consent?: object;
    texts?: Partial<Record<keyof typeof ids, readonly string[]>>;
    contracts?: readonly ContractPlaces[];
    activityChangedAt?: string;
    dpiaAssessedAt?: string;
  } = {},
): Registers {
  const texts = {
    activity: ['measures'],
    dpia: ['description', 'necessity', 'measures', 'advice'],
    ...changes.texts,
  };
  const dpo = '00000000-0000-4000-8000-0000000000aa';
  return {
    activity: [
      kept(
        'activity',
        activityFacts.parse({
          ...activitySample(owner, ids.controller, dpo),
          transfers: [ids.transfer],
          processors: [ids.processor],
          systems: [id(0)],
          ...changes.activity,
        }),
        texts.activity,
      ),
    ],
    dpia: [
      kept(
        'dpia',
        dpiaFacts.parse({
          ...dpiaSample(owner, ids.activity),
          state: 'approved',
          approvedBy: owner,
          approvedOn: '2026-10-03',
          ...changes.dpia,
        }),
        texts.dpia,
      ),
    ],
    transfer: [
      kept(
        'transfer',
        transferFacts.parse({ ...transferSample, provider: ids.provider, ...changes.transfer }),
      ),
    ],
    processor: [
      kept(
        'processor',
        processorFacts.parse({
          ...processorSample(ids.provider),
          contract: ids.contract,
          ...changes.processor,
        }),
      ),
    ],
    notice: [
      kept(
        'notice',
        noticeFacts.parse({
          ...noticeSample,
          pieces: allPieces,
          activities: [ids.activity],
          ...changes.notice,
        }),
      ),
    ],
    consent: [kept('consent', consentFacts.parse({ ...consentSample, ...changes.consent }))],
    party: [
      kept('controller', partyFacts.parse(partySample)),
      { ...kept('controller', partyFacts.parse({ ...partySample, role: 'dpo' })), id: dpo },
    ],
    contracts: changes.contracts ?? [contract()],
    activityChangedAt: new Map([
      [ids.activity, changes.activityChangedAt ?? '2026-09-01T08:00:00.000Z'],
    ]),
    dpiaAssessedAt: new Map([[ids.dpia, changes.dpiaAssessedAt ?? '2026-10-01T09:00:00.000Z']]),
  };
}

const codes = (changes?: Parameters<typeof whole>[0], on = today) =>
  findAll(whole(changes), on).map(({ code }) => code);

it('registers in which nothing is missing have no finding', () => {
  expect(codes()).toEqual([]);
});

it('each part of Art 30(1) that an activity lacks is found by its own letter', () => {
  const lacking = [
    [{ dpo: null }, 'no-dpo', 'Art 30(1)(a)'],
    [{ purposes: [] }, 'no-purpose', 'Art 30(1)(b)'],
    [{ persons: [] }, 'no-persons', 'Art 30(1)(c)'],
    [{ data: [] }, 'no-data', 'Art 30(1)(c)'],
    [{ recipients: [] }, 'no-recipients', 'Art 30(1)(d)'],
    [{ data: [{ category: 'tax' }] }, 'no-limit', 'Art 30(1)(f)'],
    [{ systems: [] }, 'no-systems', 'Art 30(1)'],
    [{ dpiaNeed: null }, 'no-dpia-need', 'Art 35(1)'],
    [{ controller: ids.activity }, null, null],
  ] as const;
  for (const [activity, code, article] of lacking) {
    const found = findAll(whole({ activity }), today);
    expect(found.map((one) => [one.code, one.article])).toEqual(
      code === null ? [] : [[code, article]],
    );
  }
  expect(codes({ texts: { activity: [] } })).toEqual(['no-measures']);
});

it('an activity names a transfer for a recipient abroad, and only people in their role', () => {
  const recipients = [{ recipient: 'Analytics', country: 'US' }];
  expect(codes({ activity: { recipients, transfers: [] } })).toEqual([
    'transfer-not-named',
    'transfer-in-no-activity',
  ]);
  expect(codes({ activity: { representative: ids.controller } })).toEqual(['wrong-role']);
});

it('an activity that needs an assessment has an approved one, a notice tells of it, and consent has its record', () => {
  expect(codes({ dpia: { state: 'draft', approvedBy: null, approvedOn: null } })).toEqual([
    'no-dpia',
  ]);
  expect(codes({ notice: { state: 'draft' } })).toEqual(['no-notice']);
  const purposes = [{ purpose: 'News', basis: 'consent' }];
  expect(codes({ activity: { purposes } })).toEqual(['no-consent-record']);
  expect(codes({ activity: { purposes }, consent: { activity: ids.activity } })).toEqual([]);
});

it('an assessment is open again once what it covers changed after it, and not before', () => {
  expect(codes({ activityChangedAt: '2026-10-02T00:00:00.000Z' })).toEqual(['dpia-reopened']);
  // Changed on the day of the assessment: before it was written down it is known, after that not.
  expect(codes({ activityChangedAt: '2026-10-01T08:59:00.000Z' })).toEqual([]);
  expect(codes({ activityChangedAt: '2026-10-01T09:01:00.000Z' })).toEqual(['dpia-reopened']);
  expect(
    codes({
      activityChangedAt: '2026-10-02T08:00:00.000Z',
      dpiaAssessedAt: '2026-10-05T08:00:00.000Z',
    }),
  ).toEqual(['dpia-reopened']);
});

it('a high risk that is left is put to the authority, whose answer is waited for until its day', () => {
  const risks = [
    {
      risk: 'All addresses become known',
      likelihood: 4,
      impact: 5,
      residualLikelihood: 3,
      residualImpact: 4,
    },
  ];
  expect(codes({ dpia: { risks } })).toEqual(['dpia-not-consulted']);
  const asked = { risks, consultedOn: '2026-10-04' };
  expect(codes({ dpia: asked }, '2026-11-29')).toEqual([]);
  expect(codes({ dpia: asked }, '2026-11-30')).toEqual(['dpia-no-answer']);
  expect(codes({ dpia: { ...asked, consultationExtended: true } }, '2026-12-31')).toEqual([]);
  expect(codes({ texts: { dpia: ['description'] } })).toEqual([
    'dpia-no-necessity',
    'dpia-no-measures',
    'dpia-no-advice',
  ]);
});

it('a transfer rests on a decision that is in force for its importer, or it is found', () => {
  const adequacy = { tool: 'adequacy', module: null };
  expect(codes({ transfer: { ...adequacy } })).toEqual(['adequacy-not-for-them']);
  expect(codes({ transfer: { ...adequacy, certified: true } })).toEqual([]);
  expect(
    codes({ transfer: { ...adequacy, country: 'SG' }, contracts: [contract({ dataAt: 'SG' })] }),
  ).toEqual(['adequacy-none']);
  const british = {
    transfer: { ...adequacy, country: 'GB', reviewOn: '2032-06-01' },
    contracts: [contract({ dataAt: 'GB' })],
  };
  expect(codes(british)).toEqual([]);
  const ofTransfer = (on: string) =>
    findAll(whole(british), on)
      .filter(({ code }) => findingKind(code) === 'transfer')
      .map(({ code, weight }) => [code, weight]);
  expect(ofTransfer('2031-12-01')).toEqual([['adequacy-ending', 'warning']]);
  expect(ofTransfer('2031-12-28')).toEqual([['adequacy-none', 'finding']]);
});

it('clauses have a version and an assessment of the law there', () => {
  expect(codes({ transfer: { assessment: null, assessedOn: null, version: null } })).toEqual([
    'no-assessment',
    'no-clauses-version',
  ]);
});

it('a contract with data outside the EEA has a transfer there, and a transfer has a contract, both ways', () => {
  expect(codes({ contracts: [contract({ processedAt: 'GB' })] })).toEqual([
    'contract-without-transfer',
  ]);
  expect(codes({ contracts: [contract({ processedAt: 'GB', endsOn: '2026-11-28' })] })).toEqual([
    'transfer-without-contract',
    'contract-of-another',
  ]);
  expect(codes({ transfer: { state: 'ended', endsOn: '2026-11-01' } })).toEqual([
    'contract-without-transfer',
  ]);
  expect(
    codes({
      contracts: [contract({ provider: id(0) }, [ids.provider])],
      transfer: { contract: ids.contract },
    }),
  ).toEqual(['contract-of-another']);
  expect(codes({ processor: { provider: id(0) }, contracts: [contract()] })).toEqual([
    'transfer-without-processor',
    'contract-of-another',
  ]);
});

it('a processor has the terms of Art 28(3), a contract, a right of audit, and says who else may be engaged', () => {
  const found = findAll(
    whole({
      processor: {
        terms: ['subject', 'a'],
        contract: null,
        auditRight: null,
        subProcessing: null,
        data: [],
      },
    }),
    today,
  );
  expect(found.map(({ code }) => code)).toEqual([
    'no-terms',
    'no-contract',
    'no-sub-processing',
    'no-audit-right',
    'no-processor-data',
  ]);
  expect(found[0]?.sentence).toContain('28(3)(h)');
});

it('a notice says every piece that its kind needs, and a consent is counted', () => {
  const [found] = findAll(
    whole({ notice: { pieces: allPieces.filter((one) => one !== 'complaint') } }),
    today,
  );
  expect(found?.sentence).toBe(
    'It does not say: Complaint to a supervisory authority (13(2)(d), 14(2)(e)).',
  );
  expect(codes({ consent: { given: null, withdrawn: null, countedOn: null } })).toEqual([
    'consent-not-counted',
  ]);
});

it('a notice tells of the right to object on its own, where something can be objected to', () => {
  const pieces = allPieces.filter((one) => one !== 'objection');
  expect(codes({ notice: { pieces } })).toEqual([]);
  expect(codes({ notice: { pieces, hasInterests: true } })).toEqual(['notice-objection']);
  expect(codes({ notice: { hasInterests: true } })).toEqual([]);
  // The activity says it, whatever the notice says of itself.
  const purposes = [
    { purpose: 'To keep accounts safe', basis: 'legitimate-interests', ground: 'Safety' },
  ];
  expect(codes({ notice: { pieces }, activity: { purposes } })).toEqual(['notice-objection']);
  expect(codes({ notice: { pieces, state: 'withdrawn' }, activity: { purposes } })).toEqual([
    'no-notice',
  ]);
});

it('every finding says what to do in a sentence', () => {
  const found = findAll(
    whole({ activity: { purposes: [], persons: [], dpo: null }, processor: { terms: [] } }),
    today,
  );
  for (const { sentence } of found) expect(sentence).toMatch(/^[A-Z].*\.$/);
});
