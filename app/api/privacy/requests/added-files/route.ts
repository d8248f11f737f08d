import { currentActor } from '#lib/identity/current-actor.ts';
import { formOfBody } from '#lib/platform/form-of-body.ts';
import { readBytes } from '#lib/platform/read-body.ts';
import { answerAction, refuseUpload } from '#lib/platform/request-doors.ts';
import { refuse } from '#lib/platform/result.ts';
import { addFileAction } from '#lib/privacy/request-actions.ts';

/** A file of the largest size, with what it is added to. */
const bytesMax = 10_551_296;

/** Takes a file that is put on record of a request, as a form with files is sent. */
export async function POST(request: Request): Promise<Response> {
  const refused = await refuseUpload(request, currentActor);
  if (refused) return refused;
  const bytes = await readBytes(request, bytesMax);
  if (bytes === null) return answerAction(refuse('file-too-large', 'A file has at most 10 MiB.'));
  const form = await formOfBody(request, bytes);
  const file = form?.get('file');
  if (!form || !(file instanceof File))
    return answerAction(refuse('form-invalid', 'Choose the file.'));
  form.delete('file');
  const said = { ...Object.fromEntries(form), name: file.name, mediaType: file.type };
  return answerAction(await addFileAction(said, new Uint8Array(await file.arrayBuffer())));
}
