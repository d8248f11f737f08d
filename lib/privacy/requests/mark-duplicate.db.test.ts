import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { openRefusals, type Refusals } from '../testing/refusals.ts';
import {
  advised,
  granting,
  openRequestDesk,
  press,
  received,
  type RequestDesk,
} from '../testing/request-desk.ts';
import { fulfilRequest } from './carry-out.ts';
import { markDuplicate } from './mark-duplicate.ts';
import { sentDigest } from '../testing/sent-digest.ts';

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

const now = () => fieldOf(desk.context.clock());

/** A request that was answered, as it was decided. */
async function answered(decision: object) {
  const request = await advised(desk);
  const { id } = request;
  valueOf(await press(desk, desk.people.mia, { id, seen: '5', ...decision }));
  valueOf(await press(desk, desk.people.ada, { id, seen: '6', step: 'approved' }));
  const answer = {
    channel: 'email',
    sentAt: now(),
    digest: await sentDigest(desk.owner, id),
    namesRemedies: 'yes',
  };
  const sent = { id, seen: '7', ...answer, proof: 'Message of this morning.' };
  valueOf(await fulfilRequest(desk.people.dora.actor, sent, desk.context));
  return request;
}

const refused = { ...granting, decision: 'refuse', grounds: ['others-rights'] };

it.each([
  ['fulfilled', granting],
  ['partly-refused', { ...granting, decision: 'grant-in-part', grounds: ['restricted-by-law'] }],
  ['refused', refused],
])(
  'a new request is answered itself where the earlier one is %s already',
  async (state, decision) => {
    const earlier = await answered(decision);
    expect(
      await desk.owner.privacyRequestStanding.findUniqueOrThrow({
        where: { requestId: earlier.id },
      }),
    ).toMatchObject({ state });
    const { id } = await received(desk);
    const told = { channel: 'email', sentAt: now(), namesRemedies: 'yes' };
    const texts = { reasons: 'You wrote it twice.', proof: 'Message of this morning.' };
    const marking = { id, seen: '1', of: earlier.number, ...told, ...texts };
    expect(await markDuplicate(desk.people.dora.actor, marking, desk.context)).toMatchObject({
      ok: false,
      refusal: { code: 'other-answered' },
    });
    const facts = {
      of: earlier.number,
      told: { channel: 'email', sentAt: desk.context.clock().toISOString(), namesRemedies: true },
    };
    expect(
      await refusals.refusal(`insert into privacy_request_event (request_id, seq, kind, actor, at, facts)
      values ('${id}', 2, 'marked-duplicate', '${desk.people.dora.actor.personId}', now(), '${JSON.stringify(facts)}')`),
    ).toBe('CS002');
  },
);
