/**
 * Where all three groups must state a withdrawal any two of three parties can sign it, and each sees
 * two of three such withdrawals itself. Policy lets 100 leave in 24 hours here.
 */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { Policy } from '#lib/protocol/policy.ts';
import { signTransaction } from '../client/sign-transaction.ts';
import { randomNonce, transferFor, type Vault } from '../testing/custody.ts';
import { openLocalCustody, openLocalVault, type LocalCustody } from '../testing/in-process.ts';
import { foundOrganisation, withdrawalIntent } from '../testing/organisation.ts';
import { askAbout, postNowhere, postTo, talk } from '../testing/peer-talk.ts';
import { signSpends, signSpendsQuestion, signedSpends } from '../wire/peer-spends.ts';
import { generateIdentitySecrets, identityFrom } from '../wire/identity.ts';
import type { Party } from './party.ts';
import type { PeerPost } from './peer-channel.ts';
import { newPeerState } from './peers.ts';
import { answerSpends, SPENDS_PATH } from './peer-spends.ts';

const recover = { group: 'recovery', decision: 'cosign', people: 1 } as const;
/** Withdrawals take all three groups, and a release one person more. */
const rules = (): Partial<Policy> => ({
  caps: [{ asset: 'SOL', perOperation: '100', perDay: '100' }],
  rules: foundOrganisation([]).policy.rules.map((rule) =>
    rule.id !== 'keys' && rule.outcome.effect === 'allow'
      ? { ...rule, outcome: { ...rule.outcome, needs: [...rule.outcome.needs, recover] } }
      : rule,
  ),
});

describe('pairs of parties that take turns', () => {
  let custody: LocalCustody;
  let vault: Vault;
  beforeEach(async () => {
    custody = openLocalCustody(() => new Uint8Array(randomBytes(32)), undefined, rules());
    vault = await openVaultOfAll();
  });
  afterEach(() => custody.remove());

  /** Every statement here takes a third group. */
  const openVaultOfAll = (): Promise<Vault> => {
    const { organisation } = custody;
    const bundle: typeof organisation.bundle = (intent, changes) => {
      const usual = organisation.bundle(intent, changes);
      if (intent.kind.startsWith('key-')) return usual;
      const third = organisation.say('remy', 'cosign', intent, changes);
      return { ...usual, statements: [...usual.statements, third] };
    };
    custody.organisation = { ...organisation, bundle };
    return openLocalVault(custody);
  };

  type Place = 0 | 1 | 2;
  const [CONTROL, CUSTODY, RECOVERY] = [0, 1, 2] as const;
  const at = (place: Place): Party => custody.parties[place].party;
  const all = (): Party[] => custody.parties.map(({ party }) => party);
  const pays = (amount: string): OperationBundle =>
    custody.organisation.bundle(withdrawalIntent(vault.destination, amount));
  const sign = async (
    places: readonly [Place, Place],
    bundle = pays('50'),
    transaction = transferFor(vault, bundle.intent, randomNonce()),
  ): Promise<string> => {
    const signed = await signTransaction({
      clients: places.map((place) => custody.parties[place].client),
      bundle,
      transaction,
    });
    return signed.ok ? 'signed' : signed.refusal;
  };

  test('let no more leave together than the window allows', async () => {
    expect(await sign([CONTROL, CUSTODY])).toBe('signed');
    await talk(...all());
    expect(await sign([CONTROL, RECOVERY])).toBe('signed');
    await talk(...all());
    expect(await sign([CUSTODY, RECOVERY])).toBe('cap-exceeded');
    expect(await sign([CUSTODY, RECOVERY], pays('1'))).toBe('cap-exceeded');
  });

  test('count once what several of them signed, and the same again not at all', async () => {
    const bundle = pays('50');
    const raw = transferFor(vault, bundle.intent, randomNonce());
    for (const places of [
      [CONTROL, CUSTODY],
      [CUSTODY, RECOVERY],
    ] as const) {
      expect(await sign(places, bundle, raw)).toBe('signed');
      await talk(...all());
    }
    expect(await sign([CONTROL, RECOVERY], pays('51'))).toBe('cap-exceeded');
    expect(await sign([CONTROL, RECOVERY])).toBe('signed');
  });

  test('also after a start: the two that sign know of all between them', async () => {
    expect(await sign([CONTROL, CUSTODY])).toBe('signed');
    expect(await sign([CONTROL, RECOVERY])).toBe('signed');
    for (const place of [CUSTODY, RECOVERY] as const) {
      Object.assign(at(place).peers, newPeerState());
      await askAbout(at(place), 'control', postNowhere);
    }
    expect(await sign([CUSTODY, RECOVERY])).toBe('peer-word-missing');
    await talk(at(CUSTODY), at(RECOVERY));
    expect(at(CUSTODY).peers.heard).toBe(true);
    expect(await sign([CUSTODY, RECOVERY])).toBe('cap-exceeded');
  });

  describe('what is told on the way', () => {
    beforeEach(async () => {
      await sign([CONTROL, CUSTODY]);
    });
    const stranger = identityFrom(generateIdentitySecrets());
    const changed =
      (change: (value: ReturnType<typeof signedSpends.parse>) => unknown): PeerPost =>
      async (path, body) => {
        const reply = await postTo(at(CONTROL))(path, body);
        if (!reply.ok || path !== SPENDS_PATH) return reply;
        return { ok: true, value: change(signedSpends.parse(reply.value)) };
      };
    const heard = () => at(RECOVERY).peers.spends.get('control')?.size ?? 0;

    test('counts when it is whole', async () => {
      expect(await askAbout(at(RECOVERY), 'control', postTo(at(CONTROL)))).toBe('done');
      expect(heard()).toBe(1);
    });

    test.each<[string, (value: ReturnType<typeof signedSpends.parse>) => unknown]>([
      [
        'something left out',
        ({ page, signature }) => ({ page: { ...page, spends: [] }, signature }),
      ],
      ['a page of a stranger', ({ page }) => signSpends(stranger, page)],
      [
        'a page for another question',
        ({ page }) => signSpends(at(CONTROL).identity, { ...page, nonce: '1'.repeat(64) }),
      ],
      ['nothing', () => null],
    ])('%s is dropped, and asked for again', async (_, change) => {
      expect(await askAbout(at(RECOVERY), 'control', changed(change))).toBe('failed');
      expect(heard()).toBe(0);
      await askAbout(at(RECOVERY), 'control', postTo(at(CONTROL)));
      expect(heard()).toBe(1);
    });

    test('is read by parties of the roster alone, and no question is of use later', () => {
      const ask = (identity = at(RECOVERY).identity, ahead = 0, to = 'control') => {
        const given = answerSpends(at(CONTROL), {
          question: signSpendsQuestion(identity, {
            type: 'countersign/peer-spends-question/v1',
            party: 'recovery',
            to,
            genesisDigest: at(CONTROL).trust?.genesisDigest ?? '',
            after: 0,
            nonce: '0'.repeat(64),
            clock: new Date(at(CONTROL).now().getTime() + ahead).toISOString(),
          }),
        });
        return given.ok ? given.value.page.spends.length : given.refusal;
      };
      expect(ask()).toBe(1);
      expect(ask(stranger)).toBe('peer-unauthentic');
      expect(ask(undefined, 0, 'custody')).toBe('peer-unauthentic');
      expect(ask(undefined, -301_000)).toBe('peer-question-stale');
    });
  });
});
