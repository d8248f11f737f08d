import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditOf } from '#lib/audit/queries.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { openAfterGenesis, type AfterGenesis } from '#lib/operations/testing/after-genesis.ts';
import { listClients } from '../list-clients.ts';
import { markSummarySent } from '../policy/mark-sent.ts';
import { recordPolicy } from '../policy/record-policy.ts';
import { recordPolicyRequest } from '../policy/record-request.ts';
import { viewPolicy } from '../policy/view-policy.ts';
import { viewClient } from '../view-client.ts';
import { endAgreement } from './end-agreement.ts';
import { registerAgreement } from './register-agreement.ts';

let desk: AfterGenesis;
beforeEach(async () => {
  desk = await openAfterGenesis();
  await desk.owner.client.createMany({ data: [{ id: 'C-1001' }, { id: 'C-1002' }] });
});
afterEach(() => desk.database.drop());

const me = () => desk.founders[0].actor;
const policy = (over = {}) =>
  recordPolicy(
    me(),
    {
      adoptedOn: '2026-01-05',
      text: 'Keys are kept by parties of which no two answer to the same person.',
      summary: 'Keys are shared among parties; no one person can move anything.',
      ...over,
    },
    desk.context,
  );
const signed = {
  client: 'C-1001',
  contents: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
  signedOn: '2026-02-02',
  inForceFrom: '2026-02-03',
  policyVersion: '1',
  rights: 'client',
  parties: 'Sample Custodian and Example GmbH',
  document: 'File 2026-17',
};
const register = (over = {}) => registerAgreement(me(), { ...signed, ...over }, desk.context);
const clients = async () => valueOf(await listClients(me(), { after: null }, desk.context));

describe('an agreement', () => {
  it('is registered with its seven contents, is in force, and the client has no finding any more', async () => {
    valueOf(await policy());
    expect((await clients()).withoutAny).toBe(2);
    const { number } = valueOf(await register());
    expect(await clients()).toMatchObject({
      withoutAny: 1,
      clients: [
        { client: 'C-1001', agreement: { number, version: 1 }, finding: null },
        { client: 'C-1002', agreement: null, finding: 'no-agreement' },
      ],
    });
    const { agreements } = valueOf(await viewClient(me(), 'C-1001', desk.context));
    expect(agreements).toMatchObject([
      { number, isInForce: true, parties: signed.parties, document: 'File 2026-17' },
    ]);
    const { entries } = await auditOf(desk.owner, { subject: number });
    expect(entries).toMatchObject([{ kind: 'register-opened', facts: { client: 'C-1001' } }]);
  });

  it('is refused by name where something is missing or can’t be, and nothing is kept', async () => {
    valueOf(await policy());
    const cases: readonly [string, object][] = [
      ['contents-missing', { contents: ['a', 'b', 'c', 'd', 'e', 'f'] }],
      ['contents-missing', { contents: 'a' }],
      ['contents-missing', { contents: undefined }],
      ['before-signature', { inForceFrom: '2026-02-01' }],
      ['in-the-future', { signedOn: '2099-12-31', inForceFrom: '2100-01-01' }],
      ['policy-unknown', { policyVersion: '2' }],
      ['client-unknown', { client: 'C-9999' }],
      ['form-invalid', { signedOn: '2026-02-30' }],
      ['text-invalid', { parties: 'x\u202ey' }],
    ];
    for (const [code, over] of cases)
      expect([over, await register(over)]).toMatchObject([over, { refusal: { code } }]);
    expect(await desk.owner.registerCase.count()).toBe(0);
  });

  it('ends once, with reasons, and the next one is version 2', async () => {
    valueOf(await policy());
    const { id } = valueOf(await register());
    const end = () =>
      endAgreement(me(), { id, seen: '0', reasons: 'Both sides agreed to end it.' }, desk.context);
    valueOf(await end());
    expect(await end()).toMatchObject({ refusal: { code: 'case-moved' } });
    expect((await clients()).clients[0]).toMatchObject({ finding: 'no-agreement' });
    valueOf(await register({ inForceFrom: '2026-03-01' }));
    expect((await clients()).clients[0]).toMatchObject({ agreement: { version: 2 } });
  });

  it('is found however many others of the same page have been registered since', async () => {
    valueOf(await policy());
    valueOf(await register());
    const before = await clients();
    const one = await desk.owner.registerCase.findFirstOrThrow({
      where: { register: 'agreement', clientId: 'C-1001' },
      orderBy: { openedAt: 'desc' },
    });
    await desk.owner.client.create({ data: { id: 'C-1003' } });
    const later = Array.from({ length: 501 }, (_, place) => ({
      id: randomUUID(),
      number: `AG-2026-${900_000 + place}`,
      register: 'agreement',
      clientId: 'C-1003',
      openedBy: one.openedBy,
      openedAt: new Date(),
      facts: { ...Object(one.facts), version: place + 1 },
    }));
    await desk.owner.registerCase.createMany({ data: later });
    const found = await clients();
    expect(found.clients[0]).toEqual(before.clients[0]);
    expect(found.clients[2]).toMatchObject({ client: 'C-1003', agreement: { version: 501 } });
  });

  it('is for who may write, and read by who may read', async () => {
    const reader = { ...me(), scopes: new Set(['client:read'] as const) };
    expect(await registerAgreement(reader, signed, desk.context)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
    const stranger = { ...me(), scopes: new Set(['ledger:read'] as const) };
    expect(await listClients(stranger, { after: null }, desk.context)).toMatchObject({
      refusal: { code: 'not-allowed' },
    });
  });
});

describe('the custody policy', () => {
  it('grows by versions; the same text again and one adopted earlier are refused', async () => {
    valueOf(await policy());
    expect(await policy()).toMatchObject({ refusal: { code: 'policy-same' } });
    const text = 'Keys are kept by parties, and cold ones have no network at all.';
    expect(await policy({ text, adoptedOn: '2026-01-04' })).toMatchObject({
      refusal: { code: 'adopted-before' },
    });
    expect(valueOf(await policy({ text, adoptedOn: '2026-06-01' }))).toEqual({ version: 2 });
    const first = valueOf(await viewPolicy(me(), { version: '1' }, desk.context));
    expect(first.versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(first.shown?.text).toContain('no two answer');
  });

  it('a request for the summary is logged, sent once, and says which bytes were sent', async () => {
    valueOf(await policy());
    const asked = { client: '', receivedAt: '2026-11-23T10:00', recipient: 'someone@example.org' };
    const { id } = valueOf(await recordPolicyRequest(me(), asked, desk.context));
    const send = (seen: string) => markSummarySent(me(), { id, seen }, desk.context);
    valueOf(await send('0'));
    expect(await send('1')).toMatchObject({ refusal: { code: 'step-not-now' } });
    const { requests } = valueOf(await viewPolicy(me(), { version: null }, desk.context));
    expect(requests).toMatchObject([
      { client: null, recipient: 'someone@example.org', sent: { policyVersion: 1 } },
    ]);
    expect(requests[0]?.sent?.digest).toMatch(/^[0-9a-f]{64}$/);
  });
});
