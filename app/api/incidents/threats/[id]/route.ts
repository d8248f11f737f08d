import { currentActor } from '#lib/identity/current-actor.ts';
import { threatFile } from '#lib/incidents/threats/view-threat-file.ts';
import { answerFile, saySentence } from '#lib/platform/answer-download.ts';
import { readBytes } from '#lib/platform/read-body.ts';
import { webContext } from '#lib/platform/web-context.ts';

/** 20 fields, most of them a line. */
const bytesMax = 1_048_576;

/** Makes a file of a notification that was written on the page: a form sends its values, nothing of it is kept. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const context = webContext();
  if (request.headers.get('origin') !== context.settings.origin)
    return saySentence('This request did not come from the console.', 403);
  const actor = await currentActor();
  if (!actor) return saySentence('Your session has ended. Sign in again.', 401);
  const bytes = await readBytes(request, bytesMax);
  if (bytes === null) return saySentence('That is more than a notification holds.', 413);
  const sent = new URLSearchParams(new TextDecoder().decode(bytes));
  const values = parsed(sent.get('values'));
  const input = { id: (await params).id, format: sent.get('format'), values };
  const file = await threatFile(actor, input, context);
  return file.ok ? answerFile(file.value) : saySentence(file.refusal.sentence, 400);
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
