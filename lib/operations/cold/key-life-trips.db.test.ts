import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { readArchive } from '#lib/mpc/backup/archive.ts';
import { verifyDrill } from '#lib/mpc/backup/drill.ts';
import { readPart } from '#lib/mpc/backup/part-text.ts';
import { keysOf } from '#lib/mpc/party/party.ts';
import { rewritten } from '#lib/mpc/testing/cold-custody.ts';
import { reportParties } from '../execution/report-parties.ts';
import { collectBackups } from '../keys/collect-backups.ts';
import { prepareKeyBackup } from '../keys/prepare-key-backup.ts';
import { prepareKeyRefresh } from '../keys/prepare-key-refresh.ts';
import { prepareKeyRepair } from '../keys/prepare-key-repair.ts';
import { viewKey } from '../keys/view-keys.ts';
import { prepareKeyCeremony } from '../prepare-key-ceremony.ts';
import {
  answerAt,
  bringBack,
  carryCeremonyOf,
  carryToEnd,
  carryWay,
  documentsOut,
  orderCeremony,
  siteOf,
} from '../testing/carry-trips.ts';
import { nameCustodians, type NamedGroup } from '../testing/name-custodians.ts';
import { advance, decide, openPartyDesk, stateAll, type PartyDesk } from '../testing/party-desk.ts';

const key = 'key-cold-1';
let desk: PartyDesk;
let groups: Map<string, NamedGroup>;

const hear = async (): Promise<void> => {
  desk.passTime(4_000);
  await reportParties(desk.worker);
};
const seen = async () => valueOf(await viewKey(desk.people.lena.actor, key, desk.context));

/** Everybody states it, those of recovery too. */
async function stated(prepared: Parameters<typeof stateAll>[1]): Promise<string> {
  const operation = await stateAll(desk, prepared);
  valueOf(await decide(desk, 'sofia', operation, 'cosign'));
  return operation;
}

const backup = () =>
  prepareKeyBackup(desk.people.ada.actor, { operation: randomUUID(), key }, desk.context);
const repair = (party: string) =>
  prepareKeyRepair(desk.people.ada.actor, { operation: randomUUID(), key, party }, desk.context);
const refresh = () =>
  prepareKeyRefresh(desk.people.ada.actor, { operation: randomUUID(), key }, desk.context);

/** What a broken disk does to the share of a cold party; the record of the key stays genuine. */
function loseShare(name: string): void {
  const site = siteOf(desk, name);
  site.party.database.run('update keys set sealed = zeroblob(length(sealed))');
  site.reopen();
}

const usableEpoch = (name: string): number | undefined =>
  keysOf(siteOf(desk, name).party).find(({ state }) => state === 'usable')?.epoch;

beforeAll(async () => {
  desk = await openPartyDesk({}, undefined, { hasCold: true });
  const form = { operation: randomUUID(), vault: 'cold-1', name: 'Cold 1', tier: 'cold' };
  const ceremony = { ...form, chain: 'solana:sandbox' };
  const made = await prepareKeyCeremony(desk.people.ada.actor, ceremony, desk.context);
  await carryCeremonyOf(desk, await stated(made));
  groups = await nameCustodians(desk, {
    control: ['ada', 'marek'],
    'cold-a': ['lena', 'ines'],
    'cold-b': ['jonas', 'sofia'],
  });
  await hear();
}, 120_000);
afterAll(() => desk.close());

describe('the register', () => {
  it('shows of cold parties what the trips that are done left there', async () => {
    const { shares, epoch, usable, backedUp } = await seen();
    expect([epoch, usable, backedUp]).toEqual([1, 3, 0]);
    expect(shares.map(({ party, state, isCold }) => [party, state, isCold])).toEqual([
      ['control', 'usable', false],
      ['cold-a', 'usable', true],
      ['cold-b', 'usable', true],
    ]);
    const { stateChangedAt } = await desk.owner.operation.findFirstOrThrow({
      where: { kind: 'key-ceremony' },
    });
    expect(shares[1]?.reportedAt).toBe(stateChangedAt.toISOString());
  });
});

describe('a backup of a cold key', () => {
  it('is sealed in two trips, counts as coverage of all shares, and each file opens with its own custodians alone', async () => {
    const operation = await stated(await backup());
    expect(await carryCeremonyOf(desk, operation)).toBe(2);
    await hear();
    expect(await seen()).toMatchObject({ epoch: 1, backedUp: 3 });
    const files = valueOf(
      await collectBackups(desk.people.ada.actor, { operation }, desk.worker.parties, desk.context),
    );
    expect(files.map(({ file }) => file?.name)).toEqual([
      `share-${key}-control-epoch-1.json`,
      `share-${key}-cold-a-epoch-1.json`,
      `share-${key}-cold-b-epoch-1.json`,
    ]);
    for (const { party, file } of files) {
      const archive = readArchive(Buffer.from(file?.text ?? ''));
      if (!archive.ok) throw new Error(archive.sentence);
      const group = groups.get(party);
      const parts = (group?.parts ?? []).map(({ text }) => {
        const part = readPart(text);
        if (!part.ok) throw new Error(part.sentence);
        return part.value;
      });
      const record = group?.record ?? null;
      const drilled = await verifyDrill({ archive: archive.value, parts, record, at: new Date() });
      expect(drilled).toMatchObject({ ok: true, value: { party, key, epoch: 1 } });
    }
    const [entry] = await desk.owner.auditEntry.findMany({ where: { kind: 'backup-collected' } });
    expect(JSON.parse(Buffer.from(entry?.leaf ?? []).toString())).toMatchObject({
      facts: { gave: 'control cold-a cold-b' },
    });
  });
});

describe('a lost share of a cold party', () => {
  it('is repaired in seven trips with the help of the two others, and the key is refreshed after', async () => {
    loseShare('cold-a');
    expect(siteOf(desk, 'cold-a').party.shares.size).toBe(0);
    const prepared = await repair('cold-a');
    expect(valueOf(prepared).intent.helpers).toEqual(['control', 'cold-b']);
    expect(await carryCeremonyOf(desk, await stated(prepared))).toBe(7);
    await hear();
    const { shares, history } = await seen();
    expect(shares[1]).toMatchObject({ party: 'cold-a', state: 'usable', epoch: 1 });
    expect(history[0]).toMatchObject({ kind: 'key-repair', party: 'cold-a' });
    expect(await carryCeremonyOf(desk, await stated(await refresh()))).toBe(10);
    await hear();
    expect(await seen()).toMatchObject({ epoch: 2, usable: 3, backedUp: 0 });
    expect([usableEpoch('cold-a'), usableEpoch('cold-b')]).toEqual([2, 2]);
  });

  it('is repaired at the other site too, and one that holds its share after all says so on the first way', async () => {
    loseShare('cold-b');
    const prepared = await repair('cold-b');
    expect(valueOf(prepared).intent.helpers).toEqual(['control', 'cold-a']);
    expect(await carryCeremonyOf(desk, await stated(prepared))).toBe(7);
    expect(await carryCeremonyOf(desk, await stated(await repair('cold-b')))).toBe(1);
    expect(usableEpoch('cold-b')).toBe(2);
    await hear();
  });
});

describe('what is brought back wrongly', () => {
  it('is refused by name: of another trip, of another site, a request of before, and an answer twice', async () => {
    const operation = await stated(await backup());
    valueOf(await orderCeremony(desk, operation));
    await advance(desk, operation);
    const before = await documentsOut(desk, operation);
    const [old] = before;
    if (!old) throw new Error('Nothing left.');
    const late = await answerAt(desk, old.party, old.document);
    desk.passTime(1_000);
    valueOf(await orderCeremony(desk, operation));
    await advance(desk, operation);
    const [first, second] = await documentsOut(desk, operation);
    if (!first || !second) throw new Error('Nothing left.');
    // To the document of the trip before, and as if it were of this one.
    expect(await bringBack(desk, old.id, late)).toMatchObject({ refusal: { code: 'trip-over' } });
    expect(await bringBack(desk, first.id, late)).toMatchObject({
      refusal: { code: 'travel-other-trip' },
    });
    const answer = await answerAt(desk, first.party, first.document);
    expect(await bringBack(desk, second.id, answer)).toMatchObject({
      refusal: { code: 'travel-other-sender' },
    });
    // Half of a file, and two files in one.
    expect(await bringBack(desk, first.id, answer.slice(0, answer.length / 2))).toMatchObject({
      refusal: { code: 'travel-damaged' },
    });
    expect(await bringBack(desk, first.id, answer + late)).toMatchObject({
      refusal: { code: 'travel-damaged' },
    });
    valueOf(await bringBack(desk, first.id, answer));
    // Twice before anybody looked is one answer; afterwards it is refused.
    valueOf(await bringBack(desk, first.id, answer));
    await advance(desk, operation);
    expect(await bringBack(desk, first.id, answer)).toMatchObject({
      refusal: { code: 'answer-taken' },
    });
    // The newer trip goes on to its end, whatever came of the one before.
    await carryToEnd(desk, operation);
    await hear();
    expect(await seen()).toMatchObject({ epoch: 2, backedUp: 3 });
  });

  it('changes nothing at the site either: an old request after a newer one, and one that was changed', async () => {
    loseShare('cold-a');
    const operation = await stated(await repair('cold-a'));
    valueOf(await orderCeremony(desk, operation));
    await advance(desk, operation);
    const [old] = (await documentsOut(desk, operation)).filter(({ party }) => party === 'cold-a');
    if (!old) throw new Error('Nothing left.');
    await carryWay(desk, operation);
    await advance(desk, operation);
    await carryWay(desk, operation);
    await advance(desk, operation);
    // Read again it gives the answer of then, and takes no step anew.
    const { repairs } = siteOf(desk, 'cold-a').party;
    const open = [...repairs.keys()];
    const again = await answerAt(desk, 'cold-a', old.document);
    const kept = await desk.owner.coldDocument.findUniqueOrThrow({ where: { id: old.id } });
    expect(again).toBe(kept.answer);
    expect([...repairs.keys()]).toEqual(open);
    const other = rewritten(old.document, (document) => {
      document['madeAt'] = new Date(Date.parse(String(document['madeAt'])) + 1).toISOString();
    });
    await expect(answerAt(desk, 'cold-a', other)).rejects.toThrow('travel-out-of-step');
    await carryToEnd(desk, operation);
    expect(usableEpoch('cold-a')).toBe(2);
  });

  it('has its trip voided by a site that was closed in between, says whose, and a new one ends well', async () => {
    loseShare('cold-b');
    const operation = await stated(await repair('cold-b'));
    valueOf(await orderCeremony(desk, operation));
    await advance(desk, operation);
    await carryWay(desk, operation);
    await advance(desk, operation);
    await carryWay(desk, operation);
    await advance(desk, operation);
    siteOf(desk, 'cold-b').reopen();
    await carryWay(desk, operation);
    expect(await advance(desk, operation)).toBe('cosigned');
    const trip = await desk.owner.coldTrip.findFirstOrThrow({
      where: { operationId: operation },
      orderBy: { orderedAt: 'desc' },
    });
    expect([trip.state, trip.stopParty]).toEqual(['void', 'cold-b']);
    desk.passTime(1_000);
    expect(await carryCeremonyOf(desk, operation)).toBe(7);
    expect(usableEpoch('cold-b')).toBe(2);
  });
});
