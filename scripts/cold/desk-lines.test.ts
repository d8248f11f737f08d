import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readArchive } from '#lib/mpc/backup/archive.ts';
import { backUpHalf } from '#lib/mpc/testing/cold-backup.ts';
import { TerminalLines } from '#lib/mpc/travel/terminal-lines.ts';
import { advanceColdCeremony } from '#lib/mpc/client/cold-ceremony.ts';
import {
  ceremonyWorld,
  coldKeyIntent,
  newCeremony,
  openColdCustody,
  openColdVault,
  pressAt,
  sendOut,
  type ColdCustody,
} from '#lib/mpc/testing/cold-custody.ts';
import type { Vault } from '#lib/mpc/testing/custody.ts';
import { travelWords } from '#lib/protocol/travel/travel-document.ts';
import { runDesk } from './desk-lines.ts';

let custody: ColdCustody;
let vault: Vault;
let folder: string;
beforeAll(async () => {
  custody = openColdCustody();
  vault = await openColdVault(custody);
  folder = mkdtempSync(join(tmpdir(), 'cs-desk-'));
});
afterAll(() => {
  custody.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A person at the terminal: types each line once the one before was dealt with. */
async function atDesk(...typed: (string | (() => void))[]): Promise<string> {
  let output = '';
  async function* keyboard(): AsyncGenerator<string> {
    for (const line of typed)
      if (typeof line === 'string') yield `${line}\n`;
      else line();
  }
  await runDesk({
    desk: custody.a.desk,
    lines: new TerminalLines(keyboard()),
    write: (text) => {
      output += text;
    },
    window: () => ({ columns: 120, rows: 60 }),
  });
  return output;
}

test('a person reads a request, sees amount, address and words, and saves the answer after the key press', async () => {
  const out = await sendOut(custody, vault);
  const path = join(folder, 'request.txt');
  writeFileSync(path, out.text);
  const output = await atDesk(
    `read ${path}`,
    'save /tmp',
    () => void pressAt(custody.a, custody),
    `save ${folder}`,
    `save ${folder}`,
    'q',
  );
  expect(output).toContain('0.001500000 SOL');
  expect(output).toContain(vault.destination.address);
  expect(output).toContain(travelWords(out.trip.requestDigest).join(' '));
  expect(output).toContain('press your key');
  expect(output).toContain('There is no answer yet.');
  expect(output).toContain('The answer is ready.');
  expect(output).toContain('nothing is overwritten');
  const [name = ''] = readdirSync(folder).filter((entry) => entry.startsWith('signing-answer-'));
  expect(readFileSync(join(folder, name), 'utf8')).toMatch(/^countersign\/travel\/v1\n/u);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  // Nothing that came from outside moves the cursor.
  expect(output).not.toContain('\u001b');
});

test('a person lets a step of a ceremony be taken, and is warned before closing on it', async () => {
  const world = ceremonyWorld(
    custody,
    custody.organisation.bundle(coldKeyIntent('key-cold-3', 'cold-3')),
  );
  const step = await advanceColdCeremony(newCeremony(custody), world);
  if (step.outcome.kind !== 'waiting') throw new Error(step.outcome.kind);
  const path = join(folder, 'round.txt');
  writeFileSync(path, step.outcome.documents[0]?.text ?? '');
  const output = await atDesk('take', `read ${path}`, 'take', 'show', '', 'q', 'q', '', 'q', 'q');
  expect(output).toContain('No step of a ceremony lies on the desk.');
  expect(output).toContain('promise a part of it');
  expect(output).toMatch(/Code 1 of \d/u);
  expect(output.match(/closing makes it void/gu)).toHaveLength(2);
});

test('the sealed share of a backup is written beside the answer, where there is no other one of its name', async () => {
  const { document } = await backUpHalf(custody, 'key-cold-1');
  const place = mkdtempSync(join(folder, 'backup-'));
  const path = join(folder, 'backup.txt');
  writeFileSync(path, document);
  const name = 'share-key-cold-1-cold-a-epoch-1.json';
  const output = await atDesk(
    'clear',
    `read ${path}`,
    'take',
    `save ${place}`,
    `save ${join(place, 'once-more.txt')}`,
    'q',
  );
  expect(output).toContain(`the sealed share to ${join(place, name)}`);
  expect(output).toContain('nothing is overwritten');
  const [answer = '', ...more] = readdirSync(place).filter((entry) => entry !== name);
  // Where the one can't be written the other is not written either.
  expect(more).toEqual([]);
  expect(readFileSync(join(place, answer), 'utf8')).toMatch(/^countersign\/travel\/v1\n/u);
  expect(readArchive(readFileSync(join(place, name)))).toMatchObject({
    ok: true,
    value: { party: 'cold-a', key: 'key-cold-1', epoch: 1 },
  });
  expect(statSync(join(place, name)).mode & 0o777).toBe(0o600);
});

test.each([
  ['nonsense', 'read FILE '],
  ['read', 'name the file'],
  ['read /nowhere/at/all', 'cannot be read'],
  ['save', 'no answer yet'],
  ['show', 'no answer yet'],
  ['codes\nq', 'Reading was stopped'],
])('%j is answered with a sentence', async (typed, sentence) => {
  expect(await atDesk('clear', typed)).toContain(sentence);
});
