/** The console's side of the sample colleagues' door: one request over their Unix socket. */
import { request } from 'node:http';

const timeoutMs = 10_000;
const answerMax = 16_384;

/**
 * Sends JSON to the colleagues' process.
 * @param address of their socket, with `unix:` before the path
 * @throws when nobody answers in time, or with more than an answer can be
 */
export function askAtDoor(address: string, path: string, question: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        socketPath: address.slice('unix:'.length),
        path,
        method: 'POST',
        timeout: timeoutMs,
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          if (text.length > answerMax) call.destroy(new Error('answer too large'));
        });
        response.on('end', () => {
          try {
            resolve(JSON.parse(text));
          } catch (error) {
            reject(error);
          }
        });
        response.on('error', reject);
      },
    );
    call.on('timeout', () => call.destroy(new Error('timed out')));
    call.on('error', reject);
    call.end(JSON.stringify(question));
  });
}
