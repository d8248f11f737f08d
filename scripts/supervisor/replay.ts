/** Before anything is served: whom a database that was put back knows again is erased again. */
import { nodeCommand } from './node-command.ts';
import type { Supervisor } from './supervisor.ts';
import { runTask } from './task.ts';

/** Says how many people may be erased again, where more were erased since the backup than is usual. */
export const MORE_MEANT = 'COUNTERSIGN_ERASED_AGAIN';

/** @param options.env what the worker gets. @throws Problem where the keys are away or others: then nothing is served. */
export async function replay({
  supervisor,
  signal,
  env,
}: {
  supervisor: Supervisor;
  signal: AbortSignal;
  env: Readonly<Record<string, string>>;
}): Promise<string | null> {
  let last: string | null = null;
  const meant = process.env[MORE_MEANT];
  await runTask({
    title: 'The look for people who were erased',
    command: nodeCommand('scripts/replay-erasures.ts', {
      env: { ...env, ...(meant !== undefined && { [MORE_MEANT]: meant }) },
    }),
    onLine: (line) => {
      last = line;
      supervisor.hear('erasures', line);
    },
    signal,
  });
  return last;
}
