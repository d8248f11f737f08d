/** Longer than any line the console sends; a stream that never ends a line is no stream of lines. */
const LINE_MAX = 1_000_000;

/**
 * The JSON values of a stream with one on each line. A last line without an end is not whole and is
 * left out. @throws Error on a line that is no JSON or too long.
 */
export async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LINE_MAX) throw new Error('A line of the stream is too long.');
    for (const line of lines) if (line !== '') yield JSON.parse(line);
  }
}
