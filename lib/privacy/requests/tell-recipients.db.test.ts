import { afterAll, beforeAll, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { asJson } from '#lib/platform/db/as-json.ts';
import type { Result } from '#lib/platform/result.ts';
import {
  advised,
  granting,
  openRequestDesk,
  press,
  type RequestDesk,
} from '../testing/request-desk.ts';
import { restricted } from '../testing/restriction-desk.ts';
import { closeRequest, finishRecipients, fulfilRequest, notifyRecipient } from './carry-out.ts';
import { addRecipient } from './record-recipient.ts';
import { recipientCode } from './load-recipients.ts';
import { viewRequest } from './view-request.ts';
import { sentDigest } from '../testing/sent-digest.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const dora = () => desk.people.dora.actor;

/** A restriction that was granted and answered: nine events, with one recipient put on record. */
async function answered() {
  const request = await advised(desk, { right: 'restriction' });
  const { id } = request;
  const entry = {
    recipient: 'Prüfgesellschaft Nord GmbH',
    received: 'Statements.',
    receivedOn: '',
  };
  valueOf(await addRecipient(dora(), { id, seen: '5', ...entry }, desk.context));
  await restricted(desk, id);
  valueOf(await press(desk, desk.people.mia, { id, seen: '6', ...granting }));
  valueOf(await press(desk, desk.people.ada, { id, seen: '7', step: 'approved' }));
  const sentAt = fieldOf(desk.context.clock());
  const sent = {
    channel: 'email',
    sentAt,
    digest: await sentDigest(desk.owner, id),
    namesRemedies: 'yes',
  };
  const answer = { id, seen: '8', ...sent, proof: 'Message of this morning.' };
  valueOf(await fulfilRequest(dora(), answer, desk.context));
  return request;
}

it('recipients are gone through only once each has a result on record, authorities on demand apart', async () => {
  const { id, number } = await answered();
  const recorded = `${number.toLowerCase()}-6`;
  const { recipients } = valueOf(await viewRequest(dora(), id, desk.context));
  expect(recipients.map((one) => one.code)).toEqual(['provider-of-the-mail-service', recorded]);
  const finish = (seen: number) =>
    code(
      finishRecipients(
        dora(),
        { id, seen: `${seen}`, reasons: 'The registers were looked through.' },
        desk.context,
      ),
    );
  const tell = (seen: number, recipient: string, result: string, reasons = '') =>
    code(
      notifyRecipient(dora(), { id, seen: `${seen}`, recipient, result, reasons }, desk.context),
    );
  expect(await finish(9)).toBe('recipients-untold');
  const mail = 'provider-of-the-mail-service';
  // Of a processor that never had this person's data nothing is said that is not so; why, is said.
  expect(await tell(9, mail, 'holds-none')).toBe('text-invalid');
  const none = 'No message was ever sent to this person.';
  expect(await tell(9, mail, 'holds-none', none)).toBe('done');
  expect(await finish(10)).toBe('recipients-untold');
  expect(await tell(10, recorded, 'impossible')).toBe('text-invalid');
  expect(await tell(10, recorded, 'impossible', 'It was dissolved in 2025.')).toBe('done');
  expect(await finish(11)).toBe('done');
  expect(await code(closeRequest(dora(), { id, seen: '12' }, desk.context))).toBe('done');
});

/** As whoever has the web server could write it. */
const put = (requestId: string, seq: number, kind: string, facts: object) =>
  desk.web.privacyRequestEvent.create({
    data: {
      requestId,
      seq,
      kind,
      facts: asJson(facts),
      actor: dora().personId,
      at: desk.context.clock(),
    },
  });

it('nobody says that recipients are gone through while one on record has no result, or who was not told without a reason', async () => {
  const { id } = await answered();
  // What was put on record in the request before is told as well: it is of the same person.
  const { recipients } = valueOf(await viewRequest(dora(), id, desk.context));
  const [recorded = ''] = recipients.map((one) => one.code).filter((one) => one.endsWith('-6'));
  expect(recorded).toMatch(/^dsr-/);
  await expect(put(id, 10, 'notified', { recipients: 0 })).rejects.toThrow(/each has a result/);
  await expect(put(id, 10, 'notified', { recipients: 2 })).rejects.toThrow(/as many recipients/);
  for (const result of ['holds-none', 'impossible', 'disproportionate'])
    await expect(put(id, 10, 'recipient-told', { recipient: recorded, result })).rejects.toThrow(
      /with the reason/,
    );
  await expect(
    put(id, 10, 'recipient-told', { recipient: recorded, result: 'forgotten' }),
  ).rejects.toThrow(/one result/);
  for (const [index, { code: recipient }] of recipients.entries()) {
    const telling = { id, seen: `${9 + index}`, recipient, result: 'told', reasons: '' };
    valueOf(await notifyRecipient(dora(), telling, desk.context));
    await expect(
      put(id, 10 + index + 1, 'recipient-told', { recipient, result: 'told' }),
    ).rejects.toThrow(/one result/);
  }
  const seen = 9 + recipients.length;
  await expect(put(id, seen + 1, 'notified', { recipients: recipients.length })).rejects.toThrow(
    /with the reason/,
  );
  const reasons = 'The registers were looked through.';
  valueOf(await finishRecipients(dora(), { id, seen: `${seen}`, reasons }, desk.context));
});

it('the database writes the code of a recipient as the program does', async () => {
  for (const name of [
    'PC-2026-000001',
    'DSR-2026-000012-7',
    ' --Ä b__C  ',
    `${'a'.repeat(59)}-b`,
  ]) {
    const [row] = await desk.owner.$queryRaw<{ code: string }[]>`
      select privacy_recipient_code(${name}) as code`;
    expect(row?.code, name).toBe(recipientCode(name));
  }
});
