/** What a check finds in the register as it stands: as the package would be checked that is filed for a day. */
import { z } from 'zod';
import { lacksScope, type Actor } from '#lib/identity/actor.ts';
import type { Context } from '#lib/platform/context.ts';
import { readForm } from '#lib/platform/forms.ts';
import { ok, type Result } from '#lib/platform/result.ts';
import { checkPackage, isBlocking } from '../roi/check-package.ts';
import type { Finding } from '../roi/finding.ts';
import { openRegisterPackage } from './register-package.ts';

/** Findings that a page shows; the command line prints all. */
export const findingsShown = 300;

export type RegisterCheck = {
  date: string;
  /** Blocking ones first. */
  findings: Finding[];
  blocking: number;
  warnings: number;
  rows: number;
  bytes: number;
};

/** The day that a register is filed for. */
export const referenceDate = z.strictObject({
  date: z.iso
    .date('Give the reference date as a day, such as 2026-12-31.')
    .refine((day) => day >= '2025-01-01' && day <= '2199-12-31', {
      error: 'Give a reference date from 2025 on: the register began then.',
    }),
});

export async function viewRegisterCheck(
  actor: Actor,
  input: unknown,
  context: Context,
): Promise<Result<RegisterCheck>> {
  const refused = lacksScope(actor, 'resilience:read');
  if (refused) return refused;
  const read = readForm(referenceDate, input);
  if (!read.ok) return read;
  const { date } = read.form;
  const opened = await openRegisterPackage(context, date);
  if (!opened.ok) return opened;
  const { path, rows, bytes, remove } = opened.value;
  try {
    const all = await checkPackage(path);
    const blocking = all.filter(isBlocking);
    const warnings = all.filter((finding) => !isBlocking(finding));
    return ok({
      date,
      findings: [...blocking, ...warnings].slice(0, findingsShown),
      blocking: blocking.length,
      warnings: warnings.length,
      rows,
      bytes,
    });
  } finally {
    await remove();
  }
}
