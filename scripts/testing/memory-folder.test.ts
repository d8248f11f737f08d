import { expect, test } from 'vitest';
import { isRoomy } from './memory-folder.ts';

const GIB = 1_073_741_824;

test.each([
  ['there is room', { folder: 12 * GIB, memory: 20 * GIB }, true],
  ['a container gives it 64 MB', { folder: 67_108_864, memory: 20 * GIB }, false],
  ['the processes would have too little left', { folder: 4 * GIB, memory: 7 * GIB }, false],
])('files of a run go into memory only where it has room for them: %s', (_name, room, expected) => {
  expect(isRoomy(room)).toBe(expected);
});
