/** One supervised run, from the lock to the last process gone. */
import { openControl } from './control.ts';
import { Progress } from './console.ts';
import { prepareDataFolder } from './data-folder.ts';
import { takeLock } from './lock.ts';
import { requireFreePorts } from './ports.ts';
import type { PortName, Settings } from './settings.ts';
import type { Step } from './steps.ts';
import { aborted, listenForStop } from './stop-request.ts';
import { Supervisor } from './supervisor.ts';

/** What a killed run left behind gets this long to end and free its ports. */
const LEFTOVER_PATIENCE_MS = 10_000;

export type Run = {
  settings: Settings;
  ports: Partial<Record<PortName, number>>;
  plan: (supervisor: Supervisor, signal: AbortSignal) => Step[];
  onReady: (seconds: number) => void;
};

async function bringUp(run: Run, supervisor: Supervisor, signal: AbortSignal): Promise<void> {
  const startedAt = Date.now();
  const steps = run.plan(supervisor, signal);
  const progress = new Progress(steps.length, signal);
  for (const step of steps) {
    signal.throwIfAborted();
    await progress.step(step.title, step.work, (note) => note);
  }
  signal.throwIfAborted();
  run.onReady((Date.now() - startedAt) / 1000);
  supervisor.markReady();
}

/**
 * Brings everything up, waits until someone wants it to stop, and takes it down in reverse order.
 * @throws Problem when it can't be brought up; whatever did start is down again by then
 */
export async function runSupervised(run: Run): Promise<void> {
  const { settings } = run;
  prepareDataFolder(settings.data);
  const lock = takeLock(settings.data);
  const supervisor = new Supervisor(settings);
  const signal = listenForStop(() => {
    supervisor.kill();
    lock.release();
    process.exit(130);
  });
  try {
    await requireFreePorts(run.ports, lock.wasStale ? LEFTOVER_PATIENCE_MS : 0);
    const control = await openControl(settings.data, supervisor);
    try {
      await bringUp(run, supervisor, signal);
      await aborted(signal);
    } finally {
      if (signal.aborted) console.log('\nStopping …');
      await supervisor.stop();
      control.close();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    lock.release();
  }
  console.log('Stopped.');
}
