/** The tool, for a vault with accounts of their own for owners. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HDKey } from '@scure/bip32';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountAddress } from '#lib/chains/account-address.ts';
import { bitcoinContextOf } from '#lib/chains/account-context.ts';
import { transactionId } from '#lib/chains/bitcoin/assemble.ts';
import { writeArchive } from '#lib/mpc/backup/archive.ts';
import { spacePart } from '#lib/mpc/backup/part-text.ts';
import { makeVault, spellings, type TestVault } from '#lib/mpc/backup/testing/vault.ts';
import { publicKeyOf } from '#lib/mpc/frost/group.ts';
import { CLIENT, outside, paymentFor } from '#lib/mpc/testing/bitcoin.ts';
import { taprootKey } from '#lib/mpc/testing/organisation.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { pinnedNode, projectRoot } from '../supervisor/settings.ts';

const top = mkdtempSync(join(tmpdir(), 'countersign-recover-bitcoin-'));
const [backups, parts] = [join(top, 'backups'), join(top, 'parts')];
/** A private key that the test knows, big-endian. */
const secret = new Uint8Array(32).fill(0x4d);
let vault: TestVault;

beforeAll(async () => {
  vault = await makeVault({ kind: taprootKey, secret });
  mkdirSync(backups);
  mkdirSync(parts);
  for (const { party, archive, record, custodians } of vault.holders.slice(1)) {
    writeFileSync(join(backups, `${party}.json`), writeArchive(archive));
    writeFileSync(join(backups, `group-${party}.json`), `${canonicalize(record)}\n`);
    for (const { number, text } of custodians.slice(0, 2))
      writeFileSync(join(parts, `${party}-${number}.txt`), `Card\n\n${spacePart(text)}\n`);
  }
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

const words = ['--backups', backups, '--parts', parts, '--online-ok'];

function recover(...more: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(pinnedNode, ['scripts/recover.ts', ...words, ...more], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

const keyOf = () => ({ ...taprootKey, publicKey: publicKeyOf(vault.groupKey) });
const addressFor = (owner: string | null) =>
  accountAddress({
    ...taprootKey,
    publicKey: new Uint8Array(Buffer.from(publicKeyOf(vault.groupKey), 'hex')),
    owner,
  });

test('rebuilds the key, proves the vault’s address, and prints what all addresses follow from', async () => {
  const { code, output } = await recover();
  expect(output).toContain(`Address ${addressFor(null)}`);
  expect(output).toMatch(/^extended +tpub/mu);
  expect(output).toContain('Nothing of it was written.');
  for (const spelling of spellings(secret)) expect(output).not.toContain(spelling);
  expect(code).toBe(0);
});

test('shows and signs a payment out of the account of the owner that is named, and of no other', async () => {
  const account = bitcoinContextOf(keyOf(), CLIENT);
  const payment = paymentFor(account, outside());
  const file = join(top, 'payment');
  writeFileSync(file, Buffer.from(payment.message).toString('base64'));
  const signed = await recover('--sign', file, '--owner', CLIENT, '--yes');
  expect(signed.output).toContain(
    `It pays 0.00090000 BTC from the account ${addressFor(CLIENT)} to ${outside()}`,
  );
  expect(signed.output).toContain(transactionId(payment.message, account));
  expect(signed.code).toBe(0);
  const foreign = await recover('--sign', file, '--yes');
  expect(foreign.code).not.toBe(0);
  expect(foreign.output).toContain('is no payment out of this account');
});

test('writes a key that wallets import and that gives the same addresses', async () => {
  const out = join(top, 'key.json');
  const { code } = await recover('--out', out);
  expect(code).toBe(0);
  const file = JSON.parse(readFileSync(out, 'utf8')) as Record<string, string>;
  expect(file).toMatchObject({ ...keyOf(), scalar: Buffer.from(secret).toString('hex') });
  const versions = { public: 0x043587cf, private: 0x04358394 };
  const wallet = HDKey.fromExtendedKey(file['extendedPrivateKey'] ?? '', versions);
  expect(Buffer.from(wallet.privateKey ?? []).toString('hex')).toBe(file['scalar']);
  expect(wallet.publicExtendedKey).toBe(file['extendedPublicKey']);
});
