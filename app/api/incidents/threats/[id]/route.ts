import { currentActor } from '#lib/identity/current-actor.ts';
import { threatFile } from '#lib/incidents/threats/view-threat-file.ts';
import { answerFile, saySentence } from '#lib/platform/answer-download.ts';
import { readBytes } from '#lib/platform/read-body.ts';
import { webContext } from '#lib/platform/web-context.ts';

/** 20 fields, most of them a line. More would be cut off before it gets here (proxy.ts). */
const bytesMax = 262_144;

/** Makes a file of a notification that was written on the page: the page sends its values, nothing of them is kept. */
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
  const sent = parsed(new TextDecoder().decode(bytes));
  const { id } = await params;
  const file = await threatFile(actor, sent === null ? null : { ...sent, id }, context);
  return file.ok ? answerFile(file.value) : saySentence(file.refusal.sentence, 400);
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
