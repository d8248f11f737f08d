/** A letter that was sent, or a proof, on record of a request as a file. */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scopesOf } from '#lib/identity/roles.ts';
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf } from '#lib/incidents/testing/incident-desk.ts';
import type { Result } from '#lib/platform/result.ts';
import { png } from '../testing/messages.ts';
import { openRefusals, type Refusals } from '../testing/refusals.ts';
import {
  advised,
  granting,
  openRequestDesk,
  press,
  received,
  type RequestDesk,
} from '../testing/request-desk.ts';
import { addFile } from './add-file.ts';
import { fulfilRequest } from './carry-out.ts';
import { filesBytesMax, filesMax } from './file-limits.ts';
import { keptBytesMax } from './kept-file.ts';
import { noteRequest } from './move-request.ts';
import { openRequestFile } from './open-file.ts';
import { readRequestTexts } from './read-texts.ts';
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

const dora = () => desk.people.dora.actor;
const code = async (acting: Promise<Result<unknown>>): Promise<string> => {
  const result = await acting;
  return result.ok ? 'done' : result.refusal.code;
};
const letter = (text = 'Dear Ms Müller, here is our answer.') => Buffer.from(`%PDF-1.7\n${text}`);
const add = (id: string, seen: number, bytes: Uint8Array, more: object = {}, actor = dora()) =>
  addFile(
    actor,
    { id, seen: `${seen}`, name: 'letter.pdf', mediaType: 'application/pdf', ...more },
    bytes,
    desk.context,
  );
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

it('an answer names a letter that was added as a file, after it was decided', async () => {
  const { id } = await advised(desk, { right: 'not-automated' });
  const refusing = { ...granting, decision: 'refuse', grounds: ['unfounded'] };
  valueOf(await press(desk, desk.people.mia, { id, seen: '5', ...refusing }));
  valueOf(await press(desk, desk.people.ada, { id, seen: '6', step: 'approved' }));
  valueOf(await add(id, 7, letter()));
  const { sendable, standing } = valueOf(await viewRequest(dora(), id, desk.context));
  expect(standing.state).toBe('approved');
  expect(sendable.map(({ seq, what }) => [seq, what])).toEqual([
    [8, 'file'],
    [6, 'reasons'],
  ]);
  const answer = {
    channel: 'email',
    sentAt: fieldOf(desk.context.clock()),
    namesRemedies: 'yes',
    proof: 'Receipt of the mail service.',
  };
  const named = (digest: string) =>
    code(fulfilRequest(dora(), { id, seen: '8', ...answer, digest }, desk.context));
  // The plain digest is nowhere outside the seal; the commitment is what stands on record.
  expect(await named(sha256(letter()))).toBe('sent-unknown');
  expect(await named(sendable[0]?.digest ?? '')).toBe('done');
});

it('is kept sealed, whole and under a harmless name, with the digest of what came', async () => {
  const { id } = await received(desk);
  const bytes = Buffer.concat([letter(), randomBytes(2_500_000), Buffer.alloc(200, 7)]);
  const name = '../\u202efdp.\\Letter to Anne.pdf';
  const said = valueOf(await add(id, 1, bytes, { name }));
  expect(said).toEqual({ seq: 2, sha256: sha256(bytes) });
  const file = valueOf(await openRequestFile(dora(), { id, seq: '2' }, desk.context));
  expect(Buffer.from(file.bytes).equals(bytes)).toBe(true);
  const texts = new Map(
    valueOf(await readRequestTexts(dora(), { id }, desk.context)).map(({ seq, field, text }) => [
      `${seq} ${field}`,
      text,
    ]),
  );
  expect(texts.get('2 file-digest')).toBe(sha256(bytes));
  expect(texts.get('2 file-name')).toMatch(/Letter to Anne\.pdf$/);
  expect(texts.get('2 file-name')).not.toMatch(/[/\\\u202e]|^\./u);
  const where = { requestId: id, seq: 2 };
  const parts = await desk.owner.privacyRequestFile.findMany({ where });
  expect(parts).toHaveLength(3);
  for (const { sealed } of parts)
    expect(Buffer.from(sealed ?? []).includes(Buffer.alloc(50, 7))).toBe(false);
  const { facts } = await desk.owner.privacyRequestEvent.findFirstOrThrow({ where });
  expect(JSON.stringify(facts)).not.toContain(said.sha256);
});

it('takes PDF, PNG, JPEG and plain text by what they hold, and nothing else whatever it is called', async () => {
  const { id } = await received(desk);
  const plain = { name: 'a.txt', mediaType: 'text/plain' };
  const jpeg = Buffer.from('ffd8ffe000104a464946', 'hex');
  for (const [bytes, more] of [
    [Buffer.from('<html></html>'), { name: 'a.html', mediaType: 'text/html' }],
    [Buffer.from('PK\u0003\u0004'), {}],
    [Buffer.from([0x61, 0]), plain],
    [Buffer.from([0xc3, 0x28]), plain],
  ] as const)
    expect(await code(add(id, 1, bytes, more))).toBe('file-kind');
  expect(await code(add(id, 1, new Uint8Array()))).toBe('file-empty');
  expect(await code(add(id, 1, Buffer.concat([letter(), Buffer.alloc(keptBytesMax)])))).toBe(
    'file-too-large',
  );
  const seen = [png, jpeg, letter(), Buffer.from('Grüße')];
  for (const [index, bytes] of seen.entries())
    expect(await code(add(id, index + 1, bytes, plain))).toBe('done');
  const { events } = valueOf(await viewRequest(dora(), id, desk.context));
  expect(
    events.flatMap((event) => (event.kind === 'file-added' ? [event.facts.mediaType] : [])),
  ).toEqual(['image/png', 'image/jpeg', 'application/pdf', 'text/plain']);
});

it('is added by who works on requests alone, to the request as they saw it', async () => {
  const { id } = await received(desk);
  for (const { actor } of [desk.people.ada, desk.people.ida])
    expect(await code(add(id, 1, letter(), {}, actor))).toBe('not-allowed');
  const administrator = { ...dora(), scopes: scopesOf(['administrator']) };
  expect(await code(add(id, 1, letter(), {}, administrator))).toBe('not-allowed');
  valueOf(await noteRequest(dora(), { id, seen: '1', note: 'She rang.' }, desk.context));
  expect(await code(add(id, 1, letter()))).toBe('request-moved');
  const unknown = '00000000-0000-4000-8000-000000000000';
  expect(await code(add(unknown, 1, letter()))).toBe('request-unknown');
  // Of two at once one stands: both were sealed for the same place.
  const both = await Promise.all([code(add(id, 2, letter())), code(add(id, 2, letter('Again.')))]);
  expect(both.toSorted()).toEqual(['done', 'request-moved']);
  const file = valueOf(await openRequestFile(dora(), { id, seq: '3' }, desk.context));
  expect(file.mediaType).toBe('application/pdf');
});

/** Files as a web server that was taken over writes them, each with its event. */
const past = async (id: string, seq: number, parts: number, bytes: number, size = 1) => {
  const { keyId } = await desk.owner.privacyRequest.findUniqueOrThrow({ where: { id } });
  const facts = { mediaType: 'text/plain', size, commitment: sha256(randomBytes(8)), parts };
  return refusals.refusal(`begin;
    insert into privacy_request_event (request_id, seq, kind, actor, at, facts)
      values ('${id}', ${seq}, 'file-added', '${dora().personId}', now(), '${JSON.stringify(facts)}');
    insert into privacy_request_file (request_id, seq, part, sealed)
      select '${id}', ${seq}, n, '\\x01${keyId}'::bytea || convert_to(repeat('a', ${bytes}), 'UTF8')
      from generate_series(1, ${parts}) n;
    commit`);
};

it('holds no more files than is said, whoever writes them', async () => {
  const { id } = await received(desk);
  for (let seq = 2; seq <= filesMax + 1; seq += 1) expect(await past(id, seq, 1, 100)).toBeNull();
  expect(await past(id, filesMax + 2, 1, 100)).toBe('CS002');
  expect(await code(add(id, filesMax + 1, letter()))).toBe('too-many-files');
});

it('holds no more bytes of files than is said, whoever writes them, and still takes notes', async () => {
  const { id } = await received(desk);
  const parts = [10, 10, 10, 10, 10, 10, 3];
  for (const [index, count] of parts.entries())
    expect(await past(id, index + 2, count, 1_048_600, count * 1_048_576)).toBeNull();
  expect(await past(id, 9, 2, 1_048_600)).toBe('CS002');
  const left = filesBytesMax - parts.reduce((sum, one) => sum + one, 0) * 1_048_576;
  const padded = (bytes: number) => Buffer.concat([letter(), randomBytes(bytes)]);
  expect(await code(add(id, 8, padded(left)))).toBe('files-too-large');
  expect(await code(add(id, 8, padded(left - letter().length)))).toBe('done');
  expect(await code(add(id, 9, letter()))).toBe('files-too-large');
  const note = { id, seen: '9', note: 'The rest is typed.' };
  expect(await code(noteRequest(dora(), note, desk.context))).toBe('done');
});
