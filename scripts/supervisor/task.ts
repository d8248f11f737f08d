/** Runs a program once, to its end. */
import { startChild } from './child.ts';
import { Problem } from './problem.ts';
import type { Command } from './service.ts';

const KEPT_LINES = 25;

/**
 * @throws Problem with the last lines when the program fails or is interrupted
 */
export async function runTask(task: {
  title: string;
  command: Command;
  onLine: (line: string) => void;
  signal?: AbortSignal;
}): Promise<void> {
  const last: string[] = [];
  const child = startChild(task.command, (line) => {
    last.push(line);
    if (last.length > KEPT_LINES) last.shift();
    task.onLine(line);
  });
  const stop = (): void => {
    child.signal('SIGTERM');
    setTimeout(() => {
      child.signal('SIGKILL');
    }, 3_000).unref();
  };
  if (task.signal?.aborted) stop();
  task.signal?.addEventListener('abort', stop, { once: true });
  const { code, signal } = await child.ended;
  task.signal?.removeEventListener('abort', stop);
  // Workers of its own must not outlive it.
  child.signal('SIGKILL');
  if (code === 0) return;
  if (task.signal?.aborted) throw new Problem(`${task.title} was interrupted.`);
  const text = last.join('\n');
  if (/\bENOSPC\b|no space left/i.test(text))
    throw new Problem(
      `${task.title} stopped because the disk is full. Free some space and start again.`,
    );
  const how = signal === null ? `ended with code ${code ?? '?'}` : `was ended by ${signal}`;
  throw new Problem(
    `${task.title} failed: it ${how}. The last it printed:\n${text.replaceAll(/^/gm, '    ')}`,
  );
}
