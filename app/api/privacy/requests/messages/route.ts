import { currentActor } from '#lib/identity/current-actor.ts';
import { answerLive } from '#lib/platform/answer-live.ts';
import { readBytes } from '#lib/platform/read-body.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { importMessageAction } from '#lib/privacy/request-actions.ts';

/** A message of the largest size, with what is said of its receipt. */
const bytesMax = 10_551_296;

/** As a server action answers: that a file is not the right one is no fault of the request. */
const say = (result: Result<unknown>): Response =>
  Response.json(result, { headers: { 'cache-control': 'no-store' } });

/** Takes a message as a file, with the fields of its receipt, as a form with files is sent. */
export async function POST(request: Request): Promise<Response> {
  if (request.headers.get('origin') !== webContext().settings.origin)
    return answerLive(refuse('foreign-origin', 'This request did not come from the console.'));
  // Before anything of the body is read.
  if (!(await currentActor())) return answerLive(null);
  const bytes = await readBytes(request, bytesMax);
  if (bytes === null) return say(refuse('too-large', 'A message has at most 10 MiB.'));
  const form = await formOf(request, bytes);
  const file = form?.get('file');
  if (!form || !(file instanceof File)) return say(refuse('form-invalid', 'Choose the file.'));
  form.delete('file');
  const message = new Uint8Array(await file.arrayBuffer());
  return say(await importMessageAction(Object.fromEntries(form), message));
}

/** What was sent as a form; null where it is none. */
async function formOf(request: Request, bytes: Uint8Array): Promise<FormData | null> {
  try {
    const type = request.headers.get('content-type') ?? '';
    return await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': type },
    }).formData();
  } catch {
    return null;
  }
}
