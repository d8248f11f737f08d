/** The answer that nothing is held about who asks: only about nobody, and only while nobody is found. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import type { Result } from '#lib/platform/result.ts';
import { openRefusals, type Refusals } from '../testing/refusals.ts';
import {
  advised,
  granting,
  openRequestDesk,
  press,
  received,
  type RequestDesk,
} from '../testing/request-desk.ts';
import { closeRequest, fulfilRequest } from './carry-out.ts';
import { loadRequest } from './load-request.ts';
import { giveOpinion } from './move-request.ts';
import { sentDigest } from '../testing/sent-digest.ts';
import { reviewRequest } from './review-request.ts';

let desk: RequestDesk;
let refusals: Refusals;
beforeAll(async () => {
  desk = await openRequestDesk();
  refusals = await openRefusals(desk.database);
});
afterAll(async () => {
  await refusals.close();
  await desk.close();
});

const nothing = { ...granting, decision: 'nothing-held' };
const stranger = { name: 'Zenobia Quillson', email: 'zenobia@example.net' };
const code = async (doing: Promise<Result<unknown>>): Promise<string> => {
  const result = await doing;
  return result.ok ? 'done' : result.refusal.code;
};

/** Reviewed and advised on without a person: three events. */
async function aboutNobody(more: Record<string, string>) {
  const request = await received(desk, more);
  const { id } = request;
  const { actor } = desk.people.dora;
  const review = { id, seen: '1', blockers: [], reasons: 'Nobody is found by what was given.' };
  valueOf(await reviewRequest(actor, review, desk.context));
  const text = 'Nothing is held, which is the answer.';
  valueOf(await giveOpinion(actor, { id, seen: '2', opinion: 'for', text }, desk.context));
  return request;
}
const facts = { decision: 'nothing-held', grounds: [], earlier: [], events: 'a'.repeat(64) };
const propose = (id: string, seq: number) =>
  refusals.refusal(`insert into privacy_request_event (request_id, seq, kind, actor, at, facts)
    values ('${id}', ${seq}, 'proposed', '${desk.people.mia.actor.personId}', now(),
      '${JSON.stringify({ ...facts, package: null, plan: null })}')`);

it('is decided by two people, ends the request as fulfilled, and needs no recipient told', async () => {
  const { id } = await aboutNobody({ ...stranger, right: 'erasure' });
  valueOf(await press(desk, desk.people.mia, { id, seen: '3', ...nothing }));
  valueOf(await press(desk, desk.people.ada, { id, seen: '4', step: 'approved' }));
  const sent = {
    channel: 'email',
    sentAt: fieldOf(new Date(desk.context.clock().getTime() + 60_000)),
    digest: await sentDigest(desk.owner, id),
    namesRemedies: 'no',
    proof: 'Receipt of the mail service.',
  };
  const later = {
    ...desk.context,
    clock: () => new Date(desk.context.clock().getTime() + 120_000),
  };
  const { actor } = desk.people.dora;
  valueOf(await fulfilRequest(actor, { id, seen: '5', ...sent }, later));
  expect((await loadRequest(desk.owner, id))?.standing.outcome).toBe('fulfilled');
  valueOf(await closeRequest(actor, { id, seen: '6' }, later));
});

it('is refused while somebody is found by the name or the address, and where neither was given', async () => {
  const known = [
    { name: 'Änne Müller', email: stranger.email },
    { name: stranger.name, email: 'anne@example.org' },
    { name: '', email: '' },
  ];
  for (const given of known) {
    const { id } = await aboutNobody(given);
    expect(await code(press(desk, desk.people.mia, { id, seen: '3', ...nothing }))).toBe(
      'somebody-found',
    );
    expect(await propose(id, 4)).toBe('CS002');
  }
});

it('is no decision about somebody who is identified', async () => {
  const { id } = await advised(desk);
  expect(await code(press(desk, desk.people.mia, { id, seen: '5', ...nothing }))).toBe(
    'not-identified',
  );
  expect(await propose(id, 6)).toBe('CS002');
});
