import { viewEnrolmentProgress } from '#lib/operations/view-enrolment-progress.ts';
import { answerLive } from '#lib/platform/answer-live.ts';
import { readBody } from '#lib/platform/read-body.ts';
import { refuseForeign } from '#lib/platform/request-doors.ts';
import { webContext } from '#lib/platform/web-context.ts';

/** Bytes: a token and the JSON around it; nothing else is taken. */
const bodyMax = 200;

async function readToken(request: Request): Promise<unknown> {
  const text = await readBody(request, bodyMax);
  if (text === null) return null;
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'token' in body ? body.token : null;
  } catch {
    return null;
  }
}

/**
 * How far the person behind an enrolment link has got. The token comes in the body, so that it
 * stands in no address, log or history.
 */
export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeign(request);
  if (refused) return refused;
  return answerLive(await viewEnrolmentProgress(await readToken(request), webContext()));
}
