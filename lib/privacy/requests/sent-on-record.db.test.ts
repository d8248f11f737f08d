/** What a person was sent can be shown later: it is the package of the decision, or stands on record of the request. */
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
  type RequestDesk,
} from '../testing/request-desk.ts';
import { mail, said } from '../testing/messages.ts';
import { sentDigest } from '../testing/sent-digest.ts';
import { fulfilRequest } from './carry-out.ts';
import { eventFacts } from './event.ts';
import { importMessage } from './import-message.ts';
import { giveOpinion, noteRequest } from './move-request.ts';
import { reviewRequest } from './review-request.ts';
import { viewRequest } from './view-request.ts';

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

const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const dora = () => desk.people.dora.actor;

/** Decided by two people: seven events. */
async function decided(right: string, decision: object = {}): Promise<string> {
  const { id } = await advised(desk, { right });
  valueOf(await press(desk, desk.people.mia, { id, seen: '5', ...granting, ...decision }));
  valueOf(await press(desk, desk.people.ada, { id, seen: '6', step: 'approved' }));
  return id;
}
const answer = (id: string, seen: number, digest: string) =>
  code(
    fulfilRequest(
      dora(),
      {
        id,
        seen: `${seen}`,
        channel: 'email',
        sentAt: fieldOf(desk.context.clock()),
        digest,
        namesRemedies: 'yes',
        proof: 'Receipt of the mail service.',
      },
      desk.context,
    ),
  );
const past = (id: string, seq: number, digest: string) => {
  const facts = {
    channel: 'email',
    sentAt: desk.context.clock().toISOString(),
    digest,
    namesRemedies: true,
  };
  return refusals.refusal(`insert into privacy_request_event (request_id, seq, kind, actor, at, facts)
    values ('${id}', ${seq}, 'fulfilled', '${dora().personId}', now(), '${JSON.stringify(facts)}')`);
};
const refusing = { decision: 'refuse', grounds: ['unfounded'] };

it('an answer that is nowhere on record is taken from nobody', async () => {
  const id = await decided('not-automated', refusing);
  const other = await decided('not-automated', refusing);
  for (const digest of ['a'.repeat(64), await sentDigest(desk.owner, other)]) {
    expect(await answer(id, 7, digest)).toBe('sent-unknown');
    expect(await past(id, 8, digest)).toBe('CS002');
  }
  const opened = await desk.owner.privacyRequestText.findFirstOrThrow({
    where: { requestId: id, field: 'message' },
  });
  expect(await answer(id, 7, opened.commitment)).toBe('sent-unknown');
  expect(await past(id, 8, opened.commitment)).toBe('CS002');
  expect(await answer(id, 7, await sentDigest(desk.owner, id))).toBe('done');
});

it('a letter that was kept as a note is what was sent', async () => {
  const id = await decided('not-automated', refusing);
  const note = 'Dear Ms Müller, no decision about you was made by a machine alone.';
  valueOf(await noteRequest(dora(), { id, seen: '7', note }, desk.context));
  const { sendable } = valueOf(await viewRequest(dora(), id, desk.context));
  expect(sendable.map(({ seq, what }) => [seq, what])).toEqual([
    [8, 'note'],
    [6, 'reasons'],
  ]);
  expect(await answer(id, 8, sendable[0]?.digest ?? '')).toBe('done');
});

it('what the person sent, and a note from before the decision, is no answer', async () => {
  const { id } = valueOf(
    await importMessage(
      dora(),
      { right: 'access', receivedAt: fieldOf(desk.context.clock()), forAnother: 'no' },
      new Uint8Array(
        mail([said('My passport.'), { type: 'text/plain', name: 'passport.txt', body: 'P1' }]),
      ),
      desk.context,
    ),
  );
  valueOf(await noteRequest(dora(), { id, seen: '2', note: 'She rang.' }, desk.context));
  const opinion = { id, seen: '3', opinion: 'against', text: 'Nobody could be identified.' };
  const review = { id, seen: '3', blockers: [], reasons: 'Nobody could be identified here.' };
  valueOf(await reviewRequest(dora(), review, desk.context));
  valueOf(await giveOpinion(dora(), { ...opinion, seen: '4' }, desk.context));
  const refused = { ...granting, decision: 'refuse', grounds: ['not-identified'] };
  valueOf(await press(desk, desk.people.mia, { id, seen: '5', ...refused }));
  valueOf(await press(desk, desk.people.ada, { id, seen: '6', step: 'approved' }));
  const { sendable } = valueOf(await viewRequest(dora(), id, desk.context));
  expect(sendable.map(({ what }) => what)).toEqual(['reasons']);
  const added = await desk.owner.privacyRequestEvent.findFirstOrThrow({
    where: { requestId: id, kind: 'file-added' },
  });
  const note = await desk.owner.privacyRequestText.findFirstOrThrow({
    where: { requestId: id, field: 'note' },
  });
  const { commitment } = eventFacts['file-added'].parse(added.facts);
  for (const digest of [commitment, note.commitment]) {
    expect(await answer(id, 7, digest)).toBe('sent-unknown');
    expect(await past(id, 8, digest)).toBe('CS002');
  }
});

it('who was granted a copy was sent its package and nothing else', async () => {
  const id = await decided('access');
  const reasons = await desk.owner.privacyRequestText.findFirstOrThrow({
    where: { requestId: id, seq: 6, field: 'reasons' },
  });
  expect(await answer(id, 7, reasons.commitment)).toBe('other-package');
  expect(await past(id, 8, reasons.commitment)).toBe('CS002');
  const { sendable } = valueOf(await viewRequest(dora(), id, desk.context));
  expect(sendable).toEqual([
    { digest: await sentDigest(desk.owner, id), seq: null, what: 'package' },
  ]);
  expect(await answer(id, 7, sendable[0]?.digest ?? '')).toBe('done');
});

it('an electronic request is answered on paper only with the reason, which is kept', async () => {
  const id = await decided('not-automated', refusing);
  const digest = await sentDigest(desk.owner, id);
  const facts = {
    channel: 'post',
    sentAt: desk.context.clock().toISOString(),
    digest,
    namesRemedies: true,
  };
  const write = (more: object) =>
    refusals.refusal(`insert into privacy_request_event (request_id, seq, kind, actor, at, facts)
      values ('${id}', 8, 'fulfilled', '${dora().personId}', now(), '${JSON.stringify({ ...facts, ...more })}')`);
  for (const more of [{}, { onPaper: 'cheaper' }, { channel: 'portal', onPaper: 'asked' }])
    expect(await write(more)).toBe('CS002');
  const letter = {
    id,
    seen: '7',
    ...facts,
    sentAt: fieldOf(desk.context.clock()),
    namesRemedies: 'yes',
    proof: 'Registered letter 4711.',
  };
  expect(await code(fulfilRequest(dora(), letter, desk.context))).toBe('not-electronic');
  valueOf(await fulfilRequest(dora(), { ...letter, onPaper: 'asked' }, desk.context));
  const { standing } = valueOf(await viewRequest(dora(), id, desk.context));
  expect(standing.dispatch?.onPaper).toBe('asked');
});
