/** Reads what this party's own script sends; anything else is named and answered alike. */
import type { IncomingMessage } from 'node:http';
import { readStrictJson } from '#lib/protocol/strict-json.ts';
import type { Party } from '../party.ts';
import { readBody } from '../read-body.ts';
import { refused, type PageAnswer } from './refusals.ts';

/** In bytes. A stop with its statement and key press takes 4 KiB. */
const BODY_MAX = 64 * 1024;

export async function readRequest(
  party: Party,
  incoming: IncomingMessage,
): Promise<PageAnswer<unknown>> {
  const { headers } = incoming;
  if (headers.origin !== party.config.origin.origin) return refused('page-foreign');
  // Browsers send this type to another origin only after they were told that they may.
  if (headers['content-type'] !== 'application/json') return refused('page-malformed');
  const body = await readBody(incoming, BODY_MAX);
  if (!body) return refused('page-too-large');
  const parsed = readStrictJson(body, BODY_MAX);
  return parsed.ok ? parsed : refused('page-malformed');
}
