import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adopt } from '../client/party-client.ts';
import { must, randomAddress } from '../testing/custody.ts';
import { openLocalCustody, type LocalCustody } from '../testing/in-process.ts';
import { listingIntent } from '../testing/organisation.ts';
import { askAbout, postTo } from '../testing/peer-talk.ts';
import { alone, freezeIntent } from '../testing/stops.ts';
import { generateIdentitySecrets, identityFrom } from '../wire/identity.ts';
import {
  signedPage,
  signPage,
  signQuestion,
  type DecreesQuestion,
  type PeerDecree,
  type SignedPage,
} from '../wire/peer-decrees.ts';
import { answerDecrees } from './answer-peer.ts';
import { receive, type Inbox } from './inbox.ts';
import type { Party } from './party.ts';
import type { PeerPost } from './peer-channel.ts';
import { DECREES_PATH } from './read-decrees.ts';
import { countDestinations } from './store/destinations.ts';
import { standingFreezes } from './store/stops.ts';

describe('pages of decrees', () => {
  let custody: LocalCustody;
  beforeAll(async () => {
    custody = openLocalCustody();
    const { client } = custody.parties[0];
    const listing = listingIntent({ id: 'acme', address: randomAddress() });
    must(await adopt(client, custody.organisation.bundle(listing)));
    must(await adopt(client, alone(custody.organisation, freezeIntent())));
  });
  afterAll(() => custody.remove());

  const control = (): Party => custody.parties[0].party;
  const late = (): Party => custody.parties[2].party;
  const stranger = identityFrom(generateIdentitySecrets());

  describe('to whoever asks', () => {
    const question = (of: Partial<DecreesQuestion> = {}): DecreesQuestion => ({
      type: 'countersign/peer-decrees-question/v1',
      party: 'recovery',
      to: 'control',
      genesisDigest: control().trust?.genesisDigest ?? '',
      after: 0,
      limit: 50,
      nonce: '0'.repeat(64),
      clock: control().now().toISOString(),
      ...of,
    });
    const ask = (of: Partial<DecreesQuestion>, identity = late().identity) => {
      const given = answerDecrees(control(), { question: signQuestion(identity, question(of)) });
      return given.ok ? given.value.decrees.map(({ kind }) => kind) : given.refusal;
    };
    const at = (ahead: number) => new Date(control().now().getTime() + ahead).toISOString();

    test('a party of the roster reads on from where it was', () => {
      expect(ask({})).toEqual(['destination-listing', 'freeze']);
      expect(ask({ after: 1 })).toEqual(['freeze']);
      expect(ask({ limit: 1 })).toEqual(['destination-listing']);
      expect(ask({ after: 2 })).toEqual([]);
    });

    test('nobody else reads anything, and no question is of use later', () => {
      expect(ask({}, stranger)).toBe('peer-unauthentic');
      expect(ask({ party: 'somebody' })).toBe('peer-unauthentic');
      expect(ask({ party: 'control' }, control().identity)).toBe('peer-unauthentic');
      expect(ask({ to: 'custody' })).toBe('peer-unauthentic');
      expect(ask({ genesisDigest: '0'.repeat(64) })).toBe('peer-genesis-differs');
      expect(ask({ clock: at(-301_000) })).toBe('peer-question-stale');
      expect(ask({ clock: at(301_000) })).toBe('peer-question-stale');
      expect(ask({ clock: at(-299_000) })).toHaveLength(2);
    });
  });

  describe('from somebody else than the party that is asked', () => {
    const hostile =
      (change: (page: SignedPage) => unknown): PeerPost =>
      async (path, body) => {
        const reply = await postTo(control())(path, body);
        if (!reply.ok || path !== DECREES_PATH) return reply;
        return { ok: true, value: change(signedPage.parse(reply.value)) };
      };
    const held = () => [
      countDestinations(late().database),
      standingFreezes(late().database, late().kek).length,
      late().peers.cursors.get('control') ?? 0,
      late().peers.inbox.size,
    ];

    test.each<[string, (page: SignedPage) => unknown]>([
      ['a freeze left out', ({ decrees, ...page }) => ({ ...page, decrees: decrees.slice(0, 1) })],
      ['an empty page', (page) => ({ ...page, decrees: [] })],
      [
        'another document',
        ({ decrees, ...page }) => ({
          ...page,
          decrees: decrees.map((decree) => ({ ...decree, document: {} })),
        }),
      ],
      [
        'a page of a stranger',
        ({ page, decrees, waits }) =>
          signPage(stranger, page, { decrees: decrees.slice(0, 1), waits }),
      ],
      [
        'a page for another question',
        ({ page, ...rest }) =>
          signPage(control().identity, { ...page, nonce: '1'.repeat(64) }, rest),
      ],
      [
        'a page that never ends',
        ({ decrees, ...page }) => ({
          ...page,
          decrees: Array.from({ length: 60 }, () => decrees[0]),
        }),
      ],
      [
        'a document without a canonical form',
        ({ decrees, ...page }) => ({ ...page, decrees, waits: ['\ud800'] }),
      ],
    ])('%s is dropped whole', async (_, change) => {
      expect(await askAbout(late(), 'control', hostile(change))).toBe('failed');
      expect(held()).toEqual([0, 0, 0, 0]);
    });
  });

  test('a hostile party brings nothing in that people did not state, and does not keep out what they did', async () => {
    const custodyParty = custody.parties[1].party;
    const garbage = Array.from({ length: 50 }, (_, place): PeerDecree => ({
      seq: place + 1,
      kind: 'roster-change',
      operation: listingIntent({ id: 'x', address: randomAddress() }).operation,
      intentDigest: '0'.repeat(64),
      attempt: 1,
      document: [null, 7, { intent: {}, statements: [] }, { intent: null, statements: 'x' }][
        place % 4
      ],
      receipt: null,
    }));
    const lying: PeerPost = async (path, body) => {
      const reply = await postTo(custodyParty)(path, body);
      if (!reply.ok || path !== DECREES_PATH) return reply;
      const { page, waits } = signedPage.parse(reply.value);
      return {
        ok: true,
        value: signPage(custodyParty.identity, page, { decrees: garbage, waits: [...waits, 1] }),
      };
    };
    custodyParty.database.run(
      `insert into decrees (kind, operation, intent_digest, attempt, document, adopted_at)
       values ('freeze', ?, ?, 1, 'null', '2026-01-01T00:00:00.000Z')`,
      '00000000-0000-4000-8000-000000000000',
      '0'.repeat(64),
    );
    await askAbout(late(), 'custody', lying);
    expect(late().peers.inbox.size).toBe(50);
    await askAbout(late(), 'control', postTo(control()));
    expect(countDestinations(late().database)).toBe(1);
    expect(standingFreezes(late().database, late().kek)).toHaveLength(1);
    expect(late().peers.inbox.size).toBe(50);
  });

  test('what one peer brings and is never taken makes room for newer, and takes none of another', () => {
    const inbox: Inbox = new Map();
    const decree = (seq: number): PeerDecree => ({
      seq,
      kind: 'freeze',
      operation: `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`,
      intentDigest: '0'.repeat(64),
      attempt: 1,
      document: 'x'.repeat(seq === 500 ? 33 * 1024 * 1024 : 10),
      receipt: null,
    });
    receive(inbox, 'custody', decree(1000), 0);
    for (let seq = 1; seq <= 300; seq += 1) receive(inbox, 'control', decree(seq), 0);
    const from = (name: string) => [...inbox.values()].filter(({ bringers }) => bringers.has(name));
    expect([from('control').length, from('custody').length]).toEqual([200, 1]);
    receive(inbox, 'control', decree(500), 0);
    expect([from('control').length, from('custody').length]).toEqual([1, 1]);
  });
});
