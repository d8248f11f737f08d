import { currentActor } from '#lib/identity/current-actor.ts';
import { addEvidenceAction } from '#lib/incidents/actions.ts';
import type { evidenceLimits } from '#lib/incidents/desk/evidence-file.ts';
import { answerLive } from '#lib/platform/answer-live.ts';
import { readBytes } from '#lib/platform/read-body.ts';
import { refuse, type Result } from '#lib/platform/result.ts';
import { webContext } from '#lib/platform/web-context.ts';

/** What the desk takes; its type keeps the two the same. */
const bytesMax: (typeof evidenceLimits)['bytes'] = 10_485_760;

/** As a server action answers: that a file is not the right one is no fault of the request. */
const say = (result: Result<unknown>): Response =>
  Response.json(result, { headers: { 'cache-control': 'no-store' } });

/**
 * Takes a file of evidence, which may be larger than what a server action takes. `?incident=` says
 * of which incident and `?name=` how the file is called.
 */
export async function POST(request: Request): Promise<Response> {
  if (request.headers.get('origin') !== webContext().settings.origin)
    return answerLive(refuse('foreign-origin', 'This request did not come from the console.'));
  // Before anything of the body is read.
  if (!(await currentActor())) return answerLive(null);
  const bytes = await readBytes(request, bytesMax);
  if (bytes === null)
    return say(
      refuse('too-large', `A file of evidence has at most ${bytesMax / 1024 / 1024} MiB.`),
    );
  const { searchParams } = new URL(request.url);
  const [id, name] = [searchParams.get('incident'), searchParams.get('name')];
  return say(await addEvidenceAction({ id, name, bytes }));
}
