/** `kill -9`, from a process that has nothing else to do. */
import { execFileSync } from 'node:child_process';
import { isAlive, until } from '#scripts/supervisor/testing/processes.ts';

/** Kills the process and waits until it is gone. @throws when there is none: a kill must hit. */
export async function killHard(pid: number): Promise<void> {
  if (pid <= 1 || !isAlive(pid)) throw new Error(`There is no process ${pid} to kill.`);
  execFileSync('/bin/sh', ['-c', `kill -9 ${pid}`], { timeout: 5_000 });
  await until(`process ${pid} is gone`, () => !isAlive(pid));
}
