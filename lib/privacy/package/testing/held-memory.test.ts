import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { heldKb } from './held-memory.ts';

// Whole collections take long on a machine that is busy with other work.
vi.setConfig({ testTimeout: 120_000 });

const pages = 4;
const pageBytes = 2_000_000;

/** Reads pages, as a build does, and says how many of them stay. */
const reading =
  (keep: (kept: Buffer[], page: Buffer) => void) =>
  async (look: () => void): Promise<void> => {
    const kept: Buffer[] = [];
    for (let page = 0; page < pages; page += 1) {
      keep(kept, Buffer.alloc(pageBytes));
      await nextTurn();
      look();
    }
  };

test('work that keeps every page of buffers is caught with all of them', async () => {
  const held = await heldKb(reading((kept, page) => kept.push(page)));
  expect(held).toBeGreaterThan((pages * pageBytes) / 1000 - 500);
});

test('work that keeps every page as objects is caught as well', async () => {
  const rows: string[][] = [];
  const held = await heldKb(async (look) => {
    for (let page = 0; page < pages; page += 1) {
      rows.push(Array.from({ length: 40_000 }, (_, row) => `movement ${page} ${row}`));
      await nextTurn();
      look();
    }
  });
  expect(rows.length).toBe(pages);
  expect(held).toBeGreaterThan(4_000);
});

test('a page that is let go before the next one does not count beside it', async () => {
  const held = await heldKb(reading((kept, page) => kept.splice(0, 1, page)));
  expect(held).toBeLessThan(2 * (pageBytes / 1000) + 500);
});

test('buffers that lived long and are dead at a look do not count', async () => {
  const held = await heldKb(async (look) => {
    let kept: Buffer[] = Array.from({ length: pages }, () => Buffer.alloc(pageBytes));
    await heldKb(() => nextTurn());
    expect(kept.length).toBe(pages);
    kept = [];
    await nextTurn();
    look();
  });
  expect(held).toBeLessThan(1_000);
});
