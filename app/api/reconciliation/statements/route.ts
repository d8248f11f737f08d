import { currentActor } from '#lib/identity/current-actor.ts';
import { answerLive } from '#lib/platform/answer-live.ts';
import { readBytes } from '#lib/platform/read-body.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { webContext } from '#lib/platform/web-context.ts';
import { importStatementAction } from '#lib/reconciliation/bank/actions.ts';
import type { statementLimits } from '#lib/reconciliation/statements/statement.ts';

/** What the reader takes; its type keeps the two the same. */
const bytesMax: (typeof statementLimits)['bytes'] = 8_388_608;

/** As a server action answers: that a file is not the right one is no fault of the request. */
const say = (result: Result<unknown>): Response =>
  Response.json(result, { headers: { 'cache-control': 'no-store' } });

/**
 * Takes the file of a bank's statement, which may be larger than what a server action takes.
 * `?account=` says whose it is and `?format=` what kind of file.
 */
export async function POST(request: Request): Promise<Response> {
  if (request.headers.get('origin') !== webContext().settings.origin)
    return answerLive(refuse('foreign-origin', 'This request did not come from the console.'));
  // Before anything of the body is read.
  if (!(await currentActor())) return answerLive(null);
  const bytes = await readBytes(request, bytesMax);
  if (bytes === null)
    return say(
      refuse(
        'too-large',
        `The file is larger than ${bytesMax / 1024 / 1024} MiB. Ask the bank for one file a day.`,
      ),
    );
  const { searchParams } = new URL(request.url);
  const [account, format] = [searchParams.get('account'), searchParams.get('format')];
  return say(await importStatementAction({ account, format, bytes }));
}
