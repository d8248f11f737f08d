import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { deposit } from '#lib/ledger/testing/books.ts';
import { digestOf, policyChangeIntent } from '#lib/protocol/intent.ts';
import { createSandboxControl } from '#lib/sandbox/solana/control.ts';
import { startSandbox, type SandboxProcess } from '#lib/sandbox/solana/testing/sandbox-process.ts';
import { freshKey, SOL, until } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { expireOperations } from '../expire-operations.ts';
import { intentBase } from '../intent-base.ts';
import { prepareDestination } from '../prepare-destination.ts';
import { prepareFreeze } from '../prepare-freeze.ts';
import { prepareKeyCeremony } from '../prepare-key-ceremony.ts';
import { prepareRelease } from '../prepare-release.ts';
import { prepareRaise } from '../prepare-raise.ts';
import { prepareWithdrawal } from '../prepare-withdrawal.ts';
import {
  advance,
  decide,
  openPartyDesk,
  state,
  stateAll,
  type PartyDesk,
} from '../testing/party-desk.ts';
import { loadTrust } from '../trust.ts';
import { viewOperation } from '../view-operation.ts';
import { keepNonceAccounts } from './keep-nonce-accounts.ts';

const client = 'C-1001';
const delaySeconds = 30;
const data = mkdtempSync(join(tmpdir(), 'cs-delay-'));
let chain: SandboxProcess;
let desk: PartyDesk;
let destination: string;

async function makeVault(): Promise<void> {
  const prepared = await prepareKeyCeremony(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      vault: 'warm-1',
      name: 'Warm 1',
      tier: 'warm',
      chain: 'solana:sandbox',
    },
    desk.context,
  );
  const operation = await stateAll(desk, prepared);
  valueOf(await decide(desk, 'sofia', operation, 'cosign'));
  expect(await advance(desk, operation)).toBe('done');
  const { address } = await desk.owner.vault.findUniqueOrThrow({ where: { id: 'warm-1' } });
  await createSandboxControl(chain.url).deposit(address, 10n * SOL);
  await until('the vault has nonce accounts', async () => {
    await keepNonceAccounts(desk.worker);
    return (await desk.owner.nonceAccount.count()) >= 4;
  });
}

async function listDestination(): Promise<string> {
  const prepared = await prepareDestination(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      client,
      chain: 'solana:sandbox',
      asset: 'SOL',
      address: freshKey().address,
      label: 'Own wallet',
    },
    desk.context,
  );
  expect(await advance(desk, await stateAll(desk, prepared))).toBe('done');
  return valueOf(prepared).intent.destination.id;
}

/** Every withdrawal waits from now on: that only tightens, so one person may state it. */
async function delayWithdrawals(): Promise<void> {
  const trust = await loadTrust(desk.owner);
  if (!trust) throw new Error('There is no policy.');
  const { policy } = trust;
  const intent = policyChangeIntent.parse({
    ...intentBase({ operation: randomUUID(), kind: 'policy-change', policy }, desk.context),
    policy: {
      ...policy,
      version: policy.version + 1,
      previous: digestOf(policy),
      rules: policy.rules.map((rule) =>
        rule.id === 'withdrawal' ? { ...rule, outcome: { ...rule.outcome, delaySeconds } } : rule,
      ),
    },
  });
  const { actor } = desk.people.ada;
  const prepared = await prepareRaise(
    actor,
    { intent, note: null, attempt: 1 },
    trust,
    desk.context,
  );
  const { operation } = valueOf(await state(desk, 'ada', prepared));
  expect(await advance(desk, operation)).toBe('done');
}

beforeAll(async () => {
  chain = await startSandbox({ data });
  const feePayer = freshKey();
  await createSandboxControl(chain.url).deposit(feePayer.address, SOL);
  const solana = createSolanaClient(chain.url, { timeoutMs: 5_000 });
  desk = await openPartyDesk({}, { solana, feePayer });
  const { database, owner } = desk;
  await owner.client.create({ data: { id: client } });
  await makeVault();
  const books = { database, owner, web: desk.context.db, worker: desk.worker.db };
  await deposit(books, client, 6n * SOL);
  destination = await listDestination();
  desk.passTime(6_000);
  await delayWithdrawals();
}, 60_000);
afterAll(async () => {
  await desk.close();
  await chain.stop('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

async function withdrawal(): Promise<string> {
  const prepared = await prepareWithdrawal(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      client,
      vault: 'warm-1',
      destination,
      asset: 'SOL',
      amount: '1',
      memo: '',
      reason: 'Client asked for it',
    },
    desk.context,
  );
  if (!prepared.ok || prepared.value.outcome !== 'sign')
    throw new Error(prepared.ok ? 'Raised before.' : prepared.refusal.sentence);
  expect(prepared.value.allowed.waitSeconds).toBe(delaySeconds);
  const { request } = prepared.value;
  return stateAll(desk, { ok: true, value: { request } });
}

const holdOf = async (operation: string) =>
  (
    await desk.owner.hold.findFirstOrThrow({
      where: { operationId: operation },
      include: { resolution: true },
    })
  ).resolution?.outcome ?? 'open';

const phaseOf = async (operation: string) =>
  (await desk.owner.chainTransaction.findFirstOrThrow({ where: { operationId: operation } })).phase;

describe('a withdrawal that policy delays', () => {
  it('waits with its transaction built and no share out, then is signed and sent', async () => {
    const operation = await withdrawal();
    expect(await advance(desk, operation)).toBe('waiting');
    expect(await phaseOf(operation)).toBe('built');
    expect(await advance(desk, operation)).toBe('waiting');
    desk.passTime((delaySeconds + 1) * 1000);
    expect(await advance(desk, operation)).toBe('broadcast');
  });

  it('is ended by any one officer while it waits, and what it held is free again', async () => {
    const operation = await withdrawal();
    expect(await advance(desk, operation)).toBe('waiting');
    expect(valueOf(await decide(desk, 'sofia', operation, 'reject')).state).toBe('rejected');
    expect(await holdOf(operation)).toBe('voided');
    desk.passTime((delaySeconds + 1) * 1000);
    expect(await advance(desk, operation)).toBe('rejected');
    await keepNonceAccounts(desk.worker);
    expect(await desk.owner.nonceAccount.count({ where: { operationId: operation } })).toBe(0);
  });

  it('takes no nonce account from those that do not wait', async () => {
    const before = await desk.owner.nonceAccount.count();
    const operation = await withdrawal();
    expect(await advance(desk, operation)).toBe('waiting');
    await until('one more nonce account is there', async () => {
      await keepNonceAccounts(desk.worker);
      return (await desk.owner.nonceAccount.count()) > before;
    });
  });
});

describe('a freeze that was stated and that no party has taken over yet', () => {
  let held: string;
  const view = async () =>
    valueOf(await viewOperation(desk.people.sofia.actor, held, desk.context));

  it('keeps what is on its way from being signed, and anything new from being raised', async () => {
    const onItsWay = await withdrawal();
    const waiting = await withdrawal();
    expect(await advance(desk, waiting)).toBe('waiting');
    for (const party of Object.values(desk.parties)) party.isReachable = false;
    const prepared = await prepareFreeze(
      desk.people.jonas.actor,
      {
        operation: randomUUID(),
        scope: { what: 'vault', vault: 'warm-1' },
        reason: 'Something looks wrong.',
      },
      desk.context,
    );
    const frozen = valueOf(await state(desk, 'jonas', prepared));
    for (const party of Object.values(desk.parties)) party.isReachable = true;
    expect(await advance(desk, onItsWay)).toBe('held');
    desk.passTime((delaySeconds + 1) * 1000);
    expect(await advance(desk, waiting)).toBe('held');
    const row = await desk.owner.operation.findUniqueOrThrow({ where: { id: waiting } });
    expect([row.stopCode, row.stopParty]).toEqual(['vault-frozen', null]);
    expect(row.stopSentence).toContain(frozen.number);
    await expect(withdrawal()).rejects.toThrow(
      `It is ${frozen.number}. Policy asks for two approvers of Control and two co-signers of Custody, beside who raises it.`,
    );
    held = waiting;
  });

  it('is named on the page of what it held, with its release, and still once it is released', async () => {
    const freeze = await desk.owner.freeze.findFirstOrThrow({ include: { operation: true } });
    const itself = { operation: freeze.operationId, number: freeze.operation.number };
    expect(await view()).toMatchObject({
      freezes: [{ ...itself, scope: 'Vault warm-1', releasedAt: null, release: null }],
      stops: null,
    });
    const prepared = await prepareRelease(
      desk.people.ada.actor,
      { operation: randomUUID(), freeze: freeze.operationId, reason: 'It was explained.' },
      desk.context,
    );
    const { operation } = valueOf(await state(desk, 'ada', prepared));
    const release = { operation, number: expect.stringContaining('RL-') };
    expect((await view()).freezes).toMatchObject([{ ...itself, releasedAt: null, release }]);
    for (const [name, decision] of [
      ['marek', 'approve'],
      ['lena', 'approve'],
      ['ines', 'cosign'],
      ['jonas', 'cosign'],
    ] as const)
      valueOf(await decide(desk, name, operation, decision));
    expect(await advance(desk, freeze.operationId)).toBe('done');
    expect(await advance(desk, operation)).toBe('done');
    expect((await view()).freezes).toMatchObject([
      { ...itself, releasedAt: expect.any(String), release },
    ]);
  });

  it('is not named by what was raised after its release', async () => {
    held = await withdrawal();
    expect(await advance(desk, held)).toBe('waiting');
    expect(await view()).toMatchObject({
      freezes: [],
      stops: expect.stringContaining('Until then anyone entitled can reject it here.'),
    });
  });
});

it('a withdrawal that a party kept waiting until its statements counted no more is held, and ends with its money free', async () => {
  const operation = await withdrawal();
  expect(await advance(desk, operation)).toBe('waiting');
  for (const party of Object.values(desk.parties)) party.isReachable = false;
  desk.passTime((delaySeconds + 1) * 1000);
  expect(await advance(desk, operation)).toBe('signing');
  const row = await desk.owner.operation.findUniqueOrThrow({ where: { id: operation } });
  desk.passTime(row.expiresAt.getTime() - desk.context.clock().getTime());
  expect(await advance(desk, operation)).toBe('held');
  expect(await phaseOf(operation)).toBe('built');
  await expireOperations(desk.worker);
  expect(await desk.owner.operation.findUniqueOrThrow({ where: { id: operation } })).toMatchObject({
    state: 'expired',
    stopSentence: expect.stringContaining('a party gave no answer') as string,
  });
  expect(await holdOf(operation)).toBe('expired');
  await keepNonceAccounts(desk.worker);
  expect(await desk.owner.nonceAccount.count({ where: { operationId: operation } })).toBe(0);
});
