import { currentActor, watchingActor } from '#lib/identity/current-actor.ts';
import { savedAs, saySentence } from '#lib/platform/answer-download.ts';
import { readBytes } from '#lib/platform/read-body.ts';
import { answerAction, refuseUpload } from '#lib/platform/request-doors.ts';
import { refuse } from '#lib/platform/result.ts';
import { askedBy } from '#lib/platform/search-params.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { askForRegisterAction, importRegisterFileAction } from '#lib/resilience/actions.ts';
import type { registerFileMax } from '#lib/resilience/records/import-register-file.ts';
import { viewRegisterFile, type RegisterFile } from '#lib/resilience/records/view-register-file.ts';

/** What the take-over takes; its type keeps the two the same. */
const bytesMax: typeof registerFileMax = 33_554_432;

const statuses: ReadonlyMap<string, number> = new Map([
  ['form-invalid', 400],
  ['entity-missing', 409],
  ['register-busy', 503],
]);

/** The register as it is filed. `?date=` is the day that it is filed for. */
export async function GET(request: Request): Promise<Response> {
  const actor = await watchingActor();
  if (!actor) return saySentence('Your session has ended. Sign in again.', 401);
  const { date = null } = askedBy(request);
  const file = await viewRegisterFile(actor, { date }, webContext());
  if (!file.ok) return saySentence(file.refusal.sentence, statuses.get(file.refusal.code) ?? 403);
  return answerZip(file.value);
}

/** Without this Next would answer by GET: an export on record that nobody took. */
export function HEAD(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET, POST' } });
}

/** Streams the file; whoever stops reading ends it, too. */
const answerZip = ({ name, size, pieces }: RegisterFile): Response =>
  new Response(
    new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const { done, value } = await pieces.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await pieces.return(undefined);
      },
    }),
    {
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': savedAs(name),
        'content-length': String(size),
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    },
  );

/** Takes over a package or a workbook, which may be larger than what a server action takes. `?name=` is the file's. */
export async function POST(request: Request): Promise<Response> {
  const refused = await refuseUpload(request, currentActor);
  if (refused) return refused;
  const asked = await askForRegisterAction();
  if (!asked.ok) return answerAction(asked);
  const bytes = await readBytes(request, bytesMax);
  if (bytes === null)
    return answerAction(
      refuse(
        'too-large',
        `A register of at most ${bytesMax / 1_048_576} MiB is taken over at once.`,
      ),
    );
  const name = new URL(request.url).searchParams.get('name');
  return answerAction(await importRegisterFileAction({ name, bytes }));
}
