/** Reads a request's body up to a limit; nothing is parsed before its size is known. */
import type { IncomingMessage } from 'node:http';

/** @returns null when the body is larger than `maxBytes` or breaks off. */
export async function readBody(
  incoming: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | null> {
  const announced = Number(incoming.headers['content-length'] ?? '0');
  if (announced > maxBytes) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBytes) return null;
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}
