/** One text that does not open takes no others of its request, breach or hold with it: against real database and keys. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { unopened } from '#lib/audit/sealed-text.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { UnopenedTexts } from '#lib/persons/texts/unopened-texts.ts';
import { damageText } from '#lib/platform/db/testing/damage-text.ts';
import { readBreachTextsOf } from '../breaches/read-breach-texts.ts';
import { viewNotificationFile } from '../breaches/view-notification-file.ts';
import { viewRegisterFile } from '../breaches/view-register-file.ts';
import { readHoldTexts } from '../retention/holds/read-hold-texts.ts';
import { confirmed, pressBreach } from '../testing/breach-desk.ts';
import { held } from '../testing/hold-desk.ts';
import { openRequestDesk, received, type RequestDesk } from '../testing/request-desk.ts';
import { looksAtRequestTexts } from './look-at-texts.ts';
import { readRequestTexts } from './read-texts.ts';
import { notOpening } from './shown-texts.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
const refusals = async () =>
  (await desk.owner.dataKeyRefusal.findMany({ where: { kind: 'text' } })).map(({ owner }) => owner);

it('a request shows the rest, and the worker puts the row on record once it has seen for itself', async () => {
  const { id } = await received(desk, { message: 'What do you hold of me?' });
  const where = { requestId_seq_field: { requestId: id, seq: 1, field: 'message' } };
  const { commitment } = await desk.owner.privacyRequestText.findUniqueOrThrow({ where });
  const read = async () =>
    new Map(
      valueOf(await readRequestTexts(dora(), { id }, desk.context)).map(({ field, text }) => [
        field,
        text,
      ]),
    );
  const named = `privacy_request_text/${id} 1 message`;
  const watch = new UnopenedTexts({ db: desk.worker }, [looksAtRequestTexts]);
  for (const said of [named, `privacy_request_text/${id} 9 message`, `privacy_request_text/x`])
    watch.hear(said);
  await watch.look();
  expect(await refusals()).toEqual([]);
  const before = await read();
  await damageText(desk.owner, 'privacy_request_text', commitment);
  expect(await read()).toEqual(new Map([...before, ['message', unopened]]));
  for (let time = 0; time < 2; time += 1) {
    watch.hear(named);
    await watch.look();
  }
  expect(await refusals()).toEqual([named]);
});

it('a breach shows the rest, its register is saved, and a signed part that does not open is refused with a sentence', async () => {
  const { id, number } = await confirmed(desk);
  const signing = { id, seen: '2', step: 'notification-signed', later: 'We are still counting.' };
  valueOf(await pressBreach(desk, desk.people.mia, signing));
  const damage = async (field: string) => {
    const { commitment } = await desk.owner.privacyBreachText.findFirstOrThrow({
      where: { breachId: id, field },
    });
    await damageText(desk.owner, 'privacy_breach_text', commitment);
  };
  await damage('description');
  await damage('document');
  const texts = valueOf(await readBreachTextsOf(dora(), { id }, desk.context));
  const textOf = (field: string) => texts.find((one) => one.field === field)?.text;
  expect([textOf('description'), textOf('document')]).toEqual([notOpening, notOpening]);
  expect(textOf('later')).toBe('We are still counting.');
  const { bytes } = valueOf(await viewRegisterFile(dora(), { format: 'csv' }, desk.context));
  const line = Buffer.from(bytes)
    .toString('utf8')
    .split('\r\n')
    .find((one) => one.startsWith(number));
  expect(line).toContain(notOpening);
  const part = { id, part: '1', format: 'txt' };
  expect(await viewNotificationFile(dora(), part, desk.context)).toMatchObject({
    refusal: { code: 'not-opened' },
  });
});

it('a hold says of its reasons that they do not open', async () => {
  const { id } = await held(desk);
  const { commitment } = await desk.owner.privacyHoldText.findFirstOrThrow({
    where: { holdId: id },
  });
  await damageText(desk.owner, 'privacy_hold_text', commitment);
  const [text] = valueOf(await readHoldTexts(dora(), { id }, desk.context));
  expect(text?.text).toBe(notOpening);
});
