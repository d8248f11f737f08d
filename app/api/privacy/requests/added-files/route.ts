import { currentActor } from '#lib/identity/current-actor.ts';
import { answerAction, readFileForm } from '#lib/platform/request-doors.ts';
import { refuse } from '#lib/platform/result.ts';
import { addFileAction } from '#lib/privacy/request-actions.ts';

/** A file of the largest size, with what it is added to. */
const bytesMax = 10_551_296;
const tooLarge = refuse('file-too-large', 'A file has at most 10 MiB.');

/** Takes a file that is put on record of a request, as a form with files is sent. */
export async function POST(request: Request): Promise<Response> {
  const read = await readFileForm(request, currentActor, { bytesMax, tooLarge });
  if (read instanceof Response) return read;
  const { form, file } = read;
  const said = { ...Object.fromEntries(form), name: file.name, mediaType: file.type };
  return answerAction(await addFileAction(said, new Uint8Array(await file.arrayBuffer())));
}
