import { currentActor } from '#lib/identity/current-actor.ts';
import { answerAction, readFileForm } from '#lib/platform/request-doors.ts';
import { refuse } from '#lib/platform/result.ts';
import { importMessageAction } from '#lib/privacy/request-actions.ts';

/** A message of the largest size, with what is said of its receipt. */
const bytesMax = 10_551_296;
const tooLarge = refuse('too-large', 'A message has at most 10 MiB.');

/** Takes a message as a file, with the fields of its receipt, as a form with files is sent. */
export async function POST(request: Request): Promise<Response> {
  const read = await readFileForm(request, currentActor, { bytesMax, tooLarge });
  if (read instanceof Response) return read;
  const message = new Uint8Array(await read.file.arrayBuffer());
  return answerAction(await importMessageAction(Object.fromEntries(read.form), message));
}
