/** A cold party of the sample organisation, opened as `npm run cold` does, on this very machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pinnedNode, projectRoot } from '#scripts/supervisor/settings.ts';
import { freePort } from './cold-site.ts';

const START_MS = 30_000;

export type ColdTerminal = {
  /** Where its page is. */
  origin: string;
  close(): Promise<void>;
};

/** @throws Error with what the command said when it does not open the party. */
export async function openColdTerminal(name: string): Promise<ColdTerminal> {
  const origin = `http://localhost:${await freePort()}`;
  const child = spawn(pinnedNode, ['scripts/cold.ts', name, '--sandbox'], {
    cwd: projectRoot,
    env: { ...process.env, COUNTERSIGN_MODE: 'sandbox', COUNTERSIGN_PARTY_ORIGIN: origin },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (): void => reject(new Error(`Party ${name} was not opened: ${said}`));
    const timer = setTimeout(fail, START_MS);
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (!said.includes(`${origin}/cold`)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', fail);
  });
  return {
    origin,
    close: async () => {
      child.stdin.write('q\n');
      const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
