import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  buildNonceAccountCreation,
  nonceAccountAddress,
} from '#lib/chains/solana/build-nonce-account.ts';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { ensureNonceAccount } from '#lib/chains/solana/ensure-nonce-account.ts';
import { assembleTransaction } from '#lib/chains/solana/transaction.ts';
import { findFate } from '#lib/chains/solana/transaction-fate.ts';
import { startSandbox, type SandboxProcess } from './testing/sandbox-process.ts';
import {
  currentNonce,
  freshKey,
  openVault,
  signTransfer,
  SOL,
  until,
  type VaultFixture,
} from './testing/vault-fixture.ts';

const data = mkdtempSync(join(tmpdir(), 'solana-faults-'));
let sandbox: SandboxProcess;
let vault: VaultFixture;

beforeAll(async () => {
  sandbox = await startSandbox({ data });
  vault = await openVault(sandbox.url);
});
afterAll(async () => {
  await sandbox.stop('SIGTERM');
  rmSync(data, { recursive: true });
});

const executed = (id: string) =>
  until(`${id} has run`, async () => {
    const status = await vault.client.getStatus(id);
    return status.status !== 'not-found' && status;
  });

/** Sends without the dry run, as another node might. */
async function sendBlindly(bytes: Uint8Array): Promise<void> {
  const params = [
    Buffer.from(bytes).toString('base64'),
    { encoding: 'base64', skipPreflight: true },
  ];
  const response = await fetch(sandbox.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'sendTransaction', params }),
  });
  expect(await response.json()).toHaveProperty('result');
}

describe('a transaction that the chain loses', () => {
  it('stays possible, and runs once when the same bytes are sent again', async () => {
    const { client, control } = vault;
    const to = freshKey().address;
    const transfer = await signTransfer(vault, { to, lamports: SOL });
    await control.dropTransactions(1);
    expect(await client.sendTransaction(transfer.bytes)).toMatchObject({ outcome: 'accepted' });
    await control.advanceSlots(200);
    expect(await client.getStatus(transfer.id)).toEqual({ status: 'not-found' });
    expect(
      await findFate(client.connection, { transactionId: transfer.id, nonce: transfer.nonce }),
    ).toEqual({ fate: 'possible' });
    expect(await client.sendTransaction(transfer.bytes)).toMatchObject({ outcome: 'accepted' });
    expect(await executed(transfer.id)).toMatchObject({ error: null });
    expect(await client.getBalance(to, 'processed')).toBe(SOL);
  });
});

describe('a transaction that the chain delays', () => {
  it('runs later, once, even when it was sent twice', async () => {
    const { client, control } = vault;
    const to = freshKey().address;
    const transfer = await signTransfer(vault, { to, lamports: SOL });
    await control.delayTransactions(2, 500);
    for (let times = 0; times < 2; times += 1)
      expect(await client.sendTransaction(transfer.bytes)).toMatchObject({ outcome: 'accepted' });
    expect(await client.getStatus(transfer.id)).toEqual({ status: 'not-found' });
    await control.advanceSlots(500);
    expect(await executed(transfer.id)).toMatchObject({ error: null });
    expect(await client.getBalance(to, 'processed')).toBe(SOL);
  });

  it('never runs when another one used its nonce value first', async () => {
    const { client, control } = vault;
    const [late, early] = [freshKey().address, freshKey().address];
    const slow = await signTransfer(vault, { to: late, lamports: SOL });
    const fast = await signTransfer(vault, { to: early, lamports: SOL, value: slow.nonce.value });
    await control.delayTransactions(1, 100);
    expect(await client.sendTransaction(slow.bytes)).toMatchObject({ outcome: 'accepted' });
    expect(await client.sendTransaction(fast.bytes)).toMatchObject({ outcome: 'accepted' });
    await control.advanceSlots(200);
    expect(await client.getStatus(slow.id)).toEqual({ status: 'not-found' });
    expect(
      await findFate(client.connection, { transactionId: slow.id, nonce: slow.nonce }),
    ).toEqual({
      fate: 'superseded',
      by: fast.id,
    });
    expect(await client.getBalance(late, 'processed')).toBe(0n);
  });
});

describe('a connection that breaks after sending', () => {
  it('leaves the outcome unknown; looking it up settles it, and sending again changes nothing', async () => {
    const { client, control } = vault;
    const to = freshKey().address;
    const transfer = await signTransfer(vault, { to, lamports: SOL });
    await control.hangUp(1);
    expect(await client.sendTransaction(transfer.bytes)).toEqual({
      outcome: 'unknown',
      transactionId: transfer.id,
      fault: 'rpc-unreachable',
    });
    expect(await executed(transfer.id)).toMatchObject({ error: null });
    expect(await client.sendTransaction(transfer.bytes)).toMatchObject({
      outcome: 'refused',
      refusal: 'blockhash-not-found',
    });
    expect(await client.getBalance(to, 'processed')).toBe(SOL);
  });

  it('leaves the outcome unknown when no node is there at all', async () => {
    const transfer = await signTransfer(vault, { to: freshKey().address, lamports: SOL });
    const nowhere = createSolanaClient('http://127.0.0.1:9', { timeoutMs: 2_000 });
    expect(await nowhere.sendTransaction(transfer.bytes)).toMatchObject({
      outcome: 'unknown',
      fault: 'rpc-unreachable',
    });
  });
});

describe('a transfer that fails on the chain', () => {
  it('costs the fee, uses its nonce value, moves nothing, and can never run again', async () => {
    const { client, feePayer } = vault;
    const to = freshKey().address;
    const fees = await client.getBalance(feePayer.address, 'processed');
    const transfer = await signTransfer(vault, { to, lamports: 1_000_000n * SOL });
    await sendBlindly(transfer.bytes);
    expect(await executed(transfer.id)).toMatchObject({ error: 'InstructionError 1 Custom 1' });
    expect(await client.getBalance(feePayer.address, 'processed')).toBe(fees - 10_000n);
    expect(await client.getBalance(to, 'processed')).toBe(0n);
    expect(await currentNonce(client, vault.nonceAccount)).not.toBe(transfer.nonce.value);
    expect(
      await findFate(client.connection, { transactionId: transfer.id, nonce: transfer.nonce }),
    ).toMatchObject({
      fate: 'executed',
      error: 'InstructionError 1 Custom 1',
    });
  });
});

describe('an ordinary transaction', () => {
  it('is refused when its blockhash has aged out, and when it ran before', async () => {
    const { client, control, feePayer } = vault;
    const create = (seed: string, blockhash: string): Uint8Array => {
      const message = buildNonceAccountCreation({
        feePayer: feePayer.address,
        seed,
        authority: vault.vault.address,
        lamports: 2_000_000n,
        blockhash,
      });
      return assembleTransaction(message, { [feePayer.address]: feePayer.sign(message) });
    };
    const blockhash = await client.getLatestBlockhash();
    const once = create('ordinary-1', blockhash);
    expect(await client.sendTransaction(once)).toMatchObject({ outcome: 'accepted' });
    expect(await client.sendTransaction(once)).toMatchObject({
      outcome: 'refused',
      refusal: 'already-processed',
    });
    await control.advanceSlots(151);
    for (const bytes of [once, create('ordinary-2', blockhash)])
      expect(await client.sendTransaction(bytes)).toMatchObject({
        outcome: 'refused',
        refusal: 'blockhash-not-found',
      });
  });
});

describe('a nonce account', () => {
  it('is made once however often it is asked for, also when the answer was lost', async () => {
    const { client, control, feePayer } = vault;
    const request = { feePayer, authority: freshKey().address, seed: 'once-only' };
    await control.hangUp(1);
    expect(await ensureNonceAccount(client, request)).toMatchObject({
      step: 'creating',
      sent: { outcome: 'unknown' },
    });
    const ready = await until('it is ready', async () => {
      const step = await ensureNonceAccount(client, request);
      return step.step === 'ready' && step;
    });
    expect(ready.account).toBe(nonceAccountAddress(feePayer.address, 'once-only'));
    expect(await ensureNonceAccount(client, request)).toEqual(ready);
  });

  it('is not called ready before its value is final', async () => {
    const { client, feePayer } = vault;
    const request = { feePayer, authority: freshKey().address, seed: 'not-yet-final' };
    const steps = new Set<string>();
    await until('it is ready', async () => {
      const { step, account } = await ensureNonceAccount(client, request);
      steps.add(step);
      if (step !== 'ready') return false;
      expect((await client.getNonce(account, 'finalized')).state).toBe('ready');
      return true;
    });
    expect([...steps]).toEqual(['creating', 'confirming', 'ready']);
  });

  it('of another authority, or an address that holds something else, is not taken for it', async () => {
    const { client, control, feePayer } = vault;
    const other = { feePayer, authority: freshKey().address, seed: 'once-only' };
    expect(await ensureNonceAccount(client, other)).toMatchObject({ step: 'address-taken' });
    await control.deposit(nonceAccountAddress(feePayer.address, 'squatted'), SOL);
    await control.advanceSlots(2);
    expect(await ensureNonceAccount(client, { ...other, seed: 'squatted' })).toMatchObject({
      step: 'address-taken',
    });
  });
});
