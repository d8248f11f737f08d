import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { adopt } from '../client/party-client.ts';
import { must, randomAddress, randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { openLocalParty, type LocalCustody, type LocalParty } from '../testing/in-process.ts';
import { listingIntent, withdrawalIntent } from '../testing/organisation.ts';
import { askAbout, postNowhere, postTo, talk } from '../testing/peer-talk.ts';
import { openVaultedCustody, type VaultedCustody } from '../testing/vaulted.ts';
import { encodeBase64url } from '../wire/encoding.ts';
import { generateIdentitySecrets, identityFrom } from '../wire/identity.ts';
import { headsAnswer, signedHeads, signHeads, type SignedHeads } from '../wire/peer-heads.ts';
import { rpc } from '../wire/rpc.ts';
import { answerHeads } from './answer-peer.ts';
import { HEADS_PATH } from './ask-peer.ts';
import { ownHeads } from './own-heads.ts';
import { note, type Party } from './party.ts';
import type { PeerPost } from './peer-channel.ts';
import { differingPeers, newPeerState } from './peers.ts';
import { latestAudit } from './store/audit.ts';
import { findFurthest } from './store/peers.ts';

describe('parties that tell each other how far they have come', () => {
  let custody: LocalCustody;
  let vault: Vault;
  let kekOf: VaultedCustody['kekOf'];
  let copies: string[] = [];
  let opened: LocalParty[] = [];
  beforeEach(async () => {
    ({ custody, vault, kekOf } = await openVaultedCustody());
    copies = [];
    opened = [];
  });
  afterEach(() => {
    for (const { party } of opened) party.database.close();
    for (const folder of copies) rmSync(folder, { recursive: true, force: true });
    custody.remove();
  });

  const [CONTROL, CUSTODY, RECOVERY] = [0, 1, 2] as const;
  const at = (place: 0 | 1 | 2): Party => custody.parties[place].party;
  const all = (): Party[] => custody.parties.map(({ party }) => party);

  /** Forgets what is in memory only, as a restart does. */
  const restart = (party: Party): void => void Object.assign(party.peers, newPeerState());

  function copyOf({ folder }: LocalParty): string {
    const copy = mkdtempSync(join(tmpdir(), 'cs-copy-'));
    copies.push(copy);
    cpSync(folder, copy, { recursive: true });
    return copy;
  }
  function open(folder: string): LocalParty {
    const local = openLocalParty('control', custody.clock, { folder, kek: kekOf('control') });
    opened.push(local);
    restart(local.party);
    return local;
  }

  async function withdraw({ client }: Pick<LocalParty, 'client'>): Promise<string> {
    const intent = withdrawalIntent(vault.destination);
    const { chain, message } = transferFor(vault, intent, randomNonce());
    const begun = await client.call(rpc.signBegin, {
      bundle: custody.organisation.bundle(intent),
      transaction: { chain, message: encodeBase64url(message) },
      quorum: ['control', 'custody'],
    });
    return begun.ok ? 'open' : begun.refusal;
  }
  async function list({ client }: Pick<LocalParty, 'client'>): Promise<string> {
    const intent = listingIntent({ id: 'acme-payroll', address: randomAddress() });
    const adopted = await adopt(client, custody.organisation.bundle(intent));
    return adopted.ok ? 'adopted' : adopted.refusal;
  }

  async function listed(at: Pick<LocalParty, 'client'>): Promise<void> {
    if ((await list(at)) !== 'adopted') throw new Error('not listed');
  }

  describe('after a start', () => {
    beforeEach(() => restart(at(CONTROL)));

    test('no share moves before another party told how far this one had come', async () => {
      expect(await withdraw(custody.parties[CONTROL])).toBe('peer-word-missing');
      await askAbout(at(CONTROL), 'custody', postTo(at(CUSTODY)));
      // Recovery may know better, and was not asked yet.
      expect(await withdraw(custody.parties[CONTROL])).toBe('peer-word-missing');
      await askAbout(at(CONTROL), 'recovery', postTo(at(RECOVERY)));
      expect(await withdraw(custody.parties[CONTROL])).toBe('open');
    });

    test('one that is off is not waited for, and nobody at all is no word', async () => {
      await askAbout(at(CONTROL), 'recovery', postNowhere);
      await askAbout(at(CONTROL), 'custody', postNowhere);
      expect(await withdraw(custody.parties[CONTROL])).toBe('peer-word-missing');
      await askAbout(at(CONTROL), 'custody', postTo(at(CUSTODY)));
      expect(await withdraw(custody.parties[CONTROL])).toBe('open');
    });
  });

  describe('a store that was put back', () => {
    let copy: string;
    beforeEach(async () => {
      await talk(...all());
      copy = copyOf(custody.parties[CONTROL]);
      await listed(custody.parties[CONTROL]);
      await talk(...all());
      at(CONTROL).database.close();
    });

    test('is noticed by one peer, and refuses everything that takes a decision', async () => {
      const old = open(copy);
      await askAbout(old.party, 'recovery', postTo(at(RECOVERY)));
      expect(old.party.peers.behind).toBe('recovery');
      expect(await withdraw(old)).toBe('own-store-behind');
      expect(await list(old)).toBe('own-store-behind');
      expect(latestAudit(old.party.database, 20).map(({ event }) => event)).toContain(
        'own-store-behind',
      );
    });

    test('is noticed at every start, also when it grew past the proof in another way', async () => {
      for (let starts = 0; starts < 3; starts += 1) {
        const old = open(copy);
        for (let entries = 0; entries < 30; entries += 1) note(old.party, { event: 'started' });
        await askAbout(at(CUSTODY), 'control', postTo(old.party));
        await askAbout(old.party, 'custody', postTo(at(CUSTODY)));
        await askAbout(at(CUSTODY), 'control', postTo(old.party));
        expect(old.party.peers.behind).toBe('custody');
        old.party.database.close();
      }
    });

    test('stops a share that was decided on before it was noticed', async () => {
      const old = open(copy);
      old.party.peers.heard = true;
      const intent = withdrawalIntent(vault.destination);
      const { chain, message } = transferFor(vault, intent, randomNonce());
      const begun = must(
        await old.client.call(rpc.signBegin, {
          bundle: custody.organisation.bundle(intent),
          transaction: { chain, message: encodeBase64url(message) },
          quorum: ['control', 'custody'],
        }),
      );
      if (begun.state !== 'open') throw new Error(begun.state);
      const other = must(
        await custody.parties[CUSTODY].client.call(rpc.signBegin, {
          bundle: custody.organisation.bundle(intent),
          transaction: { chain, message: encodeBase64url(message) },
          quorum: ['control', 'custody'],
        }),
      );
      if (other.state !== 'open') throw new Error(other.state);
      await askAbout(old.party, 'custody', postTo(at(CUSTODY)));
      const { session } = begun;
      expect(
        await old.client.call(rpc.signShare, { session, envelopes: [other.envelope] }),
      ).toMatchObject({ refusal: 'own-store-behind' });
    });

    test('makes its party differ for the others, until the newest one is back', async () => {
      const newest = copyOf(custody.parties[CONTROL]);
      const old = open(copy);
      await askAbout(at(CUSTODY), 'control', postTo(old.party));
      expect(differingPeers(at(CUSTODY))).toEqual(['control']);
      expect(latestAudit(at(CUSTODY).database, 1)).toMatchObject([{ event: 'peer-set-back' }]);
      await askAbout(at(CUSTODY), 'control', postTo(old.party));
      expect(differingPeers(at(CUSTODY))).toEqual(['control']);
      const back = open(newest);
      await talk(back.party, at(CUSTODY));
      expect(differingPeers(at(CUSTODY))).toEqual([]);
      expect(back.party.peers.behind).toBeNull();
    });

    test('gives nobody else the all-clear', async () => {
      const old = open(copy);
      await askAbout(old.party, 'custody', postTo(at(CUSTODY)));
      restart(at(RECOVERY));
      await askAbout(at(RECOVERY), 'custody', postNowhere);
      await askAbout(at(RECOVERY), 'control', postTo(old.party));
      expect(at(RECOVERY).peers.heard).toBe(false);
      await askAbout(at(RECOVERY), 'custody', postTo(at(CUSTODY)));
      expect(at(RECOVERY).peers.heard).toBe(true);
    });
  });

  describe('somebody on the way', () => {
    /** Custody's answer to control, changed. */
    const changed =
      (change: (value: ReturnType<typeof headsAnswer.parse>) => unknown): PeerPost =>
      async (path, body) => {
        const reply = await postTo(at(CUSTODY))(path, body);
        if (!reply.ok || path !== HEADS_PATH) return reply;
        return { ok: true, value: change(headsAnswer.parse(reply.value)) };
      };
    const stranger = identityFrom(generateIdentitySecrets());
    const trust = () => {
      const held = at(CONTROL).trust;
      if (!held) throw new Error('no trust');
      return held;
    };

    beforeEach(async () => {
      await talk(...all());
      restart(at(CONTROL));
    });

    test.each<[string, (value: ReturnType<typeof headsAnswer.parse>) => unknown]>([
      ['the proof left out', (value) => ({ ...value, yours: null })],
      [
        'a proof of somebody else',
        ({ heads, yours }) => ({
          heads,
          yours: yours && { ...yours, signature: signHeads(stranger, yours.heads).signature },
        }),
      ],
      [
        'another proof',
        ({ heads, yours }) => ({
          heads,
          yours: yours && {
            ...yours,
            heads: { ...yours.heads, clock: '2020-01-01T00:00:00.000Z' },
          },
        }),
      ],
      [
        'heads of somebody else',
        ({ heads, yours }) => ({ heads: signHeads(stranger, heads.heads), yours }),
      ],
      [
        'a changed standing',
        ({ heads, yours }) => ({
          heads: { ...heads, heads: { ...heads.heads, standing: '0'.repeat(64) } },
          yours,
        }),
      ],
      ['a field more', (value) => ({ ...value, more: true })],
      ['nothing', () => null],
    ])('%s: the answer is dropped whole', async (_, change) => {
      const before = latestAudit(at(CONTROL).database, 1);
      expect(await askAbout(at(CONTROL), 'custody', changed(change))).toBe('failed');
      await askAbout(at(CONTROL), 'recovery', postNowhere);
      expect(at(CONTROL).peers).toMatchObject({ heard: false, behind: null, wasTold: false });
      expect(at(CONTROL).peers.words.size).toBe(0);
      expect(latestAudit(at(CONTROL).database, 1)).toEqual(before);
    });

    test('an older answer stands for no later question, whoever gave it', async () => {
      let kept: unknown;
      await askAbout(
        at(CONTROL),
        'custody',
        changed((value) => (kept = value)),
      );
      restart(at(CONTROL));
      const replayed: PeerPost = () => Promise.resolve({ ok: true, value: kept });
      expect(await askAbout(at(CONTROL), 'custody', replayed)).toBe('failed');
      expect(await askAbout(at(CONTROL), 'recovery', replayed)).toBe('failed');
      expect(at(CONTROL).peers.wasTold).toBe(false);
    });

    function question(of: Partial<SignedHeads['heads']> = {}): SignedHeads {
      const nonce = '0'.repeat(64);
      const { heads } = ownHeads(at(CONTROL), trust(), 'custody', { is: 'question', nonce });
      return signHeads(at(CONTROL).identity, { ...heads, ...of });
    }
    const before = () => ({
      furthest: findFurthest(at(CUSTODY).database, 'control'),
      word: at(CUSTODY).peers.words.get('control'),
      audit: latestAudit(at(CUSTODY).database, 1),
    });

    test('an unauthentic question, or one for another party or genesis, changes nothing', async () => {
      const was = before();
      const { heads } = question();
      const more = { length: heads.audit.length + 10, head: '0'.repeat(64) };
      const asked = (signed: SignedHeads) => {
        const given = answerHeads(at(CUSTODY), { heads: signedHeads.parse(signed) });
        return given.ok ? 'answered' : given.refusal;
      };
      expect(asked(signHeads(stranger, { ...heads, audit: more }))).toBe('peer-unauthentic');
      expect(asked(question({ to: 'recovery', audit: more }))).toBe('peer-unauthentic');
      expect(asked(question({ party: 'somebody', audit: more }))).toBe('peer-unauthentic');
      expect(asked(question({ genesisDigest: '0'.repeat(64), audit: more }))).toBe(
        'peer-genesis-differs',
      );
      expect(
        asked(question({ exchange: { is: 'answer', nonce: '0'.repeat(64), seen: null } })),
      ).toBe('request-malformed');
      expect(before()).toEqual(was);
    });

    test('an old question sent again sets nobody back and makes nobody differ', async () => {
      const old = question({ standing: '0'.repeat(64) });
      custody.clock.ahead = 1000;
      note(at(CONTROL), { event: 'started' });
      await talk(...all());
      const was = before();
      expect(answerHeads(at(CUSTODY), { heads: old }).ok).toBe(true);
      expect(before()).toEqual(was);
      restart(at(CUSTODY));
      expect(answerHeads(at(CUSTODY), { heads: old }).ok).toBe(true);
      expect(at(CUSTODY).peers.words.size).toBe(0);
    });
  });
});
