/**
 * A request's body as text, of at most `max` bytes. Stops reading at the limit, so that a long body
 * costs nothing.
 * @returns null when it is longer.
 */
export async function readBody(request: Request, max: number): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > max) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
