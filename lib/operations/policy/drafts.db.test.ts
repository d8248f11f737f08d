import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { receiptsOf } from '#lib/protocol/testing/vault-receipts.ts';
import { openAfterGenesis, press, type AfterGenesis } from '../testing/after-genesis.ts';
import { viewOperation } from '../view-operation.ts';
import { beginDraft, draftsMax } from './begin-draft.ts';
import { checkDraft } from './check-draft.ts';
import { discardDraft } from './discard-draft.ts';
import { preparePolicyChange } from './prepare-policy-change.ts';
import { saveDraft, type SavedDraft } from './save-draft.ts';
import { viewDraft, type DraftView } from './view-draft.ts';
import { viewPolicy } from './view-policy.ts';
import { viewPolicyVersion } from './view-policy-version.ts';

let desk: AfterGenesis;
beforeAll(async () => {
  desk = await openAfterGenesis();
});
afterAll(() => desk.database.drop());

const ada = () => desk.founders[0].actor;
const control = () => desk.founders[1].actor;
const auditor = () => ({ ...ada(), scopes: new Set(['operation:read']) }) as never;

const begin = async (name = 'Lower the cap'): Promise<DraftView> => {
  const { id } = valueOf(await beginDraft(ada(), { name }, desk.context));
  return view(id);
};
const view = async (id: string): Promise<DraftView> =>
  valueOf(await viewDraft(ada(), id, desk.context));
const save = async (draft: DraftView, policy: Policy, by = ada()): Promise<SavedDraft> =>
  valueOf(
    await saveDraft(
      by,
      {
        id: draft.id,
        revision: draft.revision,
        baseVersion: draft.baseVersion,
        document: JSON.stringify(policy),
      },
      desk.context,
    ),
  );
const withCap = (policy: Policy, perOperation: string): Policy => ({
  ...policy,
  caps: [{ asset: 'SOL', perOperation }],
});
const raise = (draft: DraftView, by = ada()) =>
  preparePolicyChange(
    by,
    { operation: randomUUID(), draft: draft.id, revision: draft.revision },
    desk.context,
  );

describe('a draft', () => {
  it('begins with the rules in force and says so', async () => {
    const draft = await begin();
    expect(draft).toMatchObject({ name: 'Lower the cap', baseVersion: 1, revision: 1 });
    expect(draft.report).toMatchObject({
      changes: [],
      problems: [],
      effect: { what: 'nothing' },
      cannotRaise: expect.stringContaining('the same as version 1'),
    });
    const listed = valueOf(await viewPolicy(control(), desk.context)).drafts;
    expect(listed.map(({ id }) => id)).toContain(draft.id);
  });

  it('keeps what two people save one after the other', async () => {
    const draft = await begin();
    await save(draft, withCap(draft.policy, '1000000000'));
    const again = await view(draft.id);
    await save(again, withCap(again.policy, '2000000000'), control());
    expect(await view(draft.id)).toMatchObject({
      revision: 3,
      updatedBy: { id: control().personId },
      policy: { caps: [{ perOperation: '2000000000' }] },
    });
  });

  it('is not overwritten by somebody who read an older revision; they learn what would change', async () => {
    const draft = await begin();
    await save(draft, withCap(draft.policy, '1000000000'));
    const late = await save(draft, withCap(draft.policy, '3000000000'), control());
    expect(late).toMatchObject({
      outcome: 'conflict',
      revision: 2,
      changes: [{ how: 'changed', what: 'cap for SOL' }],
    });
    expect(await view(draft.id)).toMatchObject({
      revision: 2,
      policy: { caps: [{ perOperation: '1000000000' }] },
    });
  });

  it('of two who save at once exactly one is first', async () => {
    const draft = await begin();
    const answers = await Promise.all(
      ['1', '2', '3', '4'].map((units) => save(draft, withCap(draft.policy, units))),
    );
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual([
      'conflict',
      'conflict',
      'conflict',
      'saved',
    ]);
    expect((await view(draft.id)).revision).toBe(2);
  });

  it('goes off the list when it is discarded, and can neither be saved nor raised any more', async () => {
    const draft = await begin();
    valueOf(await discardDraft(ada(), { id: draft.id, revision: 1 }, desk.context));
    const listed = valueOf(await viewPolicy(ada(), desk.context)).drafts;
    expect(listed.map(({ id }) => id)).not.toContain(draft.id);
    expect(await view(draft.id)).toMatchObject({ isDiscarded: true, canChange: false });
    const input = {
      id: draft.id,
      revision: 2,
      baseVersion: 1,
      document: JSON.stringify(draft.policy),
    };
    expect(await saveDraft(ada(), input, desk.context)).toMatchObject({
      refusal: { code: 'draft-discarded' },
    });
    expect(await raise({ ...draft, revision: 2 })).toMatchObject({
      refusal: { code: 'draft-unknown' },
    });
  });

  it('is for people who may raise policy changes; others read it', async () => {
    const draft = await begin();
    const refusal = { refusal: { code: 'not-allowed' } };
    expect(await beginDraft(auditor(), { name: 'Nope' }, desk.context)).toMatchObject(refusal);
    expect(await saveDraft(auditor(), {}, desk.context)).toMatchObject(refusal);
    expect(await discardDraft(auditor(), {}, desk.context)).toMatchObject(refusal);
    expect(await checkDraft(auditor(), {}, desk.context)).toMatchObject(refusal);
    expect(await preparePolicyChange(auditor(), {}, desk.context)).toMatchObject(refusal);
    const read = valueOf(await viewDraft(auditor(), draft.id, desk.context));
    expect(read.canChange).toBe(false);
  });

  it.each([
    ['no JSON', '{'],
    ['the same key twice', '{"type":"countersign/policy/v1","type":"countersign/policy/v1"}'],
    ['another document', '{"type":"countersign/roster/v1"}'],
  ])('is not saved from %s', async (_name, document) => {
    const draft = await begin();
    const input = { id: draft.id, revision: 1, baseVersion: 1, document };
    expect(await saveDraft(ada(), input, desk.context)).toMatchObject({
      refusal: { code: 'draft-malformed' },
    });
    expect((await view(draft.id)).revision).toBe(1);
  });

  it('that names more vaults than fit is refused by what is too long, wherever it is sent, and saved with fewer', async () => {
    const draft = await begin();
    const naming = (count: number): Policy => ({
      ...draft.policy,
      ownVaults: Array.from({ length: count }, (_, place) => {
        const named = { vault: `vault-${place}`, chain: 'solana:sandbox', address: 'A'.repeat(44) };
        return { ...named, receipts: receiptsOf(named, ['control', 'custody', 'recovery']) };
      }),
    });
    const sent = (count: number) => ({
      id: draft.id,
      revision: 1,
      baseVersion: 1,
      document: JSON.stringify(naming(count)),
    });
    const refusal = {
      code: 'draft-too-long',
      sentence: expect.stringMatching(
        /takes \d+ kB, and 62 kB is the most .* Its 100 own vaults take \d+ kB .*: name fewer of them/u,
      ) as string,
    };
    // The most that the shape of a policy allows.
    const all = sent(100);
    expect(await saveDraft(ada(), all, desk.context)).toMatchObject({ refusal });
    expect(await checkDraft(ada(), { document: all.document }, desk.context)).toMatchObject({
      refusal,
    });
    expect(await save(draft, naming(20))).toMatchObject({ outcome: 'saved' });
    // A server action takes 64 kB, the rest of the form included.
    expect(JSON.stringify([sent(20)]).length).toBeLessThan(64_000);
  });

  it('is one of at most so many', async () => {
    const open = await desk.owner.policyDraft.count({ where: { discardedAt: null } });
    for (let count = open; count < draftsMax; count += 1) await begin('One of many');
    expect(await beginDraft(ada(), { name: 'One more' }, desk.context)).toMatchObject({
      refusal: { code: 'too-many-drafts' },
    });
    const rows = await desk.owner.policyDraft.findMany({ where: { name: 'One of many' } });
    for (const { id } of rows)
      valueOf(await discardDraft(ada(), { id, revision: 1 }, desk.context));
  });
});

describe('the check of a draft', () => {
  const check = async (policy: Policy) =>
    valueOf(await checkDraft(ada(), { document: JSON.stringify(policy) }, desk.context));

  it('tells a tightening from a loosening, and whom each needs', async () => {
    const { policy } = await begin();
    expect((await check(withCap(policy, '1'))).effect).toEqual({ what: 'tightens', asks: null });
    expect((await check(withCap(policy, '9000000000000'))).effect).toEqual({
      what: 'loosens',
      asks: 'one approver of Control and one co-signer of Custody',
      wait: '5 seconds',
    });
  });

  it('says what is unsound at the rule it is in', async () => {
    const { policy } = await begin();
    const [first, ...rest] = policy.rules;
    if (!first) throw new Error('There is a rule.');
    const report = await check({
      ...policy,
      rules: [
        {
          ...first,
          outcome: {
            effect: 'allow',
            needs: [{ group: 'control', decision: 'approve', people: 1 }],
          },
        },
        ...rest,
      ],
    });
    expect(report.problems).toEqual([
      { rule: first.id, field: 'needs', sentence: expect.stringContaining('co-signer of Custody') },
    ]);
    expect(report.cannotRaise).toBe('Mend what is listed first.');
  });

  it('says when nobody could put it right again', async () => {
    const { policy } = await begin();
    const report = await check({
      ...policy,
      rules: [
        {
          id: 'shut',
          name: 'No more changes',
          when: { kinds: ['policy-change', 'roster-change'] },
          outcome: { effect: 'deny', reason: 'it is perfect' },
        },
        ...policy.rules,
      ],
    });
    expect(report.lockout).toMatch(/nobody could change the roster or the policy/);
    expect(report.cannotRaise).toBe(report.lockout);
  });
});

describe('raising a draft', () => {
  it('becomes an operation with the whole next version in it', async () => {
    const draft = await begin('Higher cap');
    await save(draft, withCap(draft.policy, '9000000000000'));
    const prepared = valueOf(await raise(await view(draft.id)));
    expect(prepared.intent.version).toBe(2);
    const { operation } = valueOf(await press(desk.founders[0], prepared.request, desk.context));
    const { intent, needs } = valueOf(await viewOperation(control(), operation, desk.context));
    expect(intent).toMatchObject({
      kind: 'policy-change',
      policy: { version: 2, caps: [{ perOperation: '9000000000000' }] },
    });
    expect(needs.map(({ label }) => label)).toEqual([
      'Approver of Control',
      'Co-signer of Custody',
    ]);
    const { waiting } = valueOf(await viewPolicy(control(), desk.context));
    expect(waiting).toMatchObject([
      { id: operation, version: 2, waitsFor: 'One approver of Control' },
    ]);
  });

  it('refuses a draft that somebody saved since it was read', async () => {
    const draft = await begin();
    await save(draft, withCap(draft.policy, '1'));
    expect(await raise(draft)).toMatchObject({ refusal: { code: 'draft-changed' } });
  });

  it('refuses a draft with problems, by name', async () => {
    const draft = await begin();
    await save(draft, { ...draft.policy, timeLockSeconds: 7 * 86_400 });
    expect(await raise(await view(draft.id))).toMatchObject({
      refusal: { code: 'draft-unsound', sentence: 'Mend what is listed first.' },
    });
  });

  it('refuses a draft over a version that is not in force any more', async () => {
    const draft = await begin();
    await save(draft, withCap(draft.policy, '1'));
    await desk.owner.policyDraft.update({
      where: { id: draft.id },
      data: { baseVersion: 7, revision: 3, updatedAt: new Date() },
    });
    expect(await raise(await view(draft.id))).toMatchObject({
      refusal: { code: 'draft-behind' },
    });
  });
});

describe('versions', () => {
  it('are shown by number, the first without a difference', async () => {
    const first = valueOf(await viewPolicyVersion(control(), '1', desk.context));
    expect(first).toMatchObject({ version: 1, changes: null, until: null, operation: null });
    for (const number of ['0', '2', '1.5', 'x'])
      expect(await viewPolicyVersion(control(), number, desk.context)).toMatchObject({
        refusal: { code: 'version-unknown' },
      });
  });
});
