/** The sandbox that the tour is played in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../supervisor/problem.ts';
import type { Settings } from '../supervisor/settings.ts';
import { until } from '../supervisor/testing/processes.ts';

const HEALTHY_WITHIN_MS = 30_000;
const ANSWER_MS = 10_000;

const status = z.object({ origin: z.url() });

/**
 * The tour makes people with keys in software, which nothing but a sandbox may hold.
 * @throws Problem in production
 */
export function requireSandbox({ mode }: Pick<Settings, 'mode'>): void {
  if (mode === 'production')
    throw new Problem('The tour is for a sandbox only; COUNTERSIGN_MODE is "production".');
}

/** Address of the sandbox that runs on the data folder, or the one it would have. */
export function ownOrigin({ data, origin }: Settings): string {
  try {
    return status.parse(JSON.parse(readFileSync(join(data, 'run', 'status.json'), 'utf8'))).origin;
  } catch {
    return origin;
  }
}

/** @throws Problem when no healthy console answers there */
export async function requireHealthy(origin: string): Promise<void> {
  let seen = 'nobody answers';
  try {
    await until(
      'healthy',
      async () => {
        const answer = await fetch(`${origin}/api/health`, {
          signal: AbortSignal.timeout(ANSWER_MS),
        });
        if (!answer.ok) seen = `its health check says ${answer.status}: ${await answer.text()}`;
        return answer.ok;
      },
      HEALTHY_WITHIN_MS,
    );
  } catch {
    throw new Problem(
      `There is no healthy console at ${origin}: ${seen}. Start one with \`npm start\`, or name another with --base-url.`,
    );
  }
}
