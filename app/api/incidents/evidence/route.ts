import { currentActor } from '#lib/identity/current-actor.ts';
import { addEvidenceAction } from '#lib/incidents/actions.ts';
import type { evidenceLimits } from '#lib/incidents/desk/evidence-file.ts';
import { readBytes } from '#lib/platform/read-body.ts';
import { answerAction, refuseUpload } from '#lib/platform/request-doors.ts';
import { refuse } from '#lib/platform/result.ts';

/** What the desk takes; its type keeps the two the same. */
const bytesMax: (typeof evidenceLimits)['bytes'] = 10_485_760;

/**
 * Takes a file of evidence, which may be larger than what a server action takes. `?incident=` says
 * of which incident and `?name=` how the file is called.
 */
export async function POST(request: Request): Promise<Response> {
  const refused = await refuseUpload(request, currentActor);
  if (refused) return refused;
  const bytes = await readBytes(request, bytesMax);
  if (bytes === null)
    return answerAction(
      refuse('too-large', `A file of evidence has at most ${bytesMax / 1024 / 1024} MiB.`),
    );
  const { searchParams } = new URL(request.url);
  const [id, name] = [searchParams.get('incident'), searchParams.get('name')];
  return answerAction(await addEvidenceAction({ id, name, bytes }));
}
