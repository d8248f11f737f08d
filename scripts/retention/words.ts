/** What was rehearsed, in lines. Pure. */
import type { Rehearsed } from '#lib/privacy/retention/runs/rehearse.ts';
import { countSkipped, skipReasons, type SkipReason } from '#lib/privacy/retention/runs/skips.ts';
import { categoryOf } from '#lib/privacy/retention/schedule.ts';

export const rehearsedLines = (day: string, rules: readonly Rehearsed[]): string[] => [
  `What would go on ${day}:`,
  ...rules.map((line) => `${categoryOf(line.rule).name}: ${wordsOf(line)}`),
];

function wordsOf({ due, skipped, oldest, newest }: Rehearsed): string {
  if (due === 0) return 'nothing';
  const left = (Object.entries(skipped) as [SkipReason, number][]).map(
    ([reason, count]) =>
      `; ${count} left: ${skipReasons[reason][0]?.toLowerCase()}${skipReasons[reason].slice(1)}`,
  );
  return `${due - countSkipped(skipped)} of ${due}, whose periods count from ${oldest} to ${newest}${left.join('')}`;
}
