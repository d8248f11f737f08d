/**
 * The pages of a party that has pinned its genesis: what it was shown, and the ways to say no. Host
 * was checked before; everything that changes something checks Origin and a key press.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Party } from '../party.ts';
import { scriptHash } from '../page/press-key.ts';
import { pageHeaders, pageHeadersWith } from '../page/style.ts';
import { renderOperation, renderUnknownOperation } from '../page/operation.ts';
import { renderOperations } from '../page/operations.ts';
import { renderStop } from '../page/stop.ts';
import { renderNotStopped, renderStopped } from '../page/stopped.ts';
import type { Trust } from '../store/trust.ts';
import { openCodeDesk, signedCodeRequest, type CodeDesk } from './code-desk.ts';
import { askWho, prepareCode, prepareNo } from './prepare.ts';
import { readRequest } from './read-request.ts';
import { pageSentence, refused, type PageAnswer, type PageRefusal } from './refusals.ts';
import { signedNo, takeStop } from './take-stop.ts';
import { countTries, type Tries } from './tries.ts';

const OPERATION = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const listPath = /^\/operations(?:\?page=(?<page>[1-9]\d{0,2}))?$/u;
const operationPath = new RegExp(`^/operations/(?<id>${OPERATION})$`, 'u');
const stoppedPath = new RegExp(`^/stopped/(?<id>${OPERATION})$`, 'u');

const scriptHeaders = pageHeadersWith(scriptHash);

type Page = { status: number; text: string; hasScript: boolean };

const found = (text: string, hasScript = false): Page => ({ status: 200, text, hasScript });

function pageAt(party: Party, trust: Trust, url: string): Page | null {
  const list = listPath.exec(url);
  if (list) return found(renderOperations(party, Number(list.groups?.['page'] ?? '1')));
  if (url === '/stop') return found(renderStop(party, trust), true);
  const operation = operationPath.exec(url)?.groups?.['id'];
  if (operation !== undefined) {
    const text = renderOperation(party, trust, operation);
    return text === null
      ? { status: 404, text: renderUnknownOperation(party, operation), hasScript: false }
      : found(text, true);
  }
  const stopped = stoppedPath.exec(url)?.groups?.['id'];
  if (stopped === undefined) return null;
  const text = renderStopped(party, trust, stopped);
  return text === null
    ? { status: 404, text: renderNotStopped(party), hasScript: false }
    : found(text);
}

function sendPage(response: ServerResponse, { status, text, hasScript }: Page): void {
  response.writeHead(status, {
    ...(hasScript ? scriptHeaders : pageHeaders),
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const statusOf: Partial<Record<string, number>> = {
  'page-foreign': 403,
  'page-malformed': 400,
  'page-too-large': 413,
  'too-many-tries': 429,
} satisfies Partial<Record<PageRefusal, number>>;

function sendAnswer(response: ServerResponse, given: PageAnswer<object>): void {
  const body = JSON.stringify(
    given.ok
      ? { ok: true, ...given.value }
      : { ok: false, refusal: given.refusal, sentence: pageSentence(given.refusal) },
  );
  response.writeHead(given.ok ? 200 : (statusOf[given.refusal] ?? 409), {
    ...pageHeaders,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

type Door = { party: Party; desk: CodeDesk; tries: Tries };

/** A no, made here or anywhere else, with the key press. */
function handNo({ party }: Door, body: unknown): PageAnswer<object> {
  const parsed = signedNo.safeParse(body);
  if (!parsed.success) return refused('page-malformed');
  const taken = takeStop(party, parsed.data);
  if (!taken.ok) return taken;
  const { person, operation } = taken.value;
  return { ok: true, value: { person, goTo: `/stopped/${operation}` } };
}

function handCode({ desk }: Door, trust: Trust, body: unknown): PageAnswer<object> {
  const parsed = signedCodeRequest.safeParse(body);
  if (!parsed.success) return refused('page-malformed');
  const shown = desk.show(trust, parsed.data);
  if (!shown.ok) return shown;
  const { person, code } = shown.value;
  return {
    ok: true,
    value: {
      person,
      code,
      says: `The code of ${person} for this operation. Type it on the console.`,
    },
  };
}

/** Failed tries are counted; a right one is taken whatever others sent before it. */
function counted({ party, tries }: Door, given: PageAnswer<object>): PageAnswer<object> {
  if (given.ok || !tries.failed(party.now().getTime())) return given;
  return refused('too-many-tries');
}

function answerTo(door: Door, trust: Trust, url: string, body: unknown): PageAnswer<object> | null {
  const { party } = door;
  switch (url) {
    case '/keys':
      return askWho(party, trust, body);
    case '/no/prepare':
      return prepareNo(party, trust, body);
    case '/code/prepare':
      return prepareCode(door, trust, body);
    case '/no':
      return counted(door, handNo(door, body));
    case '/code':
      return counted(door, handCode(door, trust, body));
    default:
      return null;
  }
}

const posts: readonly string[] = ['/keys', '/no/prepare', '/no', '/code/prepare', '/code'];

/** @returns whether the request was one of these pages' and is answered. */
export type PageRoutes = (incoming: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export function openPageRoutes(party: Party): PageRoutes {
  const door: Door = { party, desk: openCodeDesk(party), tries: countTries() };
  return async (incoming, response) => {
    const { method, url = '' } = incoming;
    if (!party.trust) return false;
    if (method === 'GET' || method === 'HEAD') {
      const page = pageAt(party, party.trust, url);
      if (page) sendPage(response, page);
      return page !== null;
    }
    if (method !== 'POST' || !posts.includes(url)) return false;
    const request = await readRequest(party, incoming);
    // What is left of a body that was not read must not be taken for the next request.
    if (!incoming.complete) response.setHeader('connection', 'close');
    const given = request.ok ? answerTo(door, party.trust, url, request.value) : request;
    sendAnswer(response, given ?? refused('page-malformed'));
    return true;
  };
}
