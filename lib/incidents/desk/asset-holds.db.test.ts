import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { decideAsShown, proveDecisions } from '#lib/operations/testing/decide-as-shown.ts';
import { endTokenHold, findAssetHold, holdAsset } from '#lib/operations/asset-hold.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { adoptRosterOfAll } from '#scripts/verify-signed/testing/adopt-roster.ts';
import { openIncidentDesk, type IncidentDesk } from '../testing/incident-desk.ts';
import { loadIncident } from './load-incident.ts';
import { dropIncident } from './move-incident.ts';
import { takeOver } from './take-over.ts';

const bitcoin = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328';
const ethereum = 'eip155:31337';
let desk: IncidentDesk;
beforeAll(async () => {
  desk = await openIncidentDesk();
  await adoptRosterOfAll(desk.owner);
});
afterAll(() => desk.close());

const incidents = (what: string) => desk.web.incidentRecord.findMany({ where: { what } });
const codeOf = async (of: { chain: string; asset: string }): Promise<string | null> =>
  (await findAssetHold(of, desk.web))?.refusal.code ?? null;

/** The one that was opened. */
async function drop(what: string): Promise<void> {
  const [opened, ...others] = await incidents(what);
  if (!opened || others.length > 0) throw new Error('One incident was opened.');
  await takeOver(desk.worker, desk.context.clock());
  const file = await loadIncident(desk.web, opened.id);
  const form = { id: opened.id, seen: String(file?.seq ?? 0), as: 'no-incident', of: '' };
  valueOf(
    await dropIncident(
      desk.people.ben.actor,
      { ...form, reasons: 'A node of a test network.' },
      desk.context,
    ),
  );
}

describe('a token that is not what our data say', () => {
  const euro = { chain: ethereum, asset: 'EURC' };
  const hold = () =>
    inTransaction(desk.worker, (tx) =>
      holdAsset(
        tx,
        { ...euro, reason: 'token-differs', detail: 'token-symbol-differs' },
        desk.context.clock(),
      ),
    );
  const end = () =>
    inTransaction(desk.worker, (tx) => endTokenHold(tx, euro, desk.context.clock()));

  it('is held with one incident, however often it is found, and nothing beside it', async () => {
    for (let round = 0; round < 3; round += 1) await hold();
    expect(await codeOf(euro)).toBe('asset-held');
    expect(await codeOf({ ...euro, asset: 'ETH' })).toBeNull();
    expect(await incidents('token-differs')).toHaveLength(1);
  });

  it('is held until its contract is right again, and anew when it is not, as one case while people have it', async () => {
    for (let round = 0; round < 3; round += 1) {
      await end();
      await end();
      expect(await codeOf(euro)).toBeNull();
      await hold();
      expect(await codeOf(euro)).toBe('asset-held');
    }
    expect(await incidents('token-differs')).toHaveLength(1);
  });

  it('is another case once people have ended the one before', async () => {
    await end();
    await drop('token-differs');
    await hold();
    expect(await codeOf(euro)).toBe('asset-held');
    expect(await incidents('token-differs')).toHaveLength(2);
  });
});

describe('a chain that took back blocks which counted as final', () => {
  const hold = () =>
    inTransaction(desk.worker, (tx) =>
      holdAsset(
        tx,
        { chain: bitcoin, asset: null, reason: 'chain-reorganised', detail: 'checkpoint-gone' },
        desk.context.clock(),
      ),
    );

  const decide = (by: 'ada' | 'ben' | 'mia', kind: string) =>
    decideAsShown(desk.people[by], { chain: bitcoin, kind }, desk.context);
  const held = () => codeOf({ chain: bitcoin, asset: 'BTC' });

  it('is held whole, with one incident, and goes on no sooner because that one has ended', async () => {
    await hold();
    await hold();
    expect(await held()).toBe('asset-held');
    await drop('chain-reorganised');
    expect(await held()).toBe('asset-held');
  });

  it('goes on when two people have said so, and stands still anew with a case of its own', async () => {
    expect(await decide('ada', 'go-on')).toMatchObject({ value: { state: 'asked' } });
    expect(await decide('ada', 'go-on')).toMatchObject({ refusal: { code: 'same-person' } });
    expect(await held()).toBe('asset-held');
    expect(await decide('ben', 'go-on')).toMatchObject({ value: { state: 'signed' } });
    expect(await held()).toBe('asset-held');
    await proveDecisions({ ...desk.context, db: desk.worker });
    expect(await held()).toBeNull();
    expect(await decide('ben', 'go-on')).toMatchObject({ refusal: { code: 'chain-not-held' } });
    await hold();
    expect(await held()).toBe('asset-held');
    expect(await incidents('chain-reorganised')).toHaveLength(2);
  });

  it('does not go on by words about another decision, another hold or of another hour', async () => {
    valueOf(await decide('ada', 'read-anew'));
    expect(await decide('ben', 'go-on')).toMatchObject({ value: { state: 'asked' } });
    desk.context.passTime(3_600_001);
    expect(await decide('ada', 'go-on')).toMatchObject({ value: { state: 'asked' } });
    expect(await held()).toBe('asset-held');
  });

  it('goes on by nobody who may not decide on operations', async () => {
    expect(await decide('mia', 'go-on')).toMatchObject({ refusal: { code: 'not-allowed' } });
  });
});

describe('the database', () => {
  it('lets the web server write no hold and end none', async () => {
    const data = {
      id: '00000000-0000-4000-8000-000000000001',
      chain: bitcoin,
      reason: 'chain-reorganised',
      detail: 'checkpoint-gone',
      heldAt: new Date(),
      incident: 'INC-2026-000001',
    };
    await expect(desk.web.assetHold.create({ data })).rejects.toThrow();
    await expect(
      desk.web.assetHold.updateMany({ data: { endedAt: new Date() } }),
    ).rejects.toThrow();
  });

  it('lets nobody decide about a chain alone, and nobody change what was decided', async () => {
    const first = { id: randomUUID(), kind: 'go-on', firstBy: desk.people.ada.actor.personId };
    const standing = await desk.web.assetHold.findFirstOrThrow({ where: { chain: bitcoin } });
    const at = desk.context.clock();
    const alone = { ...first, holdId: standing.id, firstAt: at, secondBy: first.firstBy };
    await expect(
      desk.web.chainDecision.create({ data: { ...alone, secondAt: at } }),
    ).rejects.toThrow();
    const decided = { secondBy: { not: null } };
    const { id, secondAt } = await desk.web.chainDecision.findFirstOrThrow({ where: decided });
    const later = new Date((secondAt ?? at).getTime() + 1);
    await expect(
      desk.web.chainDecision.update({ where: { id }, data: { secondAt: later } }),
    ).rejects.toThrow('stays');
    await expect(
      desk.worker.chainDecision.updateMany({ data: { secondBy: first.firstBy, secondAt: at } }),
    ).rejects.toThrow();
  });

  it('ends no hold of a chain by the worker’s word, and brings none back', async () => {
    await expect(
      desk.worker.assetHold.updateMany({
        where: { chain: bitcoin },
        data: { endedAt: desk.context.clock() },
      }),
    ).rejects.toThrow('two people let a chain go on');
    await expect(
      desk.worker.assetHold.updateMany({
        where: { endedAt: { not: null } },
        data: { endedAt: null },
      }),
    ).rejects.toThrow();
  });
});
