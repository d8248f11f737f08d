/**
 * The desk's pages of a cold party, at its own loopback address. Host was checked before; everything
 * that changes something checks Origin, and what signs checks a key press.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { digestHex } from '#lib/protocol/scalars.ts';
import { assertionJson } from '#lib/protocol/statement.ts';
import {
  addChunk,
  isComplete,
  joinChunks,
  NO_CHUNKS,
  type ChunkCollection,
} from '#lib/protocol/travel/chunk-collection.ts';
import { TRAVEL_BYTES_MAX } from '#lib/protocol/travel/limits.ts';
import { travelSentence } from '#lib/protocol/travel/refusals.ts';
import { splitIntoChunks } from '#lib/protocol/travel/split-into-chunks.ts';
import { refusalSentence } from '../refusals.ts';
import { ask, bring, clear, press, proceed, type ColdDesk, type Leaving } from './cold-desk.ts';
import type { PageRoutes } from './origin/page-routes.ts';
import { findPerson, whoever } from './origin/people.ts';
import { readRequest } from './origin/read-request.ts';
import { pageSentence, refused, type PageAnswer } from './origin/refusals.ts';
import { renderColdCode, renderColdDesk } from './page/cold.ts';
import { scriptHash } from './page/press-key.ts';
import { pageHeaders, pageHeadersWith } from './page/style.ts';
import { readBody } from './read-body.ts';

/** A document in a multipart body, with what stands around it. */
const UPLOAD_MAX = TRAVEL_BYTES_MAX + 64 * 1024;
const FORM_MAX = 2048;
const FORM_TYPE = /^application\/x-www-form-urlencoded(?:;\s*charset=utf-8)?$/iu;
const codePath = /^\/cold\/codes\/(?<place>[1-9]\d{0,2})(?<hold>\?hold)?$/u;

const problems = {
  foreign: 'The form did not come from this page. Open the page at its own address.',
  malformed: 'The form is not complete. Fill it in again.',
  changed: 'Another document lies on the desk by now. Read it anew.',
} as const;

/** The codes read so far, over several forms, and the codes of the answer. */
type Memory = {
  chunks: ChunkCollection;
  answer: { leaving: Leaving; chunks: readonly string[] } | null;
  problem: string | null;
};

type Door = { desk: ColdDesk; memory: Memory };

const scriptHeaders = pageHeadersWith(scriptHash);

function sendPage(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    ...scriptHeaders,
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

function sendDesk({ desk, memory }: Door, response: ServerResponse): void {
  const { problem, chunks } = memory;
  // A problem is about what was just sent, and is said once.
  memory.problem = null;
  sendPage(response, 200, renderColdDesk(desk, { problem, chunks }));
}

const toDesk = (response: ServerResponse): void =>
  void response.writeHead(303, { ...pageHeaders, location: '/cold' }).end();

function sendAnswer(response: ServerResponse, given: PageAnswer<object>): void {
  const said = given.ok
    ? { ok: true, ...given.value }
    : { ok: false, refusal: given.refusal, sentence: pageSentence(given.refusal) };
  const text = JSON.stringify(said);
  response.writeHead(given.ok ? 200 : 409, {
    ...pageHeaders,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const leavingOf = ({ shown }: ColdDesk): Leaving | null =>
  shown && 'leaving' in shown ? shown.leaving : null;

function sendFile(
  response: ServerResponse,
  { text, fileName }: { text: string; fileName: string },
): void {
  response.writeHead(200, {
    ...pageHeaders,
    'content-type': `${fileName.endsWith('.json') ? 'application/json' : 'text/plain'}; charset=utf-8`,
    'content-disposition': `attachment; filename="${fileName}"`,
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** The codes of the answer that lies on the desk, split once. */
async function codesOf({ desk, memory }: Door): Promise<readonly string[] | null> {
  const leaving = leavingOf(desk);
  if (!leaving) return null;
  if (memory.answer?.leaving === leaving) return memory.answer.chunks;
  const split = await splitIntoChunks(new TextEncoder().encode(leaving.text));
  if (!split.ok) {
    memory.problem = travelSentence(split.refusal);
    return null;
  }
  memory.answer = { leaving, chunks: split.chunks };
  return split.chunks;
}

async function sendCode(door: Door, response: ServerResponse, url: string): Promise<void> {
  const { place = '1', hold } = codePath.exec(url)?.groups ?? {};
  const chunks = await codesOf(door);
  if (!chunks || Number(place) > chunks.length) toDesk(response);
  else {
    const at = { chunks, place: Number(place), isHeld: hold !== undefined };
    sendPage(response, 200, renderColdCode(door.desk, at));
  }
}

/** Takes lines of codes; the last one that is missing makes the document whole. */
async function takeCodes({ desk, memory }: Door, text: string): Promise<void> {
  for (const line of text.split(/[\r\n]+/u)) {
    if (line.trim() === '') continue;
    const added = addChunk(memory.chunks, line);
    memory.chunks = added.collection;
    if (added.outcome !== 'added' && added.outcome !== 'repeated')
      memory.problem = travelSentence(added.outcome);
  }
  if (!isComplete(memory.chunks)) return;
  const joined = await joinChunks(memory.chunks);
  memory.chunks = NO_CHUNKS;
  memory.problem = joined.ok ? null : travelSentence(joined.refusal);
  if (joined.ok) bring(desk, joined.bytes);
}

/** A file as it is, or the text of codes. */
async function takeUpload(door: Door, body: Buffer, type: string): Promise<void> {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': type },
    }).formData();
  } catch {
    door.memory.problem = problems.malformed;
    return;
  }
  const [file, codes] = [form.get('file'), form.get('codes')];
  if (file instanceof File) bring(door.desk, new Uint8Array(await file.arrayBuffer()));
  else if (typeof codes === 'string') await takeCodes(door, codes);
  else door.memory.problem = problems.malformed;
}

async function takeForm(door: Door, incoming: IncomingMessage): Promise<void> {
  const { desk, memory } = door;
  const { headers, url } = incoming;
  if (headers.origin !== desk.party.config.origin.origin) {
    memory.problem = problems.foreign;
    return;
  }
  const type = headers['content-type'] ?? '';
  if (url === '/cold/read') {
    const body = await readBody(incoming, UPLOAD_MAX);
    if (body) await takeUpload(door, body, type);
    else memory.problem = travelSentence('travel-too-large');
    return;
  }
  const body = FORM_TYPE.test(type) ? await readBody(incoming, FORM_MAX) : null;
  if (!body) memory.problem = problems.malformed;
  else if (url === '/cold/clear') {
    memory.chunks = NO_CHUNKS;
    clear(desk);
  } else takeStep(door, new URLSearchParams(body.toString('utf8')).get('document'));
}

/** @param digest of the document that the person looked at. */
function takeStep({ desk, memory }: Door, digest: string | null): void {
  if (desk.current?.digest !== digest) {
    memory.problem = problems.changed;
    return;
  }
  const left = proceed(desk);
  if (!left.ok) memory.problem = refusalSentence(left.refusal);
}

const prepareRequest = z.strictObject({
  who: whoever,
  ask: z.strictObject({ document: digestHex }),
});

function prepare({ desk }: Door, body: unknown): PageAnswer<object> {
  const parsed = prepareRequest.safeParse(body);
  const { trust } = desk.party;
  if (!parsed.success || !trust) return refused('page-malformed');
  const { who, ask: asked } = parsed.data;
  if (desk.current?.digest !== asked.document) return refused('operation-changed');
  const found = findPerson(trust, who);
  if (!found.ok) return found;
  const question = ask(desk, found.value.id);
  if (!question) return refused('cold-confirm-foreign-group');
  const { challenge, rpId, keys, confirm } = question;
  return {
    ok: true,
    value: {
      press: { challenge, rpId, keys },
      hand: { nonce: confirm.nonce, person: confirm.person },
      says: 'Touch your key to sign this transaction with the share of this party.',
    },
  };
}

const pressRequest = z.strictObject({
  nonce: z.string().max(64),
  person: z.string().max(20),
  assertion: assertionJson,
});

function takePress({ desk }: Door, body: unknown): PageAnswer<object> {
  const parsed = pressRequest.safeParse(body);
  if (!parsed.success) return refused('page-malformed');
  const { nonce, person, assertion } = parsed.data;
  const pressed = press(desk, { nonce, assertion });
  return pressed.ok ? { ok: true, value: { person, goTo: '/cold' } } : refused(pressed.refusal);
}

async function takeJson(
  door: Door,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(door.desk.party, incoming);
  if (!request.ok) sendAnswer(response, request);
  else {
    const take = incoming.url === '/cold/prepare' ? prepare : takePress;
    sendAnswer(response, take(door, request.value));
  }
}

const forms: readonly string[] = ['/cold/read', '/cold/proceed', '/cold/clear'];
const jsons: readonly string[] = ['/cold/prepare', '/cold/press'];

/** @returns the pages of this desk, to stand before the party's others. */
export function openColdRoutes(desk: ColdDesk): PageRoutes {
  const door: Door = { desk, memory: { chunks: NO_CHUNKS, answer: null, problem: null } };
  return async (incoming, response) => {
    const { method = '', url = '' } = incoming;
    const isRead = method === 'GET' || method === 'HEAD';
    if (isRead && url === '/cold') sendDesk(door, response);
    else if (isRead && codePath.test(url)) await sendCode(door, response, url);
    else if (isRead && url === '/cold/answer') {
      const leaving = leavingOf(desk);
      if (leaving) sendFile(response, leaving);
      else toDesk(response);
    } else if (isRead && url === '/cold/backup') {
      const backup = leavingOf(desk)?.backup;
      if (backup) sendFile(response, { text: backup.text, fileName: backup.name });
      else toDesk(response);
    } else if (method === 'POST' && forms.includes(url)) {
      await takeForm(door, incoming);
      // What is left of a body that was not read must not be taken for the next request.
      if (!incoming.complete) response.setHeader('connection', 'close');
      toDesk(response);
    } else if (method === 'POST' && jsons.includes(url)) await takeJson(door, incoming, response);
    else return false;
    return true;
  };
}
