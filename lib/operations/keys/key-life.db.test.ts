import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { canonicalize, digestOf } from '#lib/protocol/intent.ts';
import { reportParties } from '../execution/report-parties.ts';
import { prepareKeyCeremony } from '../prepare-key-ceremony.ts';
import { nameCustodians } from '../testing/name-custodians.ts';
import {
  advance,
  decide,
  openPartyDesk,
  state,
  stateAll,
  type Name,
  type PartyDesk,
} from '../testing/party-desk.ts';
import { loadTrust } from '../trust.ts';
import { viewOperation } from '../view-operation.ts';
import { collectBackups } from './collect-backups.ts';
import { prepareKeyBackup } from './prepare-key-backup.ts';
import { prepareKeyRefresh } from './prepare-key-refresh.ts';
import { prepareKeyRepair } from './prepare-key-repair.ts';
import { viewKey, viewKeys } from './view-keys.ts';

const key = 'key-hot-1';
let desk: PartyDesk;

beforeAll(async () => {
  desk = await openPartyDesk();
  const form = { operation: randomUUID(), vault: 'hot-1', name: 'Hot 1', tier: 'hot' };
  const ceremony = { ...form, chain: 'solana:sandbox' };
  const made = await prepareKeyCeremony(desk.people.ada.actor, ceremony, desk.context);
  const end = await carryOut(await stateAll(desk, made));
  if (end !== 'done') throw new Error(`The key was not made: ${end}.`);
});
afterAll(() => desk.close());

/** The last statement, and the worker's part. */
async function carryOut(operation: string): Promise<string> {
  valueOf(await decide(desk, 'sofia', operation, 'cosign'));
  const end = await advance(desk, operation);
  await hearParties();
  return end;
}

async function hearParties(): Promise<void> {
  desk.passTime(4_000);
  await reportParties(desk.worker);
}

const refresh = (name: Name = 'ada', operation: string = randomUUID()) =>
  prepareKeyRefresh(desk.people[name].actor, { operation, key }, desk.context);
const seen = async () => valueOf(await viewKey(desk.people.lena.actor, key, desk.context));

describe('the key register', () => {
  it('shows every key with its epoch, its parties and that nothing is backed up', async () => {
    const [only] = valueOf(await viewKeys(desk.people.lena.actor, desk.context));
    expect(only).toMatchObject({
      id: key,
      epoch: 1,
      threshold: 2,
      usable: 3,
      backedUp: 0,
      vault: { id: 'hot-1', tier: 'hot' },
    });
    expect(await viewKey(desk.people.lena.actor, 'key-none', desk.context)).toMatchObject({
      ok: false,
      refusal: { code: 'key-unknown' },
    });
  });
});

describe('a refresh', () => {
  it('is refused for a key that is not there, and to somebody who may not raise it', async () => {
    const nowhere = { operation: randomUUID(), key: 'key-none' };
    const answer = await prepareKeyRefresh(desk.people.ada.actor, nowhere, desk.context);
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'key-unknown' } });
    const nobody = { ...desk.people.ada.actor, scopes: new Set<never>() };
    const denied = await prepareKeyRefresh(nobody, { operation: randomUUID(), key }, desk.context);
    expect(denied).toMatchObject({ ok: false, refusal: { code: 'not-allowed' } });
  });

  it('is opened once when two people raise it at the same moment, and the other is refused by name', async () => {
    const both = [await refresh('ada'), await refresh('marek')] as const;
    const [first, second] = await Promise.all([
      state(desk, 'ada', both[0]),
      state(desk, 'marek', both[1]),
    ]);
    const [opened] = [first, second].flatMap((given) => (given.ok ? [given.value] : []));
    const refused = [first, second].filter(({ ok }) => !ok);
    expect(refused).toMatchObject([{ refusal: { code: 'key-busy' } }]);
    if (!opened) throw new Error('Neither was opened.');
    const { raisedBy } = await desk.owner.operation.findUniqueOrThrow({
      where: { id: opened.operation },
    });
    const raiser = desk.people.ada.actor.personId === raisedBy ? 'ada' : 'marek';
    valueOf(await decide(desk, raiser, opened.operation, 'cancel'));
  });

  it('waits for a party that is off, then puts every party on the next epoch, and the register names it', async () => {
    const operation = await stateAll(desk, await refresh());
    expect(await refresh('ada')).toMatchObject({ ok: false, refusal: { code: 'key-busy' } });
    desk.parties.recovery.isReachable = false;
    expect(await carryOut(operation)).toBe('cosigned');
    desk.parties.recovery.isReachable = true;
    expect(await advance(desk, operation)).toBe('done');
    await hearParties();
    const view = await seen();
    expect(view).toMatchObject({ epoch: 2, usable: 3 });
    expect(view.shares.map(({ epoch, state: held }) => [epoch, held])).toEqual(
      Array.from({ length: 3 }, () => [2, 'usable']),
    );
    expect(view.history.map(({ epoch, kind }) => [epoch, kind])).toEqual([
      [2, 'key-refresh'],
      [1, 'key-ceremony'],
    ]);
    expect(view.history[0]?.operation.id).toBe(operation);
    const page = valueOf(await viewOperation(desk.people.lena.actor, operation, desk.context));
    expect(page.parties.map(({ mark }) => mark)).toEqual(
      Array.from({ length: 3 }, () => 'Uses the new epoch'),
    );
  });
});

describe('a repair', () => {
  const repair = (party: string) =>
    prepareKeyRepair(desk.people.ada.actor, { operation: randomUUID(), key, party }, desk.context);

  it('is refused for a party that holds its share, and for one that holds none of the key', async () => {
    expect(await repair('recovery')).toMatchObject({ refusal: { code: 'share-held' } });
    expect(await repair('elsewhere')).toMatchObject({ refusal: { code: 'key-parties-differ' } });
  });

  it('gives a party whose store forgot the key its share back, at the same epoch', async () => {
    const { party } = desk.parties.custody.local;
    party.database.run('delete from keys');
    party.register = null;
    party.shares.clear();
    await hearParties();
    expect(await seen()).toMatchObject({ epoch: 2, usable: 2 });
    expect(await refresh()).toMatchObject({ refusal: { code: 'share-lost' } });
    const operation = await stateAll(desk, await repair('custody'));
    expect(await carryOut(operation)).toBe('done');
    const { shares, history } = await seen();
    expect(shares[1]).toMatchObject({ party: 'custody', state: 'usable', epoch: 2 });
    expect(history[0]).toMatchObject({ kind: 'key-repair', party: 'custody', epoch: 2 });
  });
});

describe('a backup', () => {
  const backup = () =>
    prepareKeyBackup(desk.people.ada.actor, { operation: randomUUID(), key }, desk.context);

  it('is refused while the roster names nobody to keep the shares', async () => {
    const answer = await backup();
    expect(answer).toMatchObject({ refusal: { code: 'backup-group-missing' } });
  });

  it('seals every share for its custodians, records who collected it, and a refresh makes it one epoch old', async () => {
    await nameCustodians(desk, {
      control: ['ada', 'marek'],
      custody: ['lena', 'ines'],
      recovery: ['jonas', 'sofia'],
    });
    expect(await carryOut(await stateAll(desk, await backup()))).toBe('done');
    const view = await seen();
    expect(view).toMatchObject({ epoch: 2, backedUp: 3 });
    expect(view.shares[0]?.custodians).toMatchObject({ id: 'keep-control', threshold: 2, of: 2 });
    expect(view.backups).toHaveLength(1);
    const files = await collectBackups(
      desk.people.ada.actor,
      { operation: view.backups[0]?.operation.id },
      desk.worker.parties,
      desk.context,
    );
    expect(valueOf(files).map(({ file }) => file?.name)).toEqual([
      `share-${key}-control-epoch-2.json`,
      `share-${key}-custody-epoch-2.json`,
      `share-${key}-recovery-epoch-2.json`,
    ]);
    const [entry] = await desk.owner.auditEntry.findMany({ where: { kind: 'backup-collected' } });
    expect(entry).toMatchObject({
      subject: view.backups[0]?.operation.id,
      actor: desk.people.ada.actor.personId,
    });
    expect(JSON.parse(Buffer.from(entry?.leaf ?? []).toString())).toMatchObject({
      facts: { key, epoch: 2, gave: 'control custody recovery' },
    });
    expect(await carryOut(await stateAll(desk, await refresh()))).toBe('done');
    expect(await seen()).toMatchObject({ epoch: 3, backedUp: 0 });
  });

  it('is collected 30 times in an hour at most, however many ask at once', async () => {
    const operation = (await seen()).backups[0]?.operation.id;
    const collect = () =>
      collectBackups(desk.people.ada.actor, { operation }, desk.worker.parties, desk.context);
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(Array.from({ length: 12 }, collect));
      for (const answer of answers)
        if (!answer.ok) expect(answer.refusal.code).toBe('backups-too-many');
    }
    const where = { kind: 'backup-collected', subject: operation ?? '' };
    expect(await desk.owner.auditEntry.count({ where })).toBe(30);
    expect(await collect()).toMatchObject({ refusal: { code: 'backups-too-many' } });
    desk.passTime(3_600_000);
    valueOf(await collect());
  });

  it('is not collected by somebody whose grant in the roster has ended', async () => {
    const trust = await loadTrust(desk.owner);
    if (!trust) throw new Error('There is no roster.');
    const { actor } = desk.people.ada;
    const operation = (await seen()).backups[0]?.operation.id;
    const notAfter = new Date(desk.context.clock().getTime() - 1000).toISOString();
    const version = trust.roster.version + 1;
    const people = trust.roster.people.map((person) =>
      person.id === actor.personId ? { ...person, notAfter } : person,
    );
    const roster = { ...trust.roster, version, previous: trust.rosterDigest, people };
    await desk.owner.rosterVersion.create({
      data: { version, digest: digestOf(roster), document: canonicalize(roster) },
    });
    expect(
      await collectBackups(actor, { operation }, desk.worker.parties, desk.context),
    ).toMatchObject({ refusal: { code: 'grant-ended' } });
  });
});
