import { once } from 'node:events';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSolanaClient } from '#lib/chains/solana/client.ts';
import { createSandboxControl } from './control.ts';
import { spawnSandbox, startSandbox, type SandboxProcess } from './testing/sandbox-process.ts';
import {
  currentNonce,
  freshKey,
  openVault,
  signTransfer,
  SOL,
  until,
  type VaultFixture,
} from './testing/vault-fixture.ts';

let data: string;
let sandbox: SandboxProcess;
let vault: VaultFixture;

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'solana-restart-'));
  sandbox = await startSandbox({ data });
  vault = await openVault(sandbox.url);
});
afterEach(async () => {
  await sandbox.stop('SIGKILL');
  rmSync(data, { recursive: true });
});

const logPath = (): string => join(data, 'sandbox', 'solana', 'chain.jsonl');

/** Ends the chain, starts it again, and points the fixture at it. */
async function restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  await sandbox.stop(signal);
  sandbox = await startSandbox({ data });
  vault = {
    ...vault,
    client: createSolanaClient(sandbox.url, { timeoutMs: 5_000 }),
    control: createSandboxControl(sandbox.url),
  };
}

async function look(id: string, to: string) {
  const { client, feePayer, nonceAccount } = vault;
  return {
    genesis: (await client.health()).genesisHash,
    vault: await client.getBalance(vault.vault.address, 'processed'),
    to: await client.getBalance(to, 'processed'),
    feePayer: await client.getBalance(feePayer.address, 'processed'),
    nonce: await currentNonce(client, nonceAccount),
    status: (await client.getStatus(id)).status === 'not-found',
  };
}

describe.each(['SIGTERM', 'SIGKILL'] as const)('after %s the chain', (signal) => {
  it('has every acknowledged transaction, the same balances, nonce and history', async () => {
    const to = freshKey().address;
    const transfer = await signTransfer(vault, { to, lamports: SOL, memo: 'kept' });
    expect(await vault.client.sendTransaction(transfer.bytes)).toMatchObject({
      outcome: 'accepted',
    });
    const before = await look(transfer.id, to);
    const slot = (await vault.client.health()).slot;
    await restart(signal);
    expect(await look(transfer.id, to)).toEqual(before);
    expect((await vault.client.health()).slot).toBeGreaterThanOrEqual(slot);
    await vault.control.advanceSlots(32);
    const { transfers } = await vault.client.getTransfers(to, { until: null });
    expect(transfers).toMatchObject([
      { transactionId: transfer.id, lamports: SOL, memo: 'kept', from: vault.vault.address },
    ]);
  });

  it('still refuses a nonce value that was used, and takes the next one', async () => {
    const to = freshKey().address;
    const used = await signTransfer(vault, { to, lamports: SOL });
    await vault.client.sendTransaction(used.bytes);
    await restart(signal);
    expect(await vault.client.sendTransaction(used.bytes)).toMatchObject({
      outcome: 'refused',
      refusal: 'blockhash-not-found',
    });
    const next = await signTransfer(vault, { to, lamports: SOL });
    expect(await vault.client.sendTransaction(next.bytes)).toMatchObject({ outcome: 'accepted' });
    expect(await vault.client.getBalance(to, 'processed')).toBe(2n * SOL);
  });

  it('runs a delayed transaction when its time comes, once', async () => {
    const to = freshKey().address;
    const transfer = await signTransfer(vault, { to, lamports: SOL });
    await vault.control.delayTransactions(1, 5_000);
    expect(await vault.client.sendTransaction(transfer.bytes)).toMatchObject({
      outcome: 'accepted',
    });
    await restart(signal);
    expect(await vault.client.getStatus(transfer.id)).toEqual({ status: 'not-found' });
    await vault.control.advanceSlots(5_000);
    expect(await vault.client.getStatus(transfer.id)).toMatchObject({ error: null });
    await restart(signal);
    expect(await vault.client.getBalance(to, 'processed')).toBe(SOL);
  });
});

describe('killed in the middle of a stream of transfers', () => {
  it('each ran exactly once or not at all, and every acknowledged one ran', async () => {
    const to = freshKey().address;
    const acknowledged: string[] = [];
    // A transfer whose outcome is unknown is made again with the same id: nonce and amount are the same.
    const sent = new Set<string>();
    for (let round = 0; round < 3; round += 1) {
      const killed = new Promise<void>((resolve) => {
        sandbox.child.once('exit', () => resolve());
      });
      let alive = true;
      void killed.then(() => {
        alive = false;
      });
      const stop = sent.size + 3 + round;
      while (alive) {
        const transfer = await signTransfer(vault, { to, lamports: SOL / 100n }).catch(() => null);
        if (!transfer) break;
        // The kill races with the answer, so some outcomes are unknown.
        if (sent.size === stop) sandbox.child.kill('SIGKILL');
        const outcome = await vault.client.sendTransaction(transfer.bytes);
        if (outcome.outcome === 'refused') continue;
        sent.add(transfer.id);
        if (outcome.outcome === 'accepted') acknowledged.push(transfer.id);
      }
      await killed;
      await restart('SIGKILL');
    }
    let ran = 0n;
    for (const id of sent) {
      const status = await vault.client.getStatus(id);
      if (status.status !== 'not-found') ran += 1n;
      else expect(acknowledged).not.toContain(id);
    }
    expect(await vault.client.getBalance(to, 'processed')).toBe(ran * (SOL / 100n));
  });
});

describe('the state on the disk', () => {
  it('is cut back to its last whole line when a crash tore the last one', async () => {
    const before = await vault.client.getBalance(vault.vault.address, 'processed');
    await sandbox.stop('SIGKILL');
    appendFileSync(logPath(), '{"kind":"transaction","id":"torn');
    await restart('SIGKILL');
    expect(await vault.client.getBalance(vault.vault.address, 'processed')).toBe(before);
    expect(readFileSync(logPath(), 'utf8')).not.toContain('torn');
  });

  it('stops the start with a sentence when a line in the middle is damaged', async () => {
    await sandbox.stop('SIGTERM');
    const lines = readFileSync(logPath(), 'utf8').split('\n');
    lines[1] = lines[1]?.slice(5) ?? '';
    writeFileSync(logPath(), lines.join('\n'));
    await expect(startSandbox({ data })).rejects.toThrow(/damaged at byte \d+\. Run npm run reset/);
  });

  it('can be read by its owner only, because the faucet key is in it', () => {
    expect(statSync(logPath()).mode & 0o777).toBe(0o600);
  });
});

describe('the start', () => {
  it.each([
    [
      'in production',
      ['--data', '/nowhere'],
      { COUNTERSIGN_MODE: 'production' },
      'does not start with COUNTERSIGN_MODE=production',
    ],
    ['without a data folder', [], { COUNTERSIGN_DATA: '' }, 'COUNTERSIGN_DATA'],
    [
      'with a port that is none',
      ['--data', '/nowhere', '--port', '70000'],
      {},
      'COUNTERSIGN_SOLANA_PORT (or --port) must be a whole number',
    ],
    [
      'with a slot length that is none',
      ['--data', '/nowhere', '--slot-ms', '0'],
      {},
      'COUNTERSIGN_SOLANA_SLOT_MS',
    ],
    ['with an unknown argument', ['--fast'], {}, '--fast'],
  ])('%s is refused with a sentence', async (_name, args, env, sentence) => {
    const child = spawnSandbox(args, env);
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    await once(child, 'close');
    expect(child.exitCode).toBe(1);
    expect(said).toContain(sentence);
    expect(said).not.toContain('    at ');
  });

  it('on a taken port is refused before the state is touched', async () => {
    const port = Number(new URL(sandbox.url).port);
    await expect(startSandbox({ data, port })).rejects.toThrow(`Port ${port} is taken`);
    expect(
      await until('it still runs', async () => (await vault.client.health()).genesisHash),
    ).toBe(sandbox.genesisHash);
  });
});
