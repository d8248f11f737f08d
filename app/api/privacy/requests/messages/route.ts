import { currentActor } from '#lib/identity/current-actor.ts';
import { formOfBody } from '#lib/platform/form-of-body.ts';
import { readBytes } from '#lib/platform/read-body.ts';
import { answerAction, refuseUpload } from '#lib/platform/request-doors.ts';
import { refuse } from '#lib/platform/result.ts';
import { importMessageAction } from '#lib/privacy/request-actions.ts';

/** A message of the largest size, with what is said of its receipt. */
const bytesMax = 10_551_296;

/** Takes a message as a file, with the fields of its receipt, as a form with files is sent. */
export async function POST(request: Request): Promise<Response> {
  const refused = await refuseUpload(request, currentActor);
  if (refused) return refused;
  const bytes = await readBytes(request, bytesMax);
  if (bytes === null) return answerAction(refuse('too-large', 'A message has at most 10 MiB.'));
  const form = await formOfBody(request, bytes);
  const file = form?.get('file');
  if (!form || !(file instanceof File))
    return answerAction(refuse('form-invalid', 'Choose the file.'));
  form.delete('file');
  const message = new Uint8Array(await file.arrayBuffer());
  return answerAction(await importMessageAction(Object.fromEntries(form), message));
}
