import { hexToBytes } from 'viem/utils';
import { expect, test } from 'vitest';
import { assembleProgram } from './assembler.ts';
import { passOnCode, tokenInitCode } from './token-program.ts';

test('numbers are pushed in as few bytes as they take, places in two', () => {
  expect([...assembleProgram('0 255 256 start: @start jump')]).toEqual([
    0x60, 0, 0x60, 255, 0x61, 1, 0, 0x5b, 0x61, 0, 7, 0x56,
  ]);
});

test('what follows a semicolon is a comment, and unknown words are named', () => {
  expect([...assembleProgram('stop ; revert\n stop')]).toEqual([0, 0]);
  expect(() => assembleProgram('selfdestruct')).toThrow('selfdestruct is no opcode');
  expect(() => assembleProgram('@nowhere')).toThrow('No place is called nowhere');
});

test('the code that is left behind begins right after the code that leaves it', () => {
  const init = hexToBytes(tokenInitCode() as `0x${string}`);
  // codecopy, the size again, 0, return; then the runtime, which begins by looking at the ether sent.
  const code = init.findIndex(
    (byte, place) => byte === 0x39 && init[place + 1] === 0x61 && init[place + 6] === 0xf3,
  );
  expect(code).toBeGreaterThan(0);
  expect(init[code + 7]).toBe(0x34);
});

test('ether is passed on by code that names the recipient and nothing else', () => {
  expect(passOnCode('0x70997970C51812dc3A010C7d01b50e0d17dc79C8')).toBe(
    '0x600060006000600034' + '7370997970c51812dc3a010c7d01b50e0d17dc79c8' + '5af100',
  );
});
