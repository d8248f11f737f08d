import { describe, expect, it } from 'vitest';
import { signTransaction } from '#lib/mpc/client/sign-transaction.ts';
import { must, randomNonce, transferFor } from '#lib/mpc/testing/custody.ts';
import { openLocalCustody, openLocalVault } from '#lib/mpc/testing/in-process.ts';
import { withdrawalIntent } from '#lib/mpc/testing/organisation.ts';
import { chooseSigners, needsTrip } from './choose-signers.ts';

const party = (name: string, group: 'control' | 'custody' | 'recovery', index: number) => ({
  name,
  group,
  index,
  identityKey: `1${index}`.repeat(32),
  exchangeKey: `2${index}`.repeat(32),
});
const client = (name: string, expected: 'online' | 'offline' = 'online') => ({ name, expected });
/** Names that say nothing, or the wrong thing. */
const roster = {
  parties: [
    party('custody', 'recovery', 1),
    party('zurich', 'custody', 2),
    party('bern', 'control', 3),
    party('basel', 'control', 4),
  ],
};
const members = ['custody', 'zurich', 'bern'];

const names = (of: Partial<Parameters<typeof chooseSigners>[0]>) => {
  const chosen = chooseSigners({
    roster,
    members,
    clients: [client('custody'), client('zurich'), client('basel'), client('bern')],
    ...of,
  });
  return chosen.ok
    ? chosen.value.map(({ name }) => name)
    : [chosen.stop.code, chosen.stop.sentence];
};

describe('the parties that sign a withdrawal', () => {
  it('are one of each group that had to state, by the roster and not by name', () => {
    expect(names({})).toEqual(['bern', 'zurich']);
  });

  it('hold a share of the vault’s key', () => {
    expect(names({ members: ['custody', 'zurich', 'basel'] })).toEqual(['basel', 'zurich']);
  });

  it('are those that are meant to be on, where a group has several', () => {
    const clients = [client('zurich'), client('bern', 'offline'), client('basel')];
    expect(names({ members: [...members, 'basel'], clients })).toEqual(['basel', 'zurich']);
    expect(names({ clients })).toEqual(['bern', 'zurich']);
  });

  describe('with cold parties in the roster', () => {
    const withCold = {
      parties: [
        { ...party('a', 'custody', 1), cold: true as const },
        party('zurich', 'custody', 2),
        party('bern', 'control', 3),
        party('basel', 'recovery', 4),
      ],
    };
    const known = ['a', 'zurich', 'bern', 'basel'].map((name) => client(name));

    it('are those with a network, whatever numbers the cold ones have', () => {
      const of = { roster: withCold, clients: known };
      expect(names({ ...of, members: ['zurich', 'bern', 'basel'] })).toEqual(['bern', 'zurich']);
      expect(names({ ...of, members: ['a', 'zurich', 'bern'] })).toEqual(['bern', 'zurich']);
    });

    it('are never asked in the place of a cold one, whose share goes by document', () => {
      const [code] = names({ roster: withCold, members: ['a', 'bern'], clients: known });
      expect(code).toBe('no-party-for-group');
    });

    it.each([
      [['zurich', 'bern', 'basel'], false],
      [['a', 'zurich', 'bern'], false],
      [['a', 'bern', 'basel'], true],
      [['a', 'basel'], true],
      [['bern', 'basel'], false],
    ])('a key of %j needs a trip: %s', (held, isNeeded) => {
      expect(needsTrip(withCold, held)).toBe(isNeeded);
    });
  });

  it('are missed by the name of their group', () => {
    const [code, sentence] = names({ clients: [client('custody'), client('bern')] });
    expect(code).toBe('no-party-for-group');
    expect(sentence).toContain('signs for Custody');
  });

  it('sign together under names of their own', async () => {
    const towns: Record<string, string> = { control: 'zurich', custody: 'bern', recovery: 'basel' };
    const custody = openLocalCustody(undefined, (group) => towns[group] ?? group);
    try {
      const vault = await openLocalVault(custody);
      const clients = custody.parties.map(({ client }) => client);
      const chosen = chooseSigners({
        roster: custody.organisation.roster,
        members: clients.map(({ name }) => name),
        clients,
      });
      if (!chosen.ok) throw new Error(chosen.stop.sentence);
      expect(chosen.value.map(({ name }) => name)).toEqual(['zurich', 'bern']);
      const intent = withdrawalIntent(vault.destination);
      const signed = await signTransaction({
        clients: chosen.value,
        bundle: custody.organisation.bundle(intent),
        transaction: transferFor(vault, intent, randomNonce()),
      });
      expect(must(signed).publicKey).toBe(vault.publicKey);
    } finally {
      custody.remove();
    }
  });
});
