import { markSession } from './session-state.ts';

/** A live query that was refused, such as after the session ended. */
export class LiveRefusal extends Error {
  override name = 'LiveRefusal';
  readonly code: string;

  constructor(code: string, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/**
 * Reads one of the console's own live addresses.
 * @throws LiveRefusal when the server says no, with its sentence.
 */
export async function readLive<T>(address: string, signal: AbortSignal): Promise<T> {
  const response = await fetch(address, { signal, headers: { accept: 'application/json' } });
  const body: unknown = await response.json().catch(() => null);
  if (response.ok && body !== null) return body as T;
  const text = (name: string): string | null => {
    const value = typeof body === 'object' && body !== null ? Reflect.get(body, name) : null;
    return typeof value === 'string' ? value : null;
  };
  if (response.status === 401) markSession('ended');
  throw new LiveRefusal(
    text('code') ?? 'no-answer',
    text('sentence') ?? 'The console does not answer, so this page is no longer live.',
  );
}
