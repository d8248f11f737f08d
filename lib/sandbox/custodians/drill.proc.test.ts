import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { drillRecord } from '#lib/mpc/backup/drill.ts';
import { connectParty, type PartyClient } from '#lib/mpc/client/party-client.ts';
import { collectBackups } from '#lib/operations/keys/collect-backups.ts';
import { prepareKeyBackup } from '#lib/operations/keys/prepare-key-backup.ts';
import { viewKeys } from '#lib/operations/keys/view-keys.ts';
import { roster as rosterSchema } from '#lib/protocol/roster.ts';
import { systemClock } from '#lib/platform/clock.ts';
import type { Context } from '#lib/platform/context.ts';
import { databaseFor } from '#lib/platform/db/client.ts';
import { readWebEnvironment } from '#lib/platform/env.ts';
import { settingsFrom } from '#lib/platform/web-context.ts';
import { sandboxFolder, webVariables } from '#scripts/supervisor/environments.ts';
import { loadSecrets } from '#scripts/supervisor/secrets.ts';
import { runScript } from '#scripts/supervisor/testing/processes.ts';
import { raiseAs } from '../colleagues/colleague.ts';
import { Team } from '../colleagues/team.ts';
import { startStack, type Stack } from '../faults/testing/stack.ts';
import { waitFor } from '../seed/seed-context.ts';
import { custodianFiles, sandboxMark } from './folder.ts';

const key = 'key-hot-1';
let stack: Stack;
let context: Context;
let team: Team;
let clients: readonly PartyClient[];
const saved = mkdtempSync(join(tmpdir(), 'cs-saved-backups-'));

/** Runs `npm run recover -- …` on this sandbox's data folder. */
async function recover(words: readonly string[], mode = 'sandbox') {
  const run = runScript(['scripts/recover.ts', ...words], {
    COUNTERSIGN_DATA: stack.settings.data,
    COUNTERSIGN_MODE: mode,
  });
  return { code: await run.ended, output: run.output() };
}

beforeAll(async () => {
  stack = await startStack();
  const secrets = loadSecrets(stack.settings.data);
  const environment = readWebEnvironment(
    webVariables(stack.settings, secrets, { webUrl: stack.webUrl, workerUrl: '' }),
  );
  context = {
    db: databaseFor(environment.databaseUrl),
    clock: systemClock,
    settings: settingsFrom(environment),
  };
  clients = environment.parties.map((party) => connectParty(party));
  team = await Team.load(stack.keyRing, context, new Map());
  await stack.keeper('recovery').start();
}, 180_000);
afterAll(async () => {
  for (const client of clients ?? []) client.close();
  await context?.db.$disconnect();
  await stack?.stop();
  rmSync(saved, { recursive: true, force: true });
});

test('a backup of a sample key is raised, made, shown as covered, saved, and passes a drill with the sandbox’s own parts', async () => {
  const { actor } = await team.signIn('ada');
  const operation = randomUUID();
  // The register learns within seconds that the party that is usually off is there.
  const raised = await waitFor('the backup is raised', 30_000, async () => {
    const tried = await raiseAs(
      await team.signIn('ada'),
      (by) => prepareKeyBackup(by, { operation, key }, context),
      context,
    );
    return tried.ok ? tried : null;
  });
  expect(raised.ok).toBe(true);
  valueOf(await team.carry(operation));
  await waitFor('every share is sealed', 60_000, async () => {
    const { state } = await context.db.operation.findUniqueOrThrow({ where: { id: operation } });
    return state === 'done' ? true : null;
  });
  const line = await waitFor('the register shows the coverage', 30_000, async () => {
    const found = valueOf(await viewKeys(actor, context)).find(({ id }) => id === key);
    return found?.backedUp === 3 ? found : null;
  });
  expect(line.parties).toEqual(['control', 'custody', 'recovery']);

  for (const { file } of valueOf(await collectBackups(actor, { operation }, clients, context)))
    if (file) writeFileSync(join(saved, file.name), file.text);
  expect(readdirSync(saved)).toHaveLength(3);

  for (const party of line.parties) {
    const out = join(saved, `drill-${party}.record`);
    const drilled = await recover([
      '--sandbox',
      '--backups',
      saved,
      '--drill',
      '--party',
      party,
      '--out',
      out,
    ]);
    expect(drilled.output).toContain(
      `The share of party ${party} opens, and matches its public part.`,
    );
    expect(drilled.output).toContain('A try-out of the sandbox');
    expect(drilled.code).toBe(0);
    expect(drillRecord.parse(JSON.parse(readFileSync(out, 'utf8')))).toMatchObject({ party, key });
  }
  const { address } = line.vault ?? { address: '' };
  const rebuilt = await recover(['--sandbox', '--backups', saved, '--address', address]);
  expect(rebuilt.output).toContain(address);
  expect(rebuilt.code).toBe(0);
}, 180_000);

test('the parts lie in files of the sandbox that only their owner reads, each marked, and production takes none of them', async () => {
  const { parts, notice } = custodianFiles(sandboxFolder(stack.settings.data));
  expect(readFileSync(notice, 'utf8')).toContain('# Sandbox only');
  const names = readdirSync(parts);
  expect(names).toHaveLength(15);
  for (const name of names) {
    expect(readFileSync(join(parts, name), 'utf8')).toContain(`${sandboxMark}\n`);
    expect(statSync(join(parts, name)).mode & 0o777).toBe(0o600);
  }
  const refused = await recover(['--sandbox', '--backups', saved, '--drill'], 'production');
  expect(refused.code).toBe(1);
  expect(refused.output).toContain('never those of production');
});

test('nobody is in two groups, two parts at least open one, and each party has its own', async () => {
  const { document } = await context.db.rosterVersion.findFirstOrThrow({
    orderBy: { version: 'asc' },
  });
  const { backups = [], parties } = rosterSchema.parse(JSON.parse(document));
  expect(backups.map(({ party }) => party).sort()).toEqual(parties.map(({ name }) => name).sort());
  const people = backups.flatMap(({ custodians }) => custodians);
  expect(new Set(people).size).toBe(people.length);
  expect(backups.every(({ threshold }) => threshold >= 2)).toBe(true);
});
