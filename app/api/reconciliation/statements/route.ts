import { currentActor } from '#lib/identity/current-actor.ts';
import { readBytes } from '#lib/platform/read-body.ts';
import { answerAction, refuseUpload } from '#lib/platform/request-doors.ts';
import { refuse } from '#lib/platform/result.ts';
import { importStatementAction } from '#lib/reconciliation/bank/actions.ts';
import type { statementLimits } from '#lib/reconciliation/statements/statement.ts';

/** What the reader takes; its type keeps the two the same. */
const bytesMax: (typeof statementLimits)['bytes'] = 8_388_608;

/**
 * Takes the file of a bank's statement, which may be larger than what a server action takes.
 * `?account=` says whose it is and `?format=` what kind of file.
 */
export async function POST(request: Request): Promise<Response> {
  const refused = await refuseUpload(request, currentActor);
  if (refused) return refused;
  const bytes = await readBytes(request, bytesMax);
  if (bytes === null)
    return answerAction(
      refuse(
        'too-large',
        `The file is larger than ${bytesMax / 1024 / 1024} MiB. Ask the bank for one file a day.`,
      ),
    );
  const { searchParams } = new URL(request.url);
  const [account, format] = [searchParams.get('account'), searchParams.get('format')];
  return answerAction(await importStatementAction({ account, format, bytes }));
}
