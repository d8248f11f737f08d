/** Somebody copied one party's data folder, and both copies go on: each grows in its own way. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { adopt } from '../client/party-client.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { must, randomAddress, randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { openLocalParty, type LocalCustody, type LocalParty } from '../testing/in-process.ts';
import { listingIntent, withdrawalIntent } from '../testing/organisation.ts';
import { askAbout, postTo, talk } from '../testing/peer-talk.ts';
import { alone, freezeIntent } from '../testing/stops.ts';
import { openVaultedCustody, type VaultedCustody } from '../testing/vaulted.ts';
import { endedBySomeone } from './attempt.ts';
import type { Party } from './party.ts';
import { differingPeers, newPeerState } from './peers.ts';
import { standingFreezes } from './store/stops.ts';
import { takeNo } from './take-no.ts';

describe('two copies of one party', () => {
  let custody: LocalCustody;
  let vault: Vault;
  /** The copy; what it was made from is control itself. */
  let copy: LocalParty;
  const [CONTROL, CUSTODY, RECOVERY] = [0, 1, 2] as const;
  const at = (place: 0 | 1 | 2): Party => custody.parties[place].party;
  const others = (): Party[] => [at(CUSTODY), at(RECOVERY)];

  beforeEach(async () => {
    let kekOf: VaultedCustody['kekOf'];
    ({ custody, vault, kekOf } = await openVaultedCustody());
    await talk(at(CONTROL), ...others());
    const folder = mkdtempSync(join(tmpdir(), 'cs-fork-'));
    cpSync(custody.parties[CONTROL].folder, folder, { recursive: true });
    copy = openLocalParty('control', custody.clock, { folder, kek: kekOf('control') });
    Object.assign(copy.party.peers, newPeerState());
    // Nothing has happened since the copy was made, so both are told that all is well.
    await talk(copy.party, ...others());
    if (!copy.party.peers.heard) throw new Error('The copy was noticed too early for these tests.');
  });
  afterEach(() => {
    copy.party.database.close();
    rmSync(copy.folder, { recursive: true, force: true });
    custody.remove();
  });

  const list = async ({ client }: LocalParty): Promise<string> => {
    const intent = listingIntent({ id: 'acme-payroll', address: randomAddress() });
    const adopted = await adopt(client, custody.organisation.bundle(intent));
    return adopted.ok ? 'adopted' : adopted.refusal;
  };
  const newWork = () => {
    const intent = withdrawalIntent(vault.destination);
    return { bundle: custody.organisation.bundle(intent), intent };
  };
  const sign = async (
    control: LocalParty,
    bundle: OperationBundle,
    partner: 1 | 2 = CUSTODY,
  ): Promise<string> => {
    const signed = await signTransaction({
      clients: [control.client, custody.parties[partner].client],
      bundle,
      transaction: transferFor(vault, bundle.intent, randomNonce()),
    });
    return signed.ok ? 'signed' : signed.refusal;
  };

  test('the first that gives a share goes on; the other is noticed and gives none', async () => {
    expect(await sign(custody.parties[CONTROL], newWork().bundle)).toBe('signed');
    await talk(at(CONTROL), ...others());
    await talk(copy.party, ...others());
    expect(copy.party.peers.behind).not.toBeNull();
    expect(await sign(copy, newWork().bundle)).toBe('own-store-behind');
    expect(await list(copy)).toBe('own-store-behind');
    expect(at(CONTROL).peers.behind).toBeNull();
  });

  test('one that goes on unnoticed yields no second transaction for an operation', async () => {
    const { bundle } = newWork();
    expect(await sign(custody.parties[CONTROL], bundle)).toBe('signed');
    // The copy has not asked anybody since.
    expect(await sign(copy, bundle)).toBe('transaction-does-not-conflict');
    expect(await sign(copy, bundle, RECOVERY)).toBe('signer-group-not-needed');
  });

  test('both grew before they were told: one goes on, or none, and never both', async () => {
    expect(await list(custody.parties[CONTROL])).toBe('adopted');
    expect(await list(copy)).toBe('adopted');
    await talk(at(CONTROL), ...others());
    await talk(copy.party, ...others());
    await talk(at(CONTROL), ...others());
    const behind = [at(CONTROL), copy.party].map(({ peers }) => peers.behind !== null);
    expect(behind).toEqual([false, true]);
  });

  test('each was seen alone by one peer: neither goes on', async () => {
    expect(await list(custody.parties[CONTROL])).toBe('adopted');
    expect(await list(copy)).toBe('adopted');
    await talk(at(CONTROL), at(CUSTODY));
    await talk(copy.party, at(RECOVERY));
    await talk(at(CONTROL), ...others());
    await talk(copy.party, ...others());
    expect([at(CONTROL), copy.party].map(({ peers }) => peers.behind)).toEqual([
      'recovery',
      'custody',
    ]);
    expect(differingPeers(at(CUSTODY))).toEqual(['control']);
  });

  test('what only one of them was told to stop is not lost, also once the other went on', async () => {
    const { organisation } = custody;
    const { intent } = newWork();
    const digest = organisation.say('cora', 'reject', intent).statement.intentDigest;
    must(await adopt(copy.client, alone(organisation, freezeIntent())));
    expect(takeNo(copy.party, organisation.say('cora', 'reject', intent)).ok).toBe(true);
    // Control took over as much in the meantime, and was heard first.
    for (let count = 0; count < 3; count += 1) {
      const other = listingIntent({ id: `acme-${count}`, address: randomAddress() });
      must(await adopt(custody.parties[CONTROL].client, organisation.bundle(other)));
    }
    await talk(at(CONTROL), ...others());
    await askAbout(copy.party, 'custody', postTo(at(CUSTODY)));
    expect(copy.party.peers.behind).toBe('custody');
    await askAbout(at(CUSTODY), 'control', postTo(copy.party));
    await talk(at(CONTROL), ...others());
    for (const party of [at(CONTROL), ...others()]) {
      expect(standingFreezes(party.database, party.kek)).toHaveLength(1);
      const of = { operation: intent.operation, intentDigest: digest };
      expect(endedBySomeone(party, of)).toBe(1);
    }
  });
});
