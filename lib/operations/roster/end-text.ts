/** "until 27 Nov 2026, 15:00:00 UTC", or "without an end". @param instant ISO. */
export function endText(instant: string | null): string {
  if (instant === null) return 'without an end';
  const [, month = '', day = ''] = /^\d{4}-(\d{2})-(\d{2})/.exec(instant) ?? [];
  const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
  return `until ${Number(day)} ${months[Number(month) - 1]} ${instant.slice(0, 4)}, ${instant.slice(11, 19)} UTC`;
}
