import { afterEach, describe, expect, it } from 'vitest';
import { inSlot, onceRecorded } from './export-slots.ts';

async function* twoPieces(): AsyncGenerator<string> {
  yield 'a';
  yield 'b';
}
async function* failing(): AsyncGenerator<string> {
  yield 'a';
  throw new Error('The database is gone.');
}

const taken: AsyncGenerator<string>[] = [];
function take(pieces: () => AsyncGenerator<string> = twoPieces): AsyncGenerator<string> {
  const slot = inSlot(pieces);
  if (!slot.ok) throw new Error(slot.refusal.code);
  taken.push(slot.value);
  return slot.value;
}
const isBusy = (): boolean => !inSlotAndBack();
function inSlotAndBack(): boolean {
  const slot = inSlot(twoPieces);
  if (slot.ok) void slot.value.return(undefined);
  return slot.ok;
}

afterEach(async () => {
  for (const pieces of taken.splice(0)) await pieces.return(undefined);
});

describe('files that are written at once', () => {
  it('are four at most, counted before anybody takes the first piece', () => {
    for (let count = 0; count < 4; count += 1) take();
    expect(isBusy()).toBe(true);
  });

  it('give their place back when they end, fail, or are given up before or after the first piece', async () => {
    const ended = take();
    const failed = take(failing);
    const untouched = take();
    const begun = take();
    await begun.next();
    expect(isBusy()).toBe(true);
    const text: string[] = [];
    for await (const piece of ended) text.push(piece);
    expect(text).toEqual(['a', 'b']);
    await failed.next();
    await expect(failed.next()).rejects.toThrow('gone');
    await untouched.return(undefined);
    await begun.return(undefined);
    await begun.return(undefined);
    for (let count = 0; count < 4; count += 1) take();
    expect(isBusy()).toBe(true);
  });

  it('give it back when they could not be put on record', async () => {
    for (let count = 0; count < 3; count += 1) take();
    const last = take();
    await expect(onceRecorded(last, () => Promise.reject(new Error('no record')))).rejects.toThrow(
      'no record',
    );
    expect(isBusy()).toBe(false);
  });
});
