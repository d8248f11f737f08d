/** Parties that took over different things, or at different times, come together once they can talk. */
import { afterEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import { timedKind } from '#lib/protocol/intent-kinds.ts';
import type { Policy } from '#lib/protocol/policy.ts';

import { runKeyCeremony } from '../client/key-ceremony.ts';
import { adopt } from '../client/party-client.ts';
import { must } from '../testing/custody.ts';
import { openLocalCustody, type LocalCustody } from '../testing/in-process.ts';
import {
  commonIntent,
  foundOrganisation,
  keyCeremonyIntent,
  rosterChangeIntent,
} from '../testing/organisation.ts';
import { askAbout, postTo, talk } from '../testing/peer-talk.ts';
import { alone, freezeIntent, looserPolicyIntent, releaseOf } from '../testing/stops.ts';
import { carryOutWaits } from './carry-out-waits.ts';
import { checkMarks, lowerTrustMark } from './marks.ts';
import type { Party } from './party.ts';
import { differingPeers } from './peers.ts';
import { standingFreezes } from './store/stops.ts';
import { standingOf } from './standing.ts';

const HOUR = 3_600_000;
const LOCK = 600;
const [CONTROL, CUSTODY, RECOVERY] = [0, 1, 2] as const;

let custody: LocalCustody;
afterEach(() => custody.remove());

const at = (place: 0 | 1 | 2): Party => custody.parties[place].party;
const all = (): Party[] => custody.parties.map(({ party }) => party);
const offer = async (place: 0 | 1 | 2, bundle: OperationBundle): Promise<string> => {
  const adopted = await adopt(custody.parties[place].client, bundle);
  return adopted.ok ? 'adopted' : adopted.refusal;
};
const pass = (seconds: number): void => {
  custody.clock.ahead += seconds * 1000;
};
/** How many different things the parties hold. */
const standings = (): number => new Set(all().map((party) => standingOf(party))).size;
const inSixDays = new Date(Date.now() + 6 * 24 * HOUR).toISOString();
const lifetimes = Object.fromEntries(
  timedKind.options.map((kind) => [kind, 7 * 86_400]),
) as Policy['lifetimes'];
/** Statements that last, so that nothing here depends on their end. */
const lasting = (intent: Intent): OperationBundle =>
  custody.organisation.bundle({ ...intent, notAfter: inSixDays }, { expiresAt: inSixDays });

describe('a party that has no share of a vault', () => {
  test('freezes it with the others, and alone refuses by name', async () => {
    custody = openLocalCustody();
    const { organisation, parties } = custody;
    const holders = ['control', 'custody'];
    const clients = parties.slice(0, 2).map(({ client }) => client);
    const key = keyCeremonyIntent('key-warm-1', 'warm-1', holders);
    must(await runKeyCeremony(clients, organisation.bundle(key)));
    const freeze = freezeIntent({ what: 'vault', vault: 'warm-1' });
    const bundle = alone(organisation, freeze);
    expect(await offer(RECOVERY, bundle)).toBe('vault-unknown');
    expect(await offer(CONTROL, bundle)).toBe('adopted');
    await talk(...all());
    for (const party of all()) expect(standingFreezes(party.database, party.kek)).toHaveLength(1);
    expect(await offer(CONTROL, releaseOf(organisation, freeze.operation))).toBe('adopted');
    await talk(...all());
    for (const party of all()) expect(standingFreezes(party.database, party.kek)).toHaveLength(0);
    expect(all().flatMap((party) => differingPeers(party))).toEqual([]);
  });

  test('a name that means nothing to anybody is frozen nowhere', async () => {
    custody = openLocalCustody();
    const freeze = freezeIntent({ what: 'vault', vault: 'nowhere' });
    for (const place of [CONTROL, CUSTODY, RECOVERY] as const)
      expect(await offer(place, alone(custody.organisation, freeze))).toBe('vault-unknown');
  });
});

describe('a party that was off', () => {
  const clockText = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(11, 16);
  /** Everything but keys and releases is decided within half an hour of now. */
  const officeHours = (): Partial<Policy> => ({
    lifetimes,
    rules: foundOrganisation([]).policy.rules.map((rule) =>
      rule.id === 'usual'
        ? {
            ...rule,
            when: {
              ...rule.when,
              hours: {
                zone: 'UTC',
                days: [1, 2, 3, 4, 5, 6, 7],
                from: clockText(-HOUR / 2),
                to: clockText(HOUR / 2),
                holds: 'inside',
              },
            },
          }
        : rule,
    ),
  });

  test('takes what two others adopted, also where at this hour no rule would allow it', async () => {
    custody = openLocalCustody(undefined, undefined, officeHours());
    const change = lasting(rosterChangeIntent(custody.organisation.roster));
    expect(await offer(CONTROL, change)).toBe('adopted');
    expect(await offer(CUSTODY, change)).toBe('adopted');
    pass(7200);
    expect(await offer(RECOVERY, change)).toBe('policy-denies');
    await talk(...all());
    expect(standings()).toBe(1);
  });

  test('takes it in time by itself where one other adopted it', async () => {
    custody = openLocalCustody(undefined, undefined, officeHours());
    expect(await offer(CONTROL, lasting(rosterChangeIntent(custody.organisation.roster)))).toBe(
      'adopted',
    );
    pass(7200);
    await talk(...all());
    expect(standings()).toBe(2);
    pass(22 * 3600);
    await talk(...all());
    expect(standings()).toBe(1);
  });
});

describe('changes that wait out a time-lock', () => {
  const waitsOut = (): void => {
    custody = openLocalCustody(undefined, undefined, { timeLockSeconds: LOCK, lifetimes });
  };
  const sweep = (...places: (0 | 1 | 2)[]): void =>
    places.forEach((place) => carryOutWaits(at(place)));
  const policyVersion = (place: 0 | 1 | 2) => at(place).trust?.policyDigest;
  /** Two next versions of the policy that do not fit together. */
  const siblings = () => {
    const { policy } = custody.organisation;
    const one = looserPolicyIntent(policy);
    const caps = [{ asset: 'SOL', perOperation: '700000000000' }];
    const other = { ...commonIntent(), ...one, operation: commonIntent().operation };
    return [lasting(one), lasting({ ...other, policy: { ...one.policy, caps } })] as const;
  };

  test.each([
    ['first here', [0, 1]],
    ['first there', [1, 0]],
  ] as const)('of two that exclude each other all adopt the same: %s', async (_, [a, b]) => {
    waitsOut();
    const both = siblings();
    // Whoever relays shows each party another one first.
    expect(await offer(CONTROL, both[a])).toBe('time-lock-running');
    expect(await offer(CUSTODY, both[b])).toBe('time-lock-running');
    pass(1);
    await talk(...all());
    pass(LOCK - 1);
    sweep(CONTROL, CUSTODY, RECOVERY);
    // Nor can the console have one of them adopted before the parties heard of each other.
    await Promise.all([offer(CONTROL, both[a]), offer(CUSTODY, both[b])]);
    await talk(...all());
    pass(1);
    sweep(CONTROL, CUSTODY, RECOVERY);
    await talk(...all());
    expect(new Set([0, 1, 2].map((place) => policyVersion(place as 0 | 1 | 2))).size).toBe(1);
    expect(at(CONTROL).trust?.policy.version).toBe(2);
    expect(standings()).toBe(1);
  });

  test('a freeze that came between two of them adopting parts nobody for good', async () => {
    waitsOut();
    const { organisation } = custody;
    const [change] = siblings();
    for (const place of [CONTROL, CUSTODY, RECOVERY] as const) await offer(place, change);
    pass(LOCK);
    sweep(CONTROL);
    const freeze = freezeIntent();
    for (const place of [CUSTODY, RECOVERY] as const)
      expect(await offer(place, alone(organisation, freeze))).toBe('adopted');
    sweep(CUSTODY, RECOVERY);
    await talk(...all());
    expect(standings()).toBe(2);
    for (const place of [CUSTODY, RECOVERY] as const)
      expect(await offer(place, releaseOf(organisation, freeze.operation))).toBe('adopted');
    sweep(CUSTODY, RECOVERY);
    await talk(...all());
    expect(standings()).toBe(1);
    expect(at(RECOVERY).trust?.policy.version).toBe(2);
  });
});

describe('two changes that only tighten and exclude each other', () => {
  const tighter = (perOperation: string): OperationBundle => {
    const { policy } = custody.organisation;
    const caps = [{ asset: 'SOL', perOperation }];
    const intent = looserPolicyIntent(policy);
    return alone(custody.organisation, { ...intent, policy: { ...intent.policy, caps } }, 'raisa');
  };
  const caps = () => all().map(({ trust }) => trust?.policy.caps[0]?.perOperation);

  test('handed to two parties in the same moment part nobody once all three can talk', async () => {
    custody = openLocalCustody();
    expect(await offer(CONTROL, tighter('100'))).toBe('adopted');
    expect(await offer(CUSTODY, tighter('200'))).toBe('adopted');
    await talk(at(CONTROL), at(CUSTODY));
    expect(caps()).toEqual(['100', '200', '500000000000']);
    expect(differingPeers(at(CONTROL))).toContain('custody');
    await askAbout(at(RECOVERY), 'custody', postTo(at(CUSTODY)));
    await talk(...all());
    await talk(...all());
    expect(caps()).toEqual(['200', '200', '200']);
    expect(standings()).toBe(1);
    for (const party of all()) expect(differingPeers(party)).toEqual([]);
  });

  test('what was replaced counts as never adopted, and the next version builds on the other', async () => {
    custody = openLocalCustody();
    const lost = tighter('100');
    await offer(CONTROL, lost);
    const kept = tighter('200');
    for (const place of [CUSTODY, RECOVERY] as const) await offer(place, kept);
    await talk(...all());
    expect(await offer(CONTROL, lost)).toBe('version-does-not-follow');
    expect(await offer(CONTROL, kept)).toBe('adopted');
    checkMarks(at(CONTROL));
  });

  test('a party that is killed before it replaced anything opens as it was', async () => {
    custody = openLocalCustody();
    const { trust } = at(CONTROL);
    if (!trust) throw new Error('no trust');
    await offer(CONTROL, tighter('100'));
    lowerTrustMark(at(CONTROL), trust);
    checkMarks(at(CONTROL));
    expect(caps()[CONTROL]).toBe('100');
  });

  test('the word of one party, however often, replaces nothing', async () => {
    custody = openLocalCustody();
    await offer(CONTROL, tighter('100'));
    const other = tighter('200');
    const receipt = must(await adopt(custody.parties[CUSTODY].client, other));
    const given = await adopt(custody.parties[CONTROL].client, other, [receipt, receipt]);
    expect(given).toMatchObject({ refusal: 'version-does-not-follow' });
    expect(caps()[CONTROL]).toBe('100');
  });
});
