import { expect, it } from 'vitest';
import { Beside } from './beside.ts';

it('work is begun once at a time, and nobody waits for it', async () => {
  const beside = new Beside({ everyMs: 0 });
  const { promise, resolve } = Promise.withResolvers<void>();
  let begun = 0;
  const work = () => {
    begun += 1;
    return promise;
  };
  beside.look(work);
  beside.look(work);
  expect(begun).toBe(1);
  resolve();
  await beside.settled();
  beside.look(work);
  expect(begun).toBe(2);
});

it('what a run failed of is thrown at each look, while the next one is at it too, until one succeeds', async () => {
  const beside = new Beside({ everyMs: 0 });
  beside.look(() => Promise.reject(new Error('no node')));
  await beside.settled();
  const { promise, resolve } = Promise.withResolvers<void>();
  for (let time = 0; time < 3; time += 1)
    expect(() => beside.look(() => promise)).toThrow('failed');
  resolve();
  await beside.settled();
  expect(() => beside.look(() => Promise.resolve())).not.toThrow();
});

it('stopping ends the work by its signal, and begins nothing any more', async () => {
  const beside = new Beside({ everyMs: 0 });
  let begun = 0;
  const work = (signal: AbortSignal) => {
    begun += 1;
    return new Promise<void>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  };
  beside.look(work);
  await beside.stop();
  beside.look(work);
  expect(begun).toBe(1);
});
