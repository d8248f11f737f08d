import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FreezeIntent } from '#lib/protocol/stop-intents.ts';
import { adopt, handNo, partyStatus } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import {
  holdGenesis,
  must,
  openVault,
  randomNonce,
  removeAll,
  startParties,
  transferFor,
  type Custody,
  type Vault,
} from '../testing/custody.ts';
import { inAnHour, rosterChangeIntent, withdrawalIntent } from '../testing/organisation.ts';
import type { PartyProcess } from '../testing/party-process.ts';

const WITHIN = { timeout: 10_000 };

describe('parties that talk to each other without the console', () => {
  let custody: Custody;
  let vault: Vault;
  let [control, second, recovery] = [] as unknown as [PartyProcess, PartyProcess, PartyProcess];
  const status = async (party: PartyProcess) => must(await partyStatus(party.client));
  const agree = async (party: PartyProcess) =>
    (await status(party)).peers.every((peer) => peer.agrees);

  beforeAll(async () => {
    custody = await startParties();
    [control, second, recovery] = custody.parties as [PartyProcess, PartyProcess, PartyProcess];
    await holdGenesis(custody);
    vault = await openVault(custody);
  });
  afterAll(() => removeAll(custody));

  const withdraw = () => {
    const intent = withdrawalIntent(vault.destination);
    const bundle = custody.organisation.bundle(intent);
    const transaction = transferFor(vault, intent, randomNonce());
    const sign = () =>
      signTransaction({ clients: [control.client, second.client], bundle, transaction });
    return { intent, bundle, sign };
  };

  test('a rejection handed to one party alone stops the others, though nobody carries it', async () => {
    const { intent, sign } = withdraw();
    const no = custody.organisation.say('cora', 'reject', intent);
    must(await handNo(recovery.client, no));
    const refusals = new Set<string>();
    await expect
      .poll(async () => {
        const answer = await sign();
        if (!answer.ok) refusals.add(answer.refusal);
        return [...refusals];
      }, WITHIN)
      .toContain('attempt-ended');
  });

  test('a freeze at one party reaches all, and its release brings them together again', async () => {
    const freeze: FreezeIntent = {
      type: 'countersign/intent/v1',
      organisation: 'sample-custody',
      environment: 'sandbox',
      operation: randomUUID(),
      notAfter: inAnHour(),
      kind: 'freeze',
      scope: { what: 'everything' },
      reasonCommitment: '0'.repeat(64),
    };
    const { organisation } = custody;
    const statements = [organisation.say('remy', 'raise', freeze)];
    must(await adopt(recovery.client, { intent: freeze, statements }));
    for (const party of [control, second])
      await expect.poll(async () => (await status(party)).freezes.length, WITHIN).toBe(1);
    expect(await withdraw().sign()).toMatchObject({ refusal: 'everything-frozen' });
    const release = {
      ...freeze,
      operation: randomUUID(),
      kind: 'release' as const,
      freeze: freeze.operation,
    };
    const { scope: _scope, ...intent } = release;
    const few = organisation.bundle(intent);
    expect(await adopt(control.client, few)).toMatchObject({ refusal: 'statements-incomplete' });
    const enough = {
      ...few,
      statements: [
        organisation.say('remy', 'raise', intent),
        organisation.say('raisa', 'approve', intent),
        organisation.say('adam', 'approve', intent),
        organisation.say('cora', 'cosign', intent),
      ],
    };
    must(await adopt(control.client, enough));
    for (const party of [second, recovery])
      await expect.poll(async () => (await status(party)).freezes.length, WITHIN).toBe(0);
    for (const party of [control, second]) await expect.poll(() => agree(party), WITHIN).toBe(true);
    must(await withdraw().sign());
  });

  test('a party that was off catches up with versions and stops from the others by itself', async () => {
    await recovery.stop();
    let { roster } = custody.organisation;
    for (let step = 0; step < 2; step += 1) {
      const change = rosterChangeIntent(roster);
      if (change.kind !== 'roster-change') throw new Error('kind');
      roster = change.roster;
      const bundle = custody.organisation.bundle(change, {
        rosterVersion: roster.version - 1,
      });
      must(await adopt(control.client, bundle));
      await expect
        .poll(async () => (await status(second)).rosterVersion, WITHIN)
        .toBe(roster.version);
    }
    await recovery.start();
    await expect
      .poll(async () => (await status(recovery)).rosterVersion, WITHIN)
      .toBe(roster.version);
  });

  test('a party alone waits for the word of another before a share moves', async () => {
    await Promise.all([second.stop(), recovery.stop()]);
    await control.stop();
    await control.start();
    expect((await status(control)).word).toBe('none-yet');
    await second.start();
    await expect.poll(async () => (await status(control)).word, WITHIN).toBe('heard');
    await recovery.start();
  });

  test('an old copy of a data folder is noticed by what the others saw, and signs nothing', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'cs-old-'));
    await second.stop();
    cpSync(second.data, copy, { recursive: true });
    await second.start();
    await expect.poll(() => agree(control), WITHIN).toBe(true);
    must(await withdraw().sign());
    // The others have heard how far it came since.
    const heardAt = Date.now();
    await expect
      .poll(async () => {
        const peer = (await status(control)).peers.find(({ name }) => name === second.name);
        return Date.parse(peer?.heardAt ?? '') > heardAt + 1_000;
      }, WITHIN)
      .toBe(true);
    await second.stop();
    rmSync(second.data, { recursive: true });
    cpSync(copy, second.data, { recursive: true });
    await second.start();
    await expect.poll(async () => (await status(second)).word, WITHIN).toBe('behind');
    expect(await withdraw().sign()).toMatchObject({ ok: false });
    const { intent, bundle } = withdraw();
    const { chain, message } = transferFor(vault, intent, randomNonce());
    const alone = await signTransaction({
      clients: [second.client, recovery.client],
      bundle,
      transaction: { chain, message },
    });
    expect(alone).toMatchObject({ refusal: 'own-store-behind' });
    rmSync(copy, { recursive: true, force: true });
  });

  test('what is not signed by a party of the roster changes nothing', async () => {
    const before = await status(control);
    for (const path of ['/peer/heads', '/peer/decrees', '/peer/spends'])
      for (const body of ['{}', 'x', '{"heads":{},"signature":"00"}', '[]'.repeat(20_000)]) {
        const answer = await fetch(`${control.origin}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        }).catch(() => null);
        expect(answer?.status ?? 400).toBe(400);
      }
    expect((await status(control)).word).toBe(before.word);
  });
});
