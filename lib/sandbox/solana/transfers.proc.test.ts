import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
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

const data = mkdtempSync(join(tmpdir(), 'solana-transfers-'));
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

const finalized = (id: string) =>
  until(`${id} is finalized`, async () => {
    const status = await vault.client.getStatus(id);
    return status.status === 'finalized' && status;
  });

/** Many payments of 1 SOL in one batch. */
async function depositMany(to: string, count: number): Promise<string[]> {
  const questions = Array.from({ length: count }, (_, id) => ({
    jsonrpc: '2.0',
    id,
    method: 'sandbox_deposit',
    params: [to, Number(SOL)],
  }));
  const response = await fetch(sandbox.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(questions),
  });
  return z
    .array(z.object({ result: z.string() }))
    .parse(await response.json())
    .map(({ result }) => result);
}

describe('a transfer through a durable nonce', () => {
  it('moves the amount, charges the fee payer and not the vault, and uses the nonce', async () => {
    const { client, feePayer } = vault;
    const to = freshKey().address;
    const before = {
      vault: await client.getBalance(vault.vault.address, 'processed'),
      feePayer: await client.getBalance(feePayer.address, 'processed'),
    };
    const transfer = await signTransfer(vault, { to, lamports: SOL, memo: 'WD-2026-000001' });
    expect(await client.simulate(transfer.bytes)).toMatchObject({ ok: true });
    expect(await client.sendTransaction(transfer.bytes)).toEqual({
      outcome: 'accepted',
      transactionId: transfer.id,
    });
    expect(await finalized(transfer.id)).toMatchObject({ error: null });
    expect(await client.getBalance(to, 'finalized')).toBe(SOL);
    expect(await client.getBalance(vault.vault.address, 'finalized')).toBe(before.vault - SOL);
    expect(await client.getBalance(feePayer.address, 'finalized')).toBe(before.feePayer - 10_000n);
    expect(await currentNonce(client, vault.nonceAccount)).not.toBe(transfer.nonce.value);
    expect(
      await findFate(client.connection, { transactionId: transfer.id, nonce: transfer.nonce }),
    ).toMatchObject({
      fate: 'executed',
      error: null,
    });
  });

  it('never confirms twice: the same bytes, and another transfer with the same nonce value, are refused', async () => {
    const { client } = vault;
    const [first, second] = [freshKey().address, freshKey().address];
    const one = await signTransfer(vault, { to: first, lamports: SOL });
    const two = await signTransfer(vault, { to: second, lamports: SOL, value: one.nonce.value });
    expect(await client.sendTransaction(one.bytes)).toMatchObject({ outcome: 'accepted' });
    for (const again of [one, two, one])
      expect(await client.sendTransaction(again.bytes)).toMatchObject({
        outcome: 'refused',
        refusal: 'blockhash-not-found',
      });
    await finalized(one.id);
    expect(await client.getBalance(first, 'finalized')).toBe(SOL);
    expect(await client.getBalance(second, 'finalized')).toBe(0n);
    expect(await client.getStatus(two.id)).toEqual({ status: 'not-found' });
    const fate = await until('the nonce value is finally used', async () => {
      const found = await findFate(client.connection, { transactionId: two.id, nonce: two.nonce });
      return found.fate === 'superseded' && found;
    });
    expect(fate.by).toBe(one.id);
  });

  it('keeps working long after a blockhash would have aged out', async () => {
    const { client, control } = vault;
    const transfer = await signTransfer(vault, { to: freshKey().address, lamports: SOL });
    await control.advanceSlots(1000);
    expect(
      await findFate(client.connection, { transactionId: transfer.id, nonce: transfer.nonce }),
    ).toEqual({ fate: 'possible' });
    expect(await client.sendTransaction(transfer.bytes)).toMatchObject({ outcome: 'accepted' });
    expect(await finalized(transfer.id)).toMatchObject({ error: null });
  });

  it('is refused before it costs anything when the vault has too little, or the signature is wrong', async () => {
    const { client, feePayer } = vault;
    const fees = await client.getBalance(feePayer.address, 'processed');
    const tooMuch = await signTransfer(vault, {
      to: freshKey().address,
      lamports: 1_000_000n * SOL,
    });
    expect(await client.sendTransaction(tooMuch.bytes)).toMatchObject({
      outcome: 'refused',
      refusal: 'would-fail',
      error: 'InstructionError 1 Custom 1',
    });
    const broken = await signTransfer(vault, { to: freshKey().address, lamports: SOL });
    broken.bytes[70] = (broken.bytes[70] ?? 0) ^ 1;
    expect(await client.sendTransaction(broken.bytes)).toMatchObject({
      outcome: 'refused',
      refusal: 'bad-signature',
    });
    expect(await client.getBalance(feePayer.address, 'processed')).toBe(fees);
  });

  it('that leaves a new account below the rent-exempt minimum is refused', async () => {
    const { client } = vault;
    const least = await client.getRentExemptMinimum(0n);
    const dust = await signTransfer(vault, { to: freshKey().address, lamports: least - 1n });
    expect(await client.sendTransaction(dust.bytes)).toMatchObject({
      outcome: 'refused',
      refusal: 'would-fail',
      error: 'InsufficientFundsForRent account_index 3',
    });
    const enough = await signTransfer(vault, { to: freshKey().address, lamports: least });
    expect(await client.sendTransaction(enough.bytes)).toMatchObject({ outcome: 'accepted' });
  });
});

describe('deposits', () => {
  it('are listed oldest first with sender and memo, page by page, without failed or outgoing transactions', async () => {
    const { client, control } = vault;
    const other = await openVault(sandbox.url, freshKey(), freshKey());
    const address = other.vault.address;
    const first = await control.deposit(address, 3n * SOL, 'C-20418');
    const outgoing = await signTransfer(other, { to: freshKey().address, lamports: SOL });
    expect(await client.sendTransaction(outgoing.bytes)).toMatchObject({ outcome: 'accepted' });
    const second = await control.deposit(address, 4n * SOL);
    await finalized(second);

    const all = await client.getTransfers(address, { until: null });
    expect(all.transfers.map((transfer) => [transfer.transactionId, transfer.lamports])).toEqual([
      [expect.any(String), 10n * SOL],
      [first, 3n * SOL],
      [second, 4n * SOL],
    ]);
    expect(all).toMatchObject({ more: false, cursor: second });
    expect(all.transfers[1]).toMatchObject({ memo: 'C-20418' });
    expect(await client.getTransfers(address, { until: all.cursor })).toEqual({
      transfers: [],
      cursor: second,
      more: false,
    });

    const paged: string[] = [];
    for (let cursor: string | null = null, more = true; more;) {
      const page = await client.getTransfers(address, { until: cursor, limit: 1 });
      paged.push(...page.transfers.map((transfer) => transfer.transactionId));
      ({ cursor, more } = page);
    }
    expect(paged).toEqual(all.transfers.map((transfer) => transfer.transactionId));
  });

  it('that are not final yet are not listed unless asked for', async () => {
    const { client, control } = vault;
    const address = freshKey().address;
    const id = await control.deposit(address, SOL);
    await until('it is confirmed', async () => (await client.getStatus(id)).status !== 'processed');
    const early = await client.getTransfers(address, { until: null, commitment: 'confirmed' });
    expect(early.transfers).toMatchObject([{ transactionId: id, lamports: SOL }]);
    await finalized(id);
    expect((await client.getTransfers(address, { until: null })).transfers).toHaveLength(1);
  });

  it('of more than one page of ids are all found, in order', async () => {
    const { client, control } = vault;
    const address = freshKey().address;
    const sent: string[] = [];
    while (sent.length <= 500) sent.push(...(await depositMany(address, 50)));
    await control.advanceSlots(32);
    const page = await client.getTransfers(address, { until: null, limit: 3 });
    expect(page.transfers.map((transfer) => transfer.transactionId)).toEqual(sent.slice(0, 3));
    expect(page).toMatchObject({ more: true, cursor: sent[2] });
  });
});
