/** What every route that changes something asks before it reads anything, and how one that takes a file answers. */
import { answerLive } from './answer-live.ts';
import { formOfBody } from './form-of-body.ts';
import { readBytes } from './read-body.ts';
import { refuse, type Refused, type Result } from './result.ts';
import { webContext } from './web-context.ts';

/** The refusal of a request that another site's page sent; null for the console's own. */
export function refuseForeign(request: Request): Response | null {
  return request.headers.get('origin') === webContext().settings.origin
    ? null
    : answerLive(refuse('foreign-origin', 'This request did not come from the console.'));
}

/**
 * The refusal of a file that another site's page sent, or nobody who is signed in; null where it may be read.
 * @param currentActor says who asks; asked before anything of the body is read.
 */
export async function refuseUpload(
  request: Request,
  currentActor: () => Promise<unknown>,
): Promise<Response | null> {
  return refuseForeign(request) ?? ((await currentActor()) ? null : answerLive(null));
}

export type FileOfForm = { form: FormData; file: File };

/**
 * A form with a file, of who is signed in and from the console's own page; else the answer that refuses it.
 * @param bytesMax of the whole body.
 * @param tooLarge what is answered where it has more.
 */
export async function readFileForm(
  request: Request,
  currentActor: () => Promise<unknown>,
  { bytesMax, tooLarge }: { bytesMax: number; tooLarge: Refused },
): Promise<FileOfForm | Response> {
  const refused = await refuseUpload(request, currentActor);
  if (refused) return refused;
  const bytes = await readBytes(request, bytesMax);
  if (bytes === null) return answerAction(tooLarge);
  const form = await formOfBody(request, bytes);
  const file = form?.get('file');
  if (!form || !(file instanceof File))
    return answerAction(refuse('form-invalid', 'Choose the file.'));
  form.delete('file');
  return { form, file };
}

/** As a server action answers: that a file is not the right one is no fault of the request. */
export const answerAction = (result: Result<unknown>): Response =>
  Response.json(result, { headers: { 'cache-control': 'no-store' } });
