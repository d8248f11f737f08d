import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayMs, dayOf } from '#lib/platform/days.ts';
import { noticeSample, privacyTexts } from '#lib/resilience/testing/privacy-samples.ts';
import { newRecord } from '#lib/resilience/testing/desk.ts';
import { openRegistersDesk, type RegistersDesk } from '../testing/registers-desk.ts';
import { viewRequestForm } from './view-form.ts';

let desk: RegistersDesk;
beforeAll(async () => {
  desk = await openRegistersDesk();
});
afterAll(() => desk.database.drop());

test('the public form names the notice for clients in the edition that is in force, and its address only where it is one of the web', async () => {
  const { context } = desk;
  const organisation = context.settings.organisation;
  const once = expect.stringMatching(/^[A-Za-z0-9_-]{32}$/) as unknown;
  const first = await viewRequestForm(context);
  expect(first).toEqual({ organisation, once, notice: null });
  expect((await viewRequestForm(context)).once).not.toBe(first.once);
  const day = (days: number) => dayOf(new Date(context.clock().getTime() - days * dayMs));
  const edition = (name: string, days: number, at: string) => ({
    edition: name,
    inForceFrom: day(days),
    digest: 'a'.repeat(64),
    at,
  });
  const keep = (name: string, more: object) =>
    newRecord(
      desk,
      'notice',
      { ...noticeSample, name, state: 'in-force', ...more },
      privacyTexts.notice,
    );
  await keep('For staff', { audience: ['staff'], editions: [edition('1', 9, 'Archive')] });
  await keep('For clients', {
    audience: ['clients'],
    editions: [
      edition('1', 300, 'https://example.org/privacy/1'),
      edition('2', 20, 'https://example.org/privacy/2'),
      edition('3', -20, 'https://example.org/privacy/3'),
    ],
  });
  expect((await viewRequestForm(context)).notice).toEqual({
    name: 'For clients',
    edition: '2',
    inForceFrom: day(20),
    address: 'https://example.org/privacy/2',
  });
});
