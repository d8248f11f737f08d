/** What becomes of requests and of the queue after a database was put back that knew erased people, or held ones. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { inTransaction } from '#lib/platform/db/transaction.ts';
import { fulfilRequest } from '../requests/carry-out.ts';
import { loadRequest } from '../requests/load-request.ts';
import {
  askedToErase,
  beginErasing,
  decidedErasure,
  erasureNeeds,
  planFor,
  proposing,
  somebody,
} from '../testing/erasure-desk.ts';
import { held, lifted } from '../testing/hold-desk.ts';
import { openRequestDesk, press, type RequestDesk } from '../testing/request-desk.ts';
import { planOfErasedAgain } from './erased-again.ts';
import { ErasureDesk } from './erasure-desk.ts';
import { replayErasures } from './replay.ts';
import { viewErasure } from './view-erasure.ts';
import { sentDigest } from '../testing/sent-digest.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const round = () => new ErasureDesk(erasureNeeds(desk)).round(new AbortController().signal);
const known = { 'full-name': 'Ottilie Brandvold', email: 'ottilie@brandvold.example' };

/** The key is gone since the backup that this database comes from. */
async function restored(person: string): Promise<void> {
  const { keyId } = await desk.owner.person.findUniqueOrThrow({ where: { id: person } });
  await dataKeys().shred([keyId ?? '']);
  await desk.owner.privacyRestoreCheck.updateMany({ data: { system: 'another/1' } });
  expect(await replayErasures(erasureNeeds(desk))).toMatchObject({ erased: 1 });
}

const answer = async (id: string, seen: number) =>
  fulfilRequest(
    desk.people.dora.actor,
    {
      id,
      seen: `${seen}`,
      channel: 'email',
      sentAt: desk.context.clock().toISOString().slice(0, 16),
      digest: await sentDigest(desk.owner, id),
      namesRemedies: 'yes',
      proof: 'Registered letter 4712.',
    },
    desk.context,
  );

describe('a request whose person a restored database lost again', () => {
  it('that was granted before the backup is answered when that erasure is proved', async () => {
    const person = await somebody(desk, known);
    const asked = await askedToErase(desk, person);
    const plan = await planFor(desk, person, asked);
    valueOf(await press(desk, desk.people.mia, proposing(asked, plan)));
    valueOf(await press(desk, desk.people.ada, { id: asked.id, seen: '6', step: 'approved' }));
    await restored(person);
    expect(await answer(asked.id, 7)).toMatchObject({ refusal: { code: 'not-erased' } });
    for (let times = 0; times < 3; times += 1) await round();
    const file = await loadRequest(desk.web, asked.id);
    expect(file?.events.at(-1)).toMatchObject({ kind: 'erased', facts: { scope: 'whole' } });
    expect(file?.seq).toBe(8);
    expect(await answer(asked.id, 8)).toMatchObject({ ok: true });
  });

  it('that was put back is granted whole, by that erasure alone, and answered', async () => {
    const person = await somebody(desk, known);
    const { id, number } = await decidedErasure(desk, person);
    const { mia, ada } = desk.people;
    await restored(person);
    const before = await loadRequest(desk.web, id);
    expect(before).toMatchObject({ seq: 8, standing: { state: 'opinion' } });
    const granting = (more: object) =>
      press(desk, mia, { ...proposing({ id, number }, null), seen: '8', ...more });
    // Until it is proved, nothing says that it is done.
    expect(await granting({ plan: planOfErasedAgain })).toMatchObject({
      refusal: { code: 'person-erased' },
    });
    await round();
    if (!before) throw new Error('the request is gone');
    const { standing } = before;
    const view = valueOf(await viewErasure(mia.actor, { id, number, standing }, desk.context));
    expect(view).toMatchObject({ plan: null, toPropose: planOfErasedAgain });
    expect(view?.carried).toMatchObject({ state: 'proved', scope: 'whole' });
    expect(await granting({ plan: 'b'.repeat(64) })).toMatchObject({
      refusal: { code: 'plan-other' },
    });
    valueOf(await granting({ plan: planOfErasedAgain }));
    valueOf(await press(desk, ada, { id, seen: '9', step: 'approved' }));
    await round();
    expect(await answer(id, 11)).toMatchObject({ ok: true });
  });

  it('is not said to be erased by the worker before an erasure of its person is proved', async () => {
    const person = await somebody(desk, known);
    const { id } = await decidedErasure(desk, person);
    await expect(
      desk.worker.privacyRequestEvent.create({
        data: {
          requestId: id,
          seq: 8,
          kind: 'erased',
          actor: 'system',
          at: new Date(),
          facts: {},
        },
      }),
    ).rejects.toThrow(/not proved/);
    await round();
  });
});

describe('what a hold covers after a restore', () => {
  it('keeps none of the others waiting, is not looked at each round, and goes when the hold is lifted', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 20; count += 1) ids.push(await somebody(desk, known));
    const { id: hold } = await held(desk, { person: ids.join(' ') });
    for (const person of ids) await inTransaction(desk.worker, (tx) => beginErasing(tx, person));
    const other = await somebody(desk, known);
    await inTransaction(desk.worker, (tx) => beginErasing(tx, other));
    const rowsOf = (people: string[]) =>
      desk.owner.personErasure.findMany({ where: { personId: { in: people } } });
    await round();
    await round();
    expect(await rowsOf([other])).toMatchObject([{ state: 'proved' }]);
    const waiting = await rowsOf(ids);
    expect(new Set(waiting.map(({ state }) => state))).toEqual(new Set(['swept']));
    const times = waiting.map(({ waitsUntil }) => waitsUntil?.getTime() ?? 0);
    expect(Math.min(...times)).toBeGreaterThan(desk.context.clock().getTime() + 3_000_000);
    await round();
    expect((await rowsOf(ids)).map(({ waitsUntil }) => waitsUntil?.getTime())).toEqual(times);
    await lifted(desk, hold);
    await round();
    expect(new Set((await rowsOf(ids)).map(({ state }) => state))).toEqual(new Set(['proved']));
  });
});
