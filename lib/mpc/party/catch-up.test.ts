import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import type { Intent } from '#lib/protocol/intent.ts';
import type { Roster } from '#lib/protocol/roster.ts';
import { createSoftwareAuthenticator } from '#lib/protocol/software-authenticator.ts';
import { adopt } from '../client/party-client.ts';
import { must, randomAddress } from '../testing/custody.ts';
import { openLocalCustody, type LocalCustody } from '../testing/in-process.ts';
import { listingIntent, rosterChangeIntent } from '../testing/organisation.ts';
import { askAbout, postNowhere, postTo } from '../testing/peer-talk.ts';
import {
  alone,
  freezeIntent,
  looserPolicyIntent,
  releaseOf,
  revocationIntent,
} from '../testing/stops.ts';
import { carryOutWaits } from './carry-out-waits.ts';
import type { Party } from './party.ts';
import { countDestinations } from './store/destinations.ts';
import { standingFreezes } from './store/stops.ts';
import { waitsOf } from './store/waits.ts';
import { standingOf } from './standing.ts';
import { takeNo } from './take-no.ts';

const HOUR = 3_600_000;
const LOCK = 600;

describe('a party that missed what the others adopted', () => {
  let custody: LocalCustody;
  let roster: Roster;
  const [CONTROL, CUSTODY, LATE] = [0, 1, 2] as const;
  const at = (place: 0 | 1 | 2): Party => custody.parties[place].party;
  const late = (): Party => at(LATE);

  beforeEach(() => {
    custody = openLocalCustody();
    roster = custody.organisation.roster;
  });
  afterEach(() => custody.remove());

  async function adoptAt(bundle: OperationBundle, ...places: (0 | 1 | 2)[]): Promise<void> {
    for (const place of places) must(await adopt(custody.parties[place].client, bundle));
  }
  /** The next version of the roster, signed under the one before. */
  function nextRoster(notAfter?: string): OperationBundle {
    const change = rosterChangeIntent(roster);
    if (change.kind !== 'roster-change') throw new Error(change.kind);
    const intent = notAfter === undefined ? change : { ...change, notAfter };
    const bundle = custody.organisation.bundle(intent, { rosterVersion: roster.version });
    roster = change.roster;
    return bundle;
  }
  /** Gives Remy a second key, so that the first can end; raised with that one. */
  function withSpareKey(): OperationBundle {
    const { organisation } = custody;
    const { credentialId, publicKey } = createSoftwareAuthenticator({ rpId: 'localhost' });
    const spare = {
      id: credentialId,
      publicKey: Buffer.from(publicKey).toString('base64url'),
      backupEligible: false,
      software: true,
      notAfter: null,
      revokedAt: null,
    };
    const change = rosterChangeIntent(roster);
    if (change.kind !== 'roster-change') throw new Error(change.kind);
    const people = change.roster.people.map((person) =>
      person.id.includes('remy')
        ? { ...person, credentials: [...person.credentials, spare] }
        : person,
    );
    const intent = { ...change, roster: { ...change.roster, people } };
    const statements = [
      organisation.say('remy', 'raise', intent),
      organisation.say('adam', 'approve', intent),
    ];
    return { intent, statements: [...statements, organisation.say('cora', 'cosign', intent)] };
  }
  const ask = (from: 0 | 1) =>
    askAbout(late(), ['control', 'custody'][from] ?? '', postTo(at(from)));
  const hears = async () => {
    await ask(CONTROL);
    await ask(CUSTODY);
    await ask(CONTROL);
  };
  const agrees = () => standingOf(late()) === standingOf(at(CONTROL));

  test('takes versions 2 to 4 and a freeze from one peer alone', async () => {
    for (let step = 0; step < 3; step += 1) await adoptAt(nextRoster(), CONTROL);
    await adoptAt(alone(custody.organisation, freezeIntent()), CONTROL);
    expect(await ask(CONTROL)).toBe('done');
    expect(late().trust?.roster.version).toBe(4);
    expect(standingFreezes(late().database, late().kek)).toHaveLength(1);
    expect(agrees()).toBe(true);
  });

  test('takes a no that only one of them heard, for each attempt', async () => {
    const intent = listingIntent({ id: 'acme', address: randomAddress() });
    for (const attempt of [1, 2])
      takeNo(at(CONTROL), custody.organisation.say('cora', 'reject', intent, { attempt }));
    await ask(CONTROL);
    const { client } = custody.parties[LATE];
    expect(await adopt(client, custody.organisation.bundle(intent, { attempt: 2 }))).toMatchObject({
      refusal: 'attempt-ended',
    });
    must(await adopt(client, custody.organisation.bundle(intent, { attempt: 3 })));
  });

  test('reads more than a page', async () => {
    for (let count = 0; count < 120; count += 1) {
      const intent = listingIntent({ id: `acme-${count}`, address: randomAddress() });
      await adoptAt(custody.organisation.bundle(intent), CONTROL);
    }
    expect(await ask(CONTROL)).toBe('done');
    expect(countDestinations(late().database)).toBe(120);
  });

  test('takes aged statements on the word of two, in their order', async () => {
    const listing = listingIntent({ id: 'acme', address: randomAddress() });
    await adoptAt(custody.organisation.bundle(listing), CONTROL, CUSTODY);
    await adoptAt(nextRoster(), CONTROL, CUSTODY);
    await adoptAt(nextRoster(), CONTROL, CUSTODY);
    custody.clock.ahead = 2 * HOUR;
    await ask(CONTROL);
    expect(late().trust?.roster.version).toBe(1);
    await hears();
    expect(late().trust?.roster.version).toBe(3);
    expect(countDestinations(late().database)).toBe(1);
    expect(agrees()).toBe(true);
  });

  test('what came to be known later stops no more here than it did there', async () => {
    await adoptAt(withSpareKey(), CONTROL, CUSTODY);
    const change = looserPolicyIntent(custody.organisation.policy);
    const policy = custody.organisation.bundle(change, { rosterVersion: 2 });
    await adoptAt(policy, CONTROL, CUSTODY);
    custody.clock.ahead = 2 * HOUR;
    const { organisation } = custody;
    const revocation = revocationIntent(organisation, 'remy');
    await adoptAt(alone(organisation, revocation, 'raisa'), CONTROL, CUSTODY);
    await adoptAt(alone(organisation, freezeIntent(), 'raisa'), CONTROL, CUSTODY);
    takeNo(at(CONTROL), organisation.say('cora', 'reject', change, { rosterVersion: 2 }));
    // The stops are heard in any order, so they are here before what they came after.
    await hears();
    expect(late().trust).toMatchObject({ roster: { version: 2 }, policy: { version: 2 } });
    expect(agrees()).toBe(true);
  });

  test('what it knew before the others adopted it still stops it', async () => {
    const change = looserPolicyIntent(custody.organisation.policy);
    const policy = custody.organisation.bundle(change);
    takeNo(late(), custody.organisation.say('cora', 'reject', change));
    custody.clock.ahead = 120_000;
    await adoptAt(policy, CONTROL, CUSTODY);
    await hears();
    expect(late().trust?.policy.version).toBe(1);
    expect(agrees()).toBe(false);
  });

  test('a release by more people comes after the freeze it is about', async () => {
    const freeze = freezeIntent();
    await adoptAt(alone(custody.organisation, freeze), CONTROL, CUSTODY);
    await adoptAt(releaseOf(custody.organisation, freeze.operation), CONTROL, CUSTODY);
    await hears();
    expect(standingFreezes(late().database, late().kek)).toHaveLength(0);
    expect(agrees()).toBe(true);
  });
});

describe('a wait that parties tell each other of', () => {
  let custody: LocalCustody;
  let change: Intent;
  beforeEach(async () => {
    custody = openLocalCustody(undefined, undefined, { timeLockSeconds: LOCK });
    change = rosterChangeIntent(custody.organisation.roster);
    await adopt(custody.parties[0].client, custody.organisation.bundle(change));
  });
  afterEach(() => custody.remove());

  const at = (place: 0 | 1 | 2): Party => custody.parties[place].party;
  const version = (place: 0 | 1 | 2) => at(place).trust?.roster.version;
  const waits = (place: 0 | 1 | 2) => waitsOf(at(place).database, change.operation).length;
  const ask = (asking: 1 | 2, asked: 0 | 1) =>
    askAbout(at(asking), ['control', 'custody'][asked] ?? '', postTo(at(asked)));
  const pass = (seconds: number): void => {
    custody.clock.ahead += seconds * 1000;
  };

  test('begins at the others when they hear of it, whoever was told by the console', async () => {
    expect([waits(0), waits(1)]).toEqual([1, 0]);
    pass(10);
    await ask(1, 0);
    expect(waits(1)).toBe(1);
    pass(LOCK - 10);
    for (const place of [0, 1] as const) carryOutWaits(at(place));
    expect([version(0), version(1)]).toEqual([2, 1]);
    pass(10);
    carryOutWaits(at(1));
    expect(version(1)).toBe(2);
  });

  test('is not begun anew by hearing of it again, nor once somebody said no', async () => {
    await ask(1, 0);
    const [first] = waitsOf(at(1).database, change.operation);
    pass(60);
    at(1).peers.waitsRead.clear();
    await ask(1, 0);
    expect(waitsOf(at(1).database, change.operation)).toEqual([first]);
    takeNo(at(1), custody.organisation.say('remy', 'reject', change));
    at(1).peers.waitsRead.clear();
    await ask(1, 0);
    expect(waits(1)).toBe(0);
  });

  test('a veto at one party ends it at the others', async () => {
    await ask(1, 0);
    takeNo(at(0), custody.organisation.say('remy', 'reject', change));
    await ask(1, 0);
    expect(waits(1)).toBe(0);
    pass(2 * LOCK);
    for (const place of [0, 1] as const) carryOutWaits(at(place));
    expect([version(0), version(1)]).toEqual([1, 1]);
  });

  test('is shortened by no peer alone, and is over where two waited it out', async () => {
    await ask(1, 0);
    pass(LOCK);
    carryOutWaits(at(0));
    await ask(2, 0);
    await askAbout(at(2), 'custody', postNowhere);
    expect([version(0), version(2)]).toEqual([2, 1]);
    carryOutWaits(at(1));
    expect(version(1)).toBe(2);
    await ask(2, 1);
    await ask(2, 0);
    expect(version(2)).toBe(2);
  });
});
