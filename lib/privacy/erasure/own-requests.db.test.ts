/** What somebody wrote and sent in their own requests, once they are erased: against the real database and key service. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import { BLACK } from '#lib/persons/texts/black-out.ts';
import { dataKeys } from '#lib/platform/data-keys/our-keys.ts';
import { needlesOf } from '../scan/needles.ts';
import { Places } from '../scan/place.ts';
import { scanSealed } from '../scan/scan-sealed.ts';
import { scanTables } from '../scan/scan-tables.ts';
import { sealedColumns } from '../scan/sealed-columns.ts';
import {
  closeRequest,
  finishRecipients,
  fulfilRequest,
  notifyRecipient,
  withdrawRequest,
} from '../requests/carry-out.ts';
import { importMessage } from '../requests/import-message.ts';
import { digestBefore, loadRequest } from '../requests/load-request.ts';
import { openRequestFile } from '../requests/open-file.ts';
import { readRequestTexts } from '../requests/read-texts.ts';
import { openTexts } from '../requests/sealed-texts.ts';
import { viewRequest } from '../requests/view-request.ts';
import { decidedErasure, erasureNeeds, somebody, tied } from '../testing/erasure-desk.ts';
import { held, lifted } from '../testing/hold-desk.ts';
import { mail, said } from '../testing/messages.ts';
import { openRequestDesk, received, type RequestDesk } from '../testing/request-desk.ts';
import { carryErasure } from './erasure-desk.ts';
import type { ErasureProof } from './phases.ts';
import { endReplies } from './request-texts.ts';
import { sentDigest } from '../testing/sent-digest.ts';

let desk: RequestDesk;
beforeAll(async () => {
  desk = await openRequestDesk();
});
afterAll(() => desk.close());

const dora = () => desk.people.dora.actor;
let counted = 0;
/** Values that nobody else has, so that a scan for them says something. */
function values() {
  counted += 1;
  return {
    'full-name': `Philippa Thornquist${counted}`,
    email: `philippa.thornquist${counted}@example.org`,
    'document-number': `PT${counted}88Z4${counted}2`,
  };
}
type Known = ReturnType<typeof values>;
const given = (known: Known) => ({
  name: known['full-name'],
  email: known.email,
  message: `I am ${known['full-name']}, passport ${known['document-number']}. Write to ${known.email}.`,
});

/** Looks as the owner through everything sealed of requests, and where it is said through every table and seal there is. */
async function scan(known: Known, isWhole = false): Promise<string[]> {
  const client = new pg.Client({ connectionString: desk.database.urls.owner });
  await client.connect();
  try {
    const places = new Places();
    const options = {
      needles: needlesOf(Object.values(known)),
      places,
      signal: new AbortController().signal,
      report: () => undefined,
    };
    if (isWhole) await scanTables(client, options);
    const columns = sealedColumns.filter(
      ({ table }) => isWhole || table.startsWith('privacy_request_'),
    );
    await scanSealed(client, columns, { ...options, keys: dataKeys() });
    return places.named.map(({ where, row }) => `${where} ${row?.split(' ').at(-1)}`);
  } finally {
    await client.end();
  }
}

const texts = async (id: string, purpose?: 'claim') =>
  new Map(
    valueOf(await readRequestTexts(dora(), { id, ...(purpose && { purpose }) }, desk.context)).map(
      ({ seq, field, text }) => [`${seq} ${field}`, text],
    ),
  );
const hashesOf = (requestId: string) =>
  desk.owner.privacyRequestSearch.count({ where: { requestId } });
const keyOf = async (id: string) =>
  (await desk.owner.privacyRequest.findUniqueOrThrow({ where: { id } })).keyId;
const erased = async (erasure: string) => {
  expect(await carryErasure(erasureNeeds(desk), erasure)).toBe('proved');
  const { proof } = await desk.owner.personErasure.findUniqueOrThrow({ where: { id: erasure } });
  return proof as unknown as ErasureProof;
};

/** A message with a file, that its sender took back before anybody was identified. */
async function withdrawnMessage(known: Known): Promise<string> {
  const plain = Buffer.from(
    mail([
      said(`This is ${known['full-name']}.`),
      { type: 'text/plain', name: `${known['full-name']}.txt`, body: `Born as ${known.email}` },
    ]),
  ).toString('utf8');
  const bytes = plain.replace(/^From: .*$/m, `From: ${known['full-name']} <${known.email}>`);
  const { id } = valueOf(
    await importMessage(
      dora(),
      { right: 'access', receivedAt: fieldOf(desk.context.clock()), forAnother: 'no' },
      new Uint8Array(Buffer.from(bytes)),
      desk.context,
    ),
  );
  const sent = { withdrawnAt: fieldOf(desk.context.clock()), proof: 'Written the same day.' };
  valueOf(await withdrawRequest(dora(), { id, seen: '2', ...sent }, desk.context));
  return id;
}

/** From the proved erasure to the end of its request: answered, every recipient told, closed. */
async function finished(id: string): Promise<void> {
  const seen = async () => `${(await loadRequest(desk.owner, id))?.seq ?? 0}`;
  const answer = {
    channel: 'email',
    sentAt: fieldOf(desk.context.clock()),
    digest: await sentDigest(desk.owner, id),
    namesRemedies: 'yes',
    proof: 'Registered letter 4711.',
    reasons: 'The person asked for a letter.',
  };
  valueOf(await fulfilRequest(dora(), { id, seen: await seen(), ...answer }, desk.context));
  for (const { code } of valueOf(await viewRequest(dora(), id, desk.context)).recipients)
    valueOf(
      await notifyRecipient(
        dora(),
        { id, seen: await seen(), recipient: code, result: 'told' },
        desk.context,
      ),
    );
  const reasons = 'All of them were told.';
  valueOf(await finishRecipients(dora(), { id, seen: await seen(), reasons }, desk.context));
  valueOf(await closeRequest(dora(), { id, seen: await seen() }, desk.context));
}

describe('requests of somebody who was erased', () => {
  it('keep the address until the last notice is on record, and then nothing of the person', async () => {
    const known = values();
    const message = await withdrawnMessage(known);
    const person = await somebody(desk, known);
    const { id, erasure } = await decidedErasure(desk, person, given(known));
    const before = await desk.owner.privacyRequestText.findMany({ where: { requestId: id } });
    const signed = await digestBefore(
      desk.owner,
      (await loadRequest(desk.owner, id)) ?? { id, events: [] },
      7,
    );
    const oldKeys = [await keyOf(id), await keyOf(message)];
    const proof = await erased(erasure);
    const address = ['email', 'name'].map((field) => `privacy_request_text.sealed ${field}`);
    expect((await scan(known)).toSorted()).toEqual(address);
    expect(proof).toMatchObject({
      found: [],
      kept: [{ where: 'privacy_request_text.sealed', count: 2, article: '12(3), 19' }],
      requests: { cleared: 2, files: 1 },
    });
    expect([await hashesOf(id), await hashesOf(message)]).toEqual([0, 0]);
    expect((await texts(id)).get('1 message')).toBe(
      `I am ${BLACK}, passport ${BLACK}. Write to ${BLACK}.`,
    );
    const file = await openRequestFile(dora(), { id: message, seq: '2' }, desk.context);
    expect(file.ok ? 'opened' : file.refusal.code).toBe('file-erased');
    // What a backup from before holds opens with no key, and what was signed stays as it was signed.
    expect(await dataKeys().missing(oldKeys)).toEqual(oldKeys);
    expect((await openTexts(id, before)).every(({ text }) => text === null)).toBe(true);
    const now = (await loadRequest(desk.owner, id)) ?? { id, events: [] };
    expect(await digestBefore(desk.owner, now, 7)).toBe(signed);
    const later = await received(desk, given(known));
    expect(valueOf(await viewRequest(dora(), later.id, desk.context)).alike).toEqual([]);

    expect(await endReplies(erasureNeeds(desk))).toBe(0);
    await finished(id);
    expect(await endReplies(erasureNeeds(desk))).toBe(1);
    expect(await endReplies(erasureNeeds(desk))).toBe(0);
    // What is left opens for a claim alone, to few, and that is on record.
    const opening = async (actor: ReturnType<typeof dora>, more: object = {}) => {
      const result = await readRequestTexts(actor, { id, ...more }, desk.context);
      return result.ok ? 'opened' : result.refusal.code;
    };
    expect(await opening(dora())).toBe('for-claims');
    expect(await opening(desk.people.ada.actor, { purpose: 'claim' })).toBe('for-claims');
    const rest = await texts(id, 'claim');
    expect([rest.get('1 name'), rest.get('1 email')]).toEqual([BLACK, BLACK]);
    const own = (await scan(known)).filter((place) => !place.includes('null'));
    // The one that came afterwards is another request, which nobody erased.
    expect(own.length).toBe(3);
    const sent = { withdrawnAt: fieldOf(desk.context.clock()), proof: 'It was a test.' };
    valueOf(await withdrawRequest(dora(), { id: later.id, seen: '1', ...sent }, desk.context));
  });

  it('show in a scan after the end nothing at all', async () => {
    const known = values();
    const person = await somebody(desk, known);
    const { id, erasure } = await decidedErasure(desk, person, given(known));
    await erased(erasure);
    await finished(id);
    await endReplies(erasureNeeds(desk));
    expect(await scan(known, true)).toEqual([]);
    expect(await desk.owner.erasureReply.findMany({ where: { requestId: id } })).toMatchObject([
      { fields: ['email', 'name'], reason: 'reply', endedAt: expect.any(Date) },
    ]);
  });

  it('lose what goes in part, and keep the rest', async () => {
    const known = values();
    const person = await somebody(desk, known);
    const yesterday = new Date(desk.context.clock().getTime() - 86_400_000);
    await tied(desk, person, { client: 'C-88101', until: yesterday });
    const { id, erasure, plan } = await decidedErasure(desk, person, given(known));
    expect(plan.fields).toEqual(['email']);
    expect(await erased(erasure)).toMatchObject({ found: [] });
    expect((await texts(id)).get('1 message')).toBe(
      `I am ${known['full-name']}, passport ${known['document-number']}. Write to ${BLACK}.`,
    );
    const kinds = await desk.owner.privacyRequestSearch.findMany({ where: { requestId: id } });
    expect(kinds.map(({ kind }) => kind)).toEqual(['name']);
    await finished(id);
    await endReplies(erasureNeeds(desk));
    const rest = await texts(id);
    expect([rest.get('1 name'), rest.get('1 email')]).toEqual([known['full-name'], BLACK]);
  });

  it('stay as they are under a legal hold, which the proof names, and lose the address when it is lifted', async () => {
    const known = values();
    const person = await somebody(desk, known);
    const earlier = await withdrawnMessage(known);
    const hold = await held(desk, { person: '', record: await numberOf(earlier) });
    const { erasure } = await decidedErasure(desk, person, given(known));
    const proof = await erased(erasure);
    expect(proof.found).toEqual([]);
    expect(proof.kept?.map(({ article }) => article)).toContain('17(3)(e)');
    expect(await hashesOf(earlier)).toBe(0);
    expect((await texts(earlier)).get('1 name')).toBe(known['full-name']);
    await endReplies(erasureNeeds(desk));
    expect((await texts(earlier)).get('1 name')).toBe(known['full-name']);
    await lifted(desk, hold.id);
    await endReplies(erasureNeeds(desk));
    expect((await texts(earlier)).get('1 name')).toBe(BLACK);
    const file = await openRequestFile(dora(), { id: earlier, seq: '2' }, desk.context);
    expect(file.ok ? 'opened' : file.refusal.code).toBe('file-erased');
  });
});

const numberOf = async (id: string) =>
  (await desk.owner.privacyRequest.findUniqueOrThrow({ where: { id } })).number;
