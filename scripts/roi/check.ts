/** Checks a package and prints nothing but what it found. */
import { checkPackage, isBlocking } from '#lib/resilience/roi/check-package.ts';
import { Problem } from '../supervisor/problem.ts';

/** @returns the exit code. @throws Problem where nothing can be read at the path. */
export async function check(path: string): Promise<number> {
  const findings = await checkPackage(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    throw new Problem(`${path} can't be read (${code}). Look whether the path is right.`);
  });
  process.stdout.write(`${JSON.stringify({ findings }, null, 2)}\n`);
  return findings.some(isBlocking) ? 1 : 0;
}
