import type { RecordView } from '#lib/resilience/records/view-record.ts';

/** What a record is called: its name or title, or else its reference. Pure. */
export function recordName({
  facts,
  texts,
  ref,
}: Pick<RecordView, 'facts' | 'texts' | 'ref'>): string {
  const { name } = facts as { name?: unknown };
  return typeof name === 'string' ? name : (texts['title'] ?? texts['name'] ?? ref);
}
