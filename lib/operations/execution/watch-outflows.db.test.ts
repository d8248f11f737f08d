import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admit, enrol, officer, signIn, valueOf } from '#lib/identity/testing/people.ts';
import type { Actor } from '#lib/identity/actor.ts';
import { freshKey, signTransfer, SOL } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { listOutflows, viewOutflowAlarm } from '../list-outflows.ts';
import { seeOutflow } from '../see-outflow.ts';
import {
  openChainDesk,
  sendBlindly,
  sendOnPaper,
  untilFinal,
  type ChainDesk,
} from '../testing/chain-desk.ts';
import { watchOutflows } from './watch-outflows.ts';

let desk: ChainDesk;
/** As the web server sees the same database. */
const atTheDesk = () => ({ ...desk.context, db: desk.books.web });

beforeAll(async () => {
  desk = await openChainDesk(['C-1001']);
});
afterAll(() => desk.close());

async function personWith(roles: readonly ('officer' | 'dpo')[]): Promise<Actor> {
  const person = await enrol(atTheDesk(), { ...officer, roles: [...roles] });
  await admit(desk.books.owner, person);
  return (await signIn(atTheDesk(), person)).actor;
}

describe('what leaves a vault', () => {
  it('by a withdrawal of ours, or arrives there, sounds no alarm', async () => {
    const sent = await sendOnPaper(desk, { client: 'C-1001', amount: SOL });
    await sendBlindly(desk, sent.transfer.bytes);
    await untilFinal(desk, sent.transfer.id);
    const arrived = await desk.fixture.control.deposit(desk.fixture.vault.address, SOL);
    await untilFinal(desk, arrived);
    await watchOutflows(desk.context);
    expect(await desk.books.web.outflow.count()).toBe(0);
  });

  it('by a transaction that no operation made is noted once, with an incident, however often one looks', async () => {
    const stolen = await signTransfer(desk.fixture, { to: freshKey().address, lamports: SOL + 7n });
    await sendBlindly(desk, stolen.bytes);
    await untilFinal(desk, stolen.id);
    await watchOutflows(desk.context);
    await watchOutflows(desk.context);
    await desk.books.owner.ownCursor.deleteMany();
    await watchOutflows(desk.context);
    const found = await desk.books.web.outflow.findMany();
    expect(found).toMatchObject([{ txid: stolen.id, vaultId: 'warm-1' }]);
    expect(found[0]?.amount.toString()).toBe((SOL + 7n).toString());
    const incidents = await desk.books.web.incidentRecord.findMany();
    expect(incidents).toMatchObject([
      { what: 'unexplained-outflow', openedBy: 'system', number: found[0]?.incident },
    ]);
  });

  it('stands above every page until somebody who may stop things says that they have seen it, and stays on record', async () => {
    const [seer, dpo] = [await personWith(['officer']), await personWith(['dpo'])];
    expect(valueOf(await viewOutflowAlarm(seer, atTheDesk()))).toMatchObject({
      newest: { amount: '1.000000007', asset: 'SOL' },
      others: 0,
    });
    expect(valueOf(await viewOutflowAlarm(dpo, atTheDesk())).newest).toBeNull();
    const [row] = valueOf(await listOutflows(seer, { after: null }, atTheDesk())).rows;
    const outflow = row?.id ?? '';
    expect(await seeOutflow(dpo, { outflow }, atTheDesk())).toMatchObject({ ok: false });
    expect(await seeOutflow(seer, { outflow: 'x' }, atTheDesk())).toMatchObject({
      refusal: { code: 'outflow-unknown' },
    });
    for (let press = 0; press < 2; press += 1)
      expect(await seeOutflow(seer, { outflow }, atTheDesk())).toEqual({ ok: true, value: null });
    expect(valueOf(await viewOutflowAlarm(seer, atTheDesk())).newest).toBeNull();
    const after = valueOf(await listOutflows(seer, { after: null }, atTheDesk()));
    expect(after.rows).toMatchObject([{ id: outflow, seen: { by: seer.displayName } }]);
    expect(await desk.books.web.auditEntry.count({ where: { kind: 'outflow-seen' } })).toBe(1);
  });
});
