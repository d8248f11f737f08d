import type { ThreatValues } from '#lib/incidents/report/threat-notification.ts';
import { noAnswer } from '../../ui/key-problem.ts';

const timeoutMs = 60_000;
/** Browsers may still be reading the file when the click returns. */
const keptMs = 60_000;

/** Has the server make the file of a notification, and hands it to the browser. @returns why not, or null. */
export async function takeThreatFile(
  { id, number }: { id: string; number: string },
  format: 'pdf' | 'json',
  values: ThreatValues,
): Promise<string | null> {
  try {
    const response = await fetch(`/api/incidents/threats/${id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ format, values }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) return (await response.text()).slice(0, 500) || noAnswer;
    const address = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = address;
    link.download = `${number}-notification.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), keptMs);
    return null;
  } catch {
    return noAnswer;
  }
}
