import { describe, expect, test } from 'vitest';
import { hasBlockedPort, isBlockedPort } from './blocked-ports.ts';

/** Asks the runtime itself: a refused port fails with this cause before any connection is tried. */
async function isRefusedByFetch(port: number): Promise<boolean> {
  const abort = new AbortController();
  const answer = fetch(`http://127.0.0.1:${port}/`, { signal: abort.signal }).then(
    () => false,
    (error: unknown) =>
      error instanceof Error && error.cause instanceof Error && error.cause.message === 'bad port',
  );
  const undecided = new Promise<boolean>((resolve) => {
    setImmediate(resolve, false);
  });
  const refused = await Promise.race([answer, undecided]);
  abort.abort();
  return refused;
}

describe('blocked ports', () => {
  test('are those that fetch refuses', async () => {
    // All below 1024, where most of the list lies, and every listed one above with its neighbours.
    const above = Array.from({ length: 65_535 - 1_023 }, (_, index) => index + 1_024).filter(
      (port) => [port - 1, port, port + 1].some(isBlockedPort),
    );
    const asked = [...Array.from({ length: 1_023 }, (_, index) => index + 1), ...above];
    const differing: number[] = [];
    for (const port of asked)
      if ((await isRefusedByFetch(port)) !== isBlockedPort(port)) differing.push(port);
    expect(differing).toEqual([]);
  });

  test('are found in an address, but not in one without a port or in none at all', () => {
    expect(hasBlockedPort('http://localhost:4190')).toBe(true);
    expect(hasBlockedPort('https://console.example.com:6667/path')).toBe(true);
    expect(hasBlockedPort('http://localhost:3000')).toBe(false);
    expect(hasBlockedPort('https://console.example.com')).toBe(false);
    expect(hasBlockedPort('localhost:4190')).toBe(false);
    expect(hasBlockedPort('')).toBe(false);
  });
});
