import type { BreachList } from '#lib/privacy/breaches/breach-lists.ts';

export const breachesPath = '/privacy/breaches';
export const newBreachPath = `${breachesPath}/new`;
export const breachPath = (number: string): string => `${breachesPath}/${number}`;

/** Address of a page of the register. @param after cursor of the page before; null for the first. */
export function breachesAddress(list: BreachList, after: string | null): string {
  const query = new URLSearchParams();
  if (list !== 'open') query.set('list', list);
  if (after !== null) query.set('after', after);
  const text = query.toString();
  return text === '' ? breachesPath : `${breachesPath}?${text}`;
}

/** A notification that was signed off, as a file. */
export const notificationFile = (id: string, part: number, format: 'pdf' | 'txt'): string =>
  `/api/privacy/breaches/notifications?${new URLSearchParams({ id, part: String(part), format }).toString()}`;
