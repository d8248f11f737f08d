/** Text that is made while it is read, as the body of an answer: no more of it exists than was asked for. */
import { log } from './log.ts';

/** How long somebody may take to read one. */
const READ_MS = 15 * 60_000;

/**
 * Asks for the next piece when the reader has taken the one before. A failure breaks the answer off, so that
 * what arrived never passes for the whole.
 */
export function textStream(
  pieces: AsyncGenerator<string>,
  options: { gone: AbortSignal; readMs?: number },
): ReadableStream<Uint8Array> {
  const late = AbortSignal.timeout(options.readMs ?? READ_MS);
  const signal = AbortSignal.any([options.gone, late]);
  const text = new TextEncoder();
  const end = () => pieces.return(undefined).then(() => undefined);
  return new ReadableStream<Uint8Array>({
    start(controller) {
      signal.addEventListener('abort', () => {
        controller.error(signal.reason);
        end().catch((error: unknown) => {
          log.error({ err: error }, 'a download could not be ended');
        });
      });
    },
    async pull(controller) {
      try {
        const { done, value } = await pieces.next();
        if (signal.aborted) return;
        if (done === true) controller.close();
        else controller.enqueue(text.encode(value));
      } catch (error) {
        if (signal.aborted) return;
        log.error({ err: error }, 'a download was cut short');
        controller.error(error);
      }
    },
    cancel: end,
  });
}
