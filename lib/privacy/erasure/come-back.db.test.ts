/** Erasures that were refused because of a duty, and come back when it ends; and what the request page shows of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { dayMs, dayOf } from '#lib/platform/days.ts';
import { fulfilRequest } from '../requests/carry-out.ts';
import { loadRequest } from '../requests/load-request.ts';
import {
  askedToErase,
  decidedErasure,
  erasureNeeds,
  planFor,
  proposing,
  somebody,
  tied,
  type Asked,
} from '../testing/erasure-desk.ts';
import { held, lifted } from '../testing/hold-desk.ts';
import { openRequestDesk, press, type RequestDesk } from '../testing/request-desk.ts';
import { comeBack } from './come-back.ts';
import { carryErasure, ErasureDesk } from './erasure-desk.ts';
import { viewErasure } from './view-erasure.ts';
import { sentDigest } from '../testing/sent-digest.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const values = {
  'full-name': 'Theodora Winterling',
  email: 'theodora@winterling.example',
  'suspicion-note': 'Cash came in small sums.',
};

async function answer({ id }: Asked): Promise<void> {
  const file = await loadRequest(desk.owner, id);
  const sent = {
    id,
    seen: `${file?.seq}`,
    channel: 'email',
    sentAt: desk.context.clock().toISOString().slice(0, 16),
    digest: await sentDigest(desk.owner, id),
    namesRemedies: 'yes',
    proof: 'Registered letter 4711.',
  };
  valueOf(await fulfilRequest(desk.people.dora.actor, sent, desk.context));
}
async function refused(asked: Asked, grounds: string[]): Promise<void> {
  const no = { ...proposing(asked, null), decision: 'refuse', grounds };
  valueOf(await press(desk, desk.people.mia, no));
  valueOf(await press(desk, desk.people.ada, { id: asked.id, seen: '6', step: 'approved' }));
  await answer(asked);
}
const dueOf = ({ id }: Asked) => desk.owner.erasureDue.findMany({ where: { requestId: id } });
const standingOf = async ({ id }: Asked) => (await loadRequest(desk.owner, id))?.standing;
/** As after a day in which nobody looked. */
const nextDay = () =>
  desk.owner.erasureDue.updateMany({
    data: { lookedAt: new Date(desk.context.clock().getTime() - 2 * dayMs) },
  });
const look = () => comeBack(erasureNeeds(desk));
const view = async (asked: Asked, who: 'dora' | 'ada' | 'ida' | 'mia' = 'dora') => {
  const standing = await standingOf(asked);
  if (!standing) throw new Error('there is no such request');
  return valueOf(await viewErasure(desk.people[who].actor, { ...asked, standing }, desk.context));
};

describe('an erasure that was refused', () => {
  it('because of a hold is opened again when the hold is lifted, and is decided anew', async () => {
    const person = await somebody(desk, values);
    const { id: hold } = await held(desk, { person });
    const asked = await askedToErase(desk, person);
    await refused(asked, ['legal-claims']);
    await look();
    expect(await dueOf(asked)).toMatchObject([{ state: 'waiting', dueOn: null }]);
    expect((await view(asked))?.comesBack).toEqual({ on: null });
    await nextDay();
    await look();
    expect(await standingOf(asked)).toMatchObject({ state: 'refused' });

    await lifted(desk, hold);
    await nextDay();
    await Promise.all([look(), look()]);
    expect(await dueOf(asked)).toMatchObject([{ state: 'freed' }]);
    expect(await standingOf(asked)).toMatchObject({
      state: 'collecting',
      proposal: null,
      outcome: null,
      firstAnsweredAt: expect.any(String),
    });
    expect(
      await desk.owner.privacyRequestEvent.count({ where: { requestId: asked.id, kind: 'freed' } }),
    ).toBe(1);
    // Nothing went without two people.
    expect(await desk.owner.personValue.count({ where: { personId: person } })).toBe(3);
    expect(await desk.owner.personErasure.count({ where: { personId: person } })).toBe(0);
  });

  it('comes back also where another one can’t be read', async () => {
    const waiting: Asked[] = [];
    const holds: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const person = await somebody(desk, values);
      const { id: hold } = await held(desk, { person });
      const asked = await askedToErase(desk, person);
      await refused(asked, ['legal-claims']);
      waiting.push(asked);
      holds.push(hold);
    }
    await look();
    for (const hold of holds) await lifted(desk, hold);
    const [broken, ...others] = waiting;
    if (!broken) throw new Error('nobody waits');
    // As whoever has the web server could write it.
    await desk.web.privacyRequestEvent.create({
      data: {
        requestId: broken.id,
        seq: ((await loadRequest(desk.owner, broken.id))?.seq ?? 0) + 1,
        kind: 'noted',
        actor: desk.people.dora.actor.personId,
        at: desk.context.clock(),
        facts: { x: 1 },
      },
    });
    await nextDay();
    await look();
    for (const other of others) expect(await dueOf(other)).toMatchObject([{ state: 'freed' }]);
    expect(await dueOf(broken)).toMatchObject([{ state: 'waiting' }]);
  });

  it('because of a duty that ends on a day waits for that day', async () => {
    const person = await somebody(desk, values);
    const ended = new Date(desk.context.clock().getTime() - 30 * dayMs);
    await tied(desk, person, { client: 'C-89001', until: ended });
    const asked = await askedToErase(desk, person);
    await refused(asked, ['legal-duty']);
    await look();
    const plan = await planFor(desk, person, asked);
    const [due] = await dueOf(asked);
    expect(due?.dueOn && dayOf(due.dueOn)).toBe(plan.freeOn);
    await nextDay();
    await look();
    expect(await standingOf(asked)).toMatchObject({ state: 'refused' });
  });

  it('because of the request itself does not come back', async () => {
    const person = await somebody(desk, values);
    const asked = await askedToErase(desk, person);
    await refused(asked, ['still-needed']);
    await look();
    expect(await dueOf(asked)).toEqual([]);
  });
});

describe('the page of a request', () => {
  it('shows what goes, then how far it is, then the proof; and the note on a suspicion to few', async () => {
    const person = await somebody(desk, values);
    const asked = await askedToErase(desk, person);
    const before = await view(asked);
    expect(before?.plan).toMatchObject({ outcome: 'whole', blockers: [] });
    expect(before?.toPropose).toBe(before?.plan?.digest);
    const codes = (seen: typeof before) => seen?.plan?.lines.map(({ code }) => code);
    expect(codes(before)).toContain('suspicion-note');
    expect(codes(await view(asked, 'mia'))).toContain('suspicion-note');
    expect(codes(await view(asked, 'ada'))).not.toContain('suspicion-note');
    // Who only checks is shown nothing of the plan.
    expect((await view(asked, 'ida'))?.plan).toBeNull();
    expect(JSON.stringify(before)).not.toContain('Theodora');

    valueOf(
      await press(desk, desk.people.mia, proposing(asked, await planFor(desk, person, asked))),
    );
    valueOf(await press(desk, desk.people.ada, { id: asked.id, seen: '6', step: 'approved' }));
    const { signal } = new AbortController();
    await new ErasureDesk(erasureNeeds(desk)).round(signal);
    const after = await view(asked);
    expect(after).toMatchObject({ plan: null, toPropose: null, carried: { state: 'proved' } });
    expect(after?.carried?.steps.every(({ at }) => at !== null)).toBe(true);
    expect(after?.carried?.proof?.unreadable).toBe(3);
  });

  it('says when something came up, and shows the plan as it is now', async () => {
    const person = await somebody(desk, values);
    const asked = await decidedErasure(desk, person);
    await held(desk, { person });
    await carryErasure(erasureNeeds(desk), asked.erasure);
    const now = await view(asked);
    expect(now?.carried?.left).toMatch(/legal hold came to stand/);
    expect(now?.plan?.blockers.map(({ code }) => code)).toEqual(['hold']);
    expect(now?.toPropose).toBeNull();
  });
});
