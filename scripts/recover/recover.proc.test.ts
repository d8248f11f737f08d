import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ed25519 } from '@noble/curves/ed25519.js';
import { base58, base64 } from '@scure/base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf } from '#lib/chains/solana/address.ts';
import { buildTransfer } from '#lib/chains/solana/build.ts';
import { offchainMessage } from '#lib/mpc/backup/address-proof.ts';
import { writeArchive } from '#lib/mpc/backup/archive.ts';
import { drillRecord } from '#lib/mpc/backup/drill.ts';
import { groupRecord } from '#lib/mpc/backup/group.ts';
import { spacePart } from '#lib/mpc/backup/part-text.ts';
import { sealShare } from '#lib/mpc/backup/seal-share.ts';
import {
  makeVault,
  spellings,
  valueOf,
  type Holder,
  type TestVault,
} from '#lib/mpc/backup/testing/vault.ts';
import { generateIdentitySecrets, identityFrom } from '#lib/mpc/wire/identity.ts';
import { publicKeyOf } from '#lib/mpc/frost/group.ts';
import { proofScheme } from '#lib/mpc/frost/scheme.ts';
import { ed25519Suite } from '#lib/mpc/frost/suite.ts';
import { canonicalize } from '#lib/protocol/intent.ts';
import { pinnedNode, projectRoot } from '../supervisor/settings.ts';

const { Point } = ed25519;
const secret = Point.Fn.toBytes(0x1234567890abcdefn ** 4n % Point.Fn.ORDER);
const top = mkdtempSync(join(tmpdir(), 'countersign-recover-'));
let folders = 0;
let said = '';

let vault: TestVault;
let holders: [Holder, Holder, Holder];
let address: string;

type Ended = { code: number | null; output: string };

/** Runs the tool as `npm run recover -- …` would, with lines for its standard input. */
function recover(words: string[], input = ''): Promise<Ended> {
  const child = spawn(pinnedNode, ['scripts/recover.ts', ...words, '--online-ok'], {
    cwd: projectRoot,
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      said += output;
      resolve({ code, output });
    });
  });
}

function newFolder(files: Readonly<Record<string, string>> = {}): string {
  folders += 1;
  const folder = join(top, String(folders));
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const archiveFiles = (from: readonly Holder[], epoch = ''): Record<string, string> =>
  Object.fromEntries(
    from.flatMap(({ party, archive, record }) => [
      [`${party}${epoch}.json`, writeArchive(archive)],
      [`group-${party}${epoch}.json`, `${canonicalize(record)}\n`],
    ]),
  );

/** Files with the first `counts` parts of each party. */
const partFiles = (counts: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(
    holders.flatMap(({ party, custodians }) =>
      custodians
        .slice(0, counts[party] ?? 0)
        .map(({ number, text }) => [`${party}-${number}.txt`, `Card\n\n${spacePart(text)}\n`]),
    ),
  );

const fieldOf = (output: string, name: string): string =>
  new RegExp(`^${name} +(.+)$`, 'mu').exec(output)?.[1] ?? '';

beforeAll(async () => {
  vault = await makeVault({ secret });
  holders = vault.holders as [Holder, Holder, Holder];
  address = addressOf(Point.BASE.multiply(Point.Fn.fromBytes(secret)).toBytes());
});
afterAll(() => rmSync(top, { recursive: true, force: true }));

describe('npm run recover', () => {
  test('rebuilds a key from a threshold of backups and proves its address, and writes nothing', async () => {
    const backups = newFolder(archiveFiles(holders.slice(0, 2)));
    const before = readdirSync(backups);
    const parts = newFolder(partFiles({ control: 2, custody: 2 }));
    const { code, output } = await recover(['--backups', backups, '--parts', parts]);
    expect(code).toBe(0);
    expect(output).toContain(`Address ${address}`);
    expect(output).toMatch(/recovery +no backup/u);
    const message = offchainMessage(address, fieldOf(output, 'message'));
    const signature = base58.decode(fieldOf(output, 'signature'));
    expect(proofScheme(ed25519Suite).verify(publicKeyOf(vault.groupKey), message, signature)).toBe(
      true,
    );
    expect(output).toContain('Nothing of it was written.');
    expect(readdirSync(backups)).toEqual(before);
  });

  test('takes parts from standard input too, row by row as they stand on the cards', async () => {
    const backups = newFolder(archiveFiles(holders));
    const lines = [0, 2].flatMap((place) =>
      (holders[place]?.custodians ?? []).slice(1).map(({ text }) => spacePart(text)),
    );
    const { code, output } = await recover(['--backups', backups], `${lines.join('\n')}\n`);
    expect(output).toContain(`it is the key of ${address}`);
    expect(code).toBe(0);
  });

  test('writes the private scalar only where it is told to, for the owner alone, and never over a file', async () => {
    const backups = newFolder(archiveFiles(holders));
    const parts = newFolder(partFiles({ custody: 2, recovery: 3 }));
    const out = join(newFolder(), 'key.json');
    const words = ['--backups', backups, '--parts', parts, '--out', out, '--address', address];
    const { code, output } = await recover(words);
    expect(code).toBe(0);
    expect(output).toContain('Whoever reads that file alone moves everything');
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const key = JSON.parse(readFileSync(out, 'utf8')) as Record<string, string>;
    expect(key).toEqual({
      type: 'countersign/recovered-key/v1',
      suite: 'FROST-ED25519-SHA512-v1',
      chain: 'solana:sandbox',
      address,
      publicKey: publicKeyOf(vault.groupKey),
      scalar: Buffer.from(secret).toString('hex'),
    });
    rmSync(out);
    writeFileSync(out, 'something else');
    const again = await recover(words);
    expect(again).toMatchObject({
      code: 1,
      output: expect.stringContaining('nothing is overwritten'),
    });
    expect(readFileSync(out, 'utf8')).toBe('something else');
  });

  test('says which parts are missing, and of whom', async () => {
    const backups = newFolder(archiveFiles(holders.slice(0, 2)));
    const parts = newFolder(partFiles({ control: 2, custody: 1 }));
    const { code, output } = await recover(['--backups', backups, '--parts', parts]);
    expect(code).toBe(1);
    expect(output).toContain('These parts are not enough to rebuild key key-warm-1');
    expect(output).toContain(
      'Group keep-custody, which keeps the share of party custody: 1 of 2 parts. 1 of these is needed: part 2 (p-eeeeeeeeee), part 3 (p-ffffffffff).',
    );
  });

  test('does not begin with fewer backups than rebuild the key, and says whose to get', async () => {
    const backups = newFolder(archiveFiles(holders.slice(0, 1)));
    const parts = newFolder(partFiles({ control: 3 }));
    const { code, output } = await recover(['--backups', backups, '--parts', parts]);
    expect(code).toBe(1);
    expect(output).toContain('Get the backup of custody or recovery.');
  });

  test('passes over a damaged backup, a mistyped part and a stranger’s, and names each', async () => {
    const damaged = writeArchive(holders[2].archive).replace('"epoch":1', '"epoch":2');
    const backups = newFolder({
      ...archiveFiles(holders),
      'recovery.json': damaged,
      'x.json': '{',
    });
    const stranger = (await makeVault()).holders[0]?.custodians[0]?.text ?? '';
    const slip = `${holders[0].custodians[2]?.text.slice(0, -2) ?? ''}qq`;
    const parts = newFolder({
      ...partFiles({ control: 2, custody: 2 }),
      'aa-slip.txt': slip,
      'ab-stranger.txt': stranger,
    });
    const { code, output } = await recover(['--backups', backups, '--parts', parts]);
    expect(output).toContain('recovery.json is not used.');
    expect(output).toContain('x.json is not used.');
    expect(output).toMatch(/aa-slip.txt: Part 3 of 3 is mistyped/u);
    expect(output).toMatch(/ab-stranger.txt: Part 1 of 3 belongs to none of the groups/u);
    expect(code).toBe(0);
  });

  test('never mixes epochs: it takes the newest that suffices, and refuses one that does not', async () => {
    const next = (await makeVault({ secret, epoch: 2 })).holders;
    const backups = newFolder({
      ...archiveFiles(holders.slice(0, 2)),
      ...archiveFiles(next.slice(2), '-2'),
    });
    const parts = newFolder(partFiles({ control: 2, custody: 2 }));
    const { code, output } = await recover(['--backups', backups, '--parts', parts]);
    expect(output).toContain('There are backups of epoch 2 too, but too few.');
    expect(code).toBe(0);
    const second = await recover(['--backups', backups, '--parts', parts, '--epoch', '2']);
    expect(second).toMatchObject({ code: 1, output: expect.stringContaining('of epoch 2') });
  });

  test('finds out a backup that somebody forged for a key that exists, with party keys of their own', async () => {
    const identity = identityFrom(generateIdentitySecrets());
    const { identityKey } = identity;
    const seal = holders[2].seal;
    const members = seal.members.map((one) => (one.index === 3 ? { ...one, identityKey } : one));
    const forged = valueOf(await sealShare({ ...seal, members, identity }));
    const backups = newFolder({ ...archiveFiles(holders), 'forged.json': writeArchive(forged) });
    const { code, output } = await recover(['--backups', backups, '--address', address]);
    expect(code).toBe(1);
    expect(output).toContain('and these: forged.json');
  });

  test('stops at another address than the one that is known', async () => {
    const backups = newFolder(archiveFiles(holders));
    const wrong = '11111111111111111111111111111111';
    const { code, output } = await recover(['--backups', backups, '--address', wrong]);
    expect(code).toBe(1);
    expect(output).toContain(`not of ${wrong}`);
  });

  test('asks which key where the backups are of several, and does not read forged ones as one', async () => {
    const hot = (await makeVault({ key: 'key-hot-1' })).holders;
    const both = newFolder({ ...archiveFiles(holders), ...archiveFiles(hot, '-hot') });
    expect(await recover(['--backups', both])).toMatchObject({
      code: 1,
      output: expect.stringContaining('Choose one with --key'),
    });
    const forged = (await makeVault()).holders;
    const mixed = newFolder({ ...archiveFiles(holders), ...archiveFiles(forged.slice(2), '-f') });
    expect(await recover(['--backups', mixed])).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /agree with each other: control.json, custody.json, recovery.json; and these: recovery-f.json/u,
      ),
    });
    const parts = newFolder(partFiles({ control: 2, custody: 2 }));
    const known = await recover(['--backups', mixed, '--parts', parts, '--address', address]);
    expect(known.code).toBe(0);
  });
});

describe('npm run recover -- --drill', () => {
  test('opens one share, and leaves a record without a secret', async () => {
    const backups = newFolder(archiveFiles(holders));
    const parts = newFolder(partFiles({ control: 0, custody: 2 }));
    const out = join(newFolder(), 'record.json');
    const words = ['--backups', backups, '--parts', parts, '--drill'];
    const { code, output } = await recover([...words, '--party', 'custody', '--out', out]);
    expect(output).toContain('The share of party custody opens, and matches its public part.');
    expect(code).toBe(0);
    const record = drillRecord.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect(record).toMatchObject({ party: 'custody', archive: holders[1].archive.digest, address });
    expect(await recover(words)).toMatchObject({
      code: 1,
      output: expect.stringContaining('Say whose: --party control'),
    });
    expect((await recover([...words, '--party', 'control'])).code).toBe(1);
  });
});

describe('npm run recover -- --sign', () => {
  const vaultSigns = (from: string): string =>
    base64.encode(
      buildTransfer({
        feePayer: base58.encode(new Uint8Array(32).fill(1)),
        from,
        to: base58.encode(new Uint8Array(32).fill(2)),
        lamports: 1_500_000_000n,
        memo: null,
        nonce: {
          account: base58.encode(new Uint8Array(32).fill(3)),
          value: base58.encode(new Uint8Array(32).fill(4)),
        },
      }),
    );

  test('shows what a transaction does, and signs it for the address', async () => {
    const backups = newFolder(archiveFiles(holders));
    const parts = newFolder(partFiles({ control: 2, custody: 2 }));
    const file = join(newFolder({ message: vaultSigns(address) }), 'message');
    const words = ['--backups', backups, '--parts', parts, '--sign', file];
    const { code, output } = await recover([...words, '--yes']);
    expect(code).toBe(0);
    expect(output).toContain(`To sign: It moves 1.500000000 SOL from ${address}`);
    const signature = base58.decode(/^signature {4}(.+)$/mu.exec(output)?.[1] ?? '');
    const message = base64.decode(vaultSigns(address));
    expect(proofScheme(ed25519Suite).verify(publicKeyOf(vault.groupKey), message, signature)).toBe(
      true,
    );
    const unsure = await recover(words, 'no\n');
    expect(unsure.output).toContain('Nothing was signed.');
  });

  test('signs nothing that the address does not sign, or that it cannot read', async () => {
    const backups = newFolder(archiveFiles(holders));
    const files = newFolder({
      foreign: vaultSigns(base58.encode(new Uint8Array(32).fill(9))),
      noise: base64.encode(new Uint8Array(40).fill(0x80)),
      text: 'no base64!',
    });
    for (const [name, sentence] of [
      ['foreign', 'needs no signature of'],
      ['noise', 'nothing is signed unread'],
      ['text', 'does not hold base64'],
      ['absent', 'cannot be read'],
    ] as const) {
      const ended = await recover(['--backups', backups, '--sign', join(files, name)]);
      expect(ended).toMatchObject({ code: 1, output: expect.stringContaining(sentence) });
    }
  });
});

describe('npm run recover -- group', () => {
  const group = (party: string, custodians: string, backups: string, parts: string): string[] =>
    `group --organisation sample-custody --environment sandbox --id keep-${party} --party ${party} --threshold 2 --custodians ${custodians} --backups ${backups} --parts ${parts}`.split(
      ' ',
    );

  test('makes groups to which shares are sealed and from whose parts the key comes back', async () => {
    const [backups, parts] = [newFolder(), newFolder()];
    const made = [
      await recover(group('control', 'p-aaaaaaaaaa,p-bbbbbbbbbb,p-cccccccccc', backups, parts)),
      await recover(group('custody', 'p-dddddddddd,p-eeeeeeeeee', backups, parts)),
    ];
    expect(made.map(({ code }) => code)).toEqual([0, 0]);
    expect(readdirSync(parts)).toHaveLength(5);
    for (const name of readdirSync(parts))
      expect(statSync(join(parts, name)).mode & 0o777).toBe(0o600);
    for (const holder of holders.slice(0, 2)) {
      const file = readFileSync(join(backups, `group-keep-${holder.party}.json`), 'utf8');
      const { group: backupGroup } = groupRecord.parse(JSON.parse(file));
      expect(made.map(({ output }) => output).join()).toContain(backupGroup.publicKey);
      const sealed = valueOf(await sealShare({ ...holder.seal, backupGroup }));
      writeFileSync(join(backups, `${holder.party}.json`), writeArchive(sealed));
    }
    const { code, output } = await recover(['--backups', backups, '--parts', parts]);
    expect(output).toContain(`it is the key of ${address}`);
    expect(code).toBe(0);
  });

  test('refuses a custodian who sits in the group of another party already, and shows no part', async () => {
    const [backups, parts] = [newFolder(), newFolder()];
    await recover(group('control', 'p-aaaaaaaaaa,p-bbbbbbbbbb', backups, parts));
    const { code, output } = await recover(
      group('custody', 'p-aaaaaaaaaa,p-dddddddddd', backups, parts),
    );
    expect(code).toBe(1);
    expect(output).toContain('p-aaaaaaaaaa is in the groups keep-control, keep-custody');
    expect(readdirSync(parts)).toHaveLength(2);
  });

  test('is never made over the record of one that exists', async () => {
    const [backups, parts] = [newFolder(), newFolder()];
    const words = group('control', 'p-aaaaaaaaaa,p-bbbbbbbbbb', backups, parts);
    await recover(words);
    const before = readFileSync(join(backups, 'group-keep-control.json'), 'utf8');
    expect((await recover(words)).code).toBe(1);
    expect(readFileSync(join(backups, 'group-keep-control.json'), 'utf8')).toBe(before);
  });
});

describe('everything the tool said in these runs', () => {
  test('holds no share, no scalar and no part', () => {
    expect(said).toContain(address);
    for (const bytes of [secret, ...vault.holders.map(({ share }) => share)])
      for (const spelling of spellings(bytes)) expect(said.includes(spelling)).toBe(false);
    const packed = said.replace(/\s+/gu, '');
    for (const { custodians } of vault.holders)
      for (const { text } of custodians)
        for (let at = 13; at + 15 < text.length; at += 10)
          expect(packed.includes(text.slice(at, at + 15))).toBe(false);
  });
});
