/** The web server's process, as the supervisor of the test's sandbox keeps it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';

type Status = { services: { name: string; state: string; pid: number | null }[] };

function webPid(): number | null {
  const path = join(process.env['COUNTERSIGN_DATA'] ?? '.data', 'run', 'status.json');
  const { services } = JSON.parse(readFileSync(path, 'utf8')) as Status;
  const web = services.find(({ name }) => name === 'web');
  return web?.state === 'up' ? web.pid : null;
}

/** Ends it as a power cut would; the supervisor starts another. */
export function killWebServer(): void {
  const pid = webPid();
  if (pid === null) throw new Error('The sandbox has no web server running.');
  process.kill(pid, 'SIGKILL');
}

/** Waits until the one that follows answers. */
export async function waitForWebServer(origin: string): Promise<void> {
  await expect
    .poll(
      async () =>
        (await fetch(`${origin}/api/health`).then(
          ({ status }) => status,
          () => 0,
        )) === 200 && webPid() !== null,
      { timeout: 60_000, message: 'the web server is back' },
    )
    .toBe(true);
}
