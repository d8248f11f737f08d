import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { readNonceState } from './nonce-state.ts';

const SYSTEM = '1'.repeat(32);
const authority = new Uint8Array(32).fill(7);
const value = new Uint8Array(32).fill(8);
const account = (version: number, state: number, size = 80): Uint8Array => {
  const data = new Uint8Array(size);
  const view = new DataView(data.buffer);
  view.setUint32(0, version, true);
  view.setUint32(4, state, true);
  data.set(authority, 8);
  data.set(value, 40);
  return data;
};

describe('a nonce account', () => {
  it('is ready with its authority and value', () => {
    expect(readNonceState({ owner: SYSTEM, data: account(1, 1) })).toEqual({
      state: 'ready',
      authority: base58.encode(authority),
      value: base58.encode(value),
    });
  });

  it.each([
    ['missing', null],
    ['uninitialised', { owner: SYSTEM, data: account(1, 0) }],
    ['foreign', { owner: SYSTEM, data: account(0, 1) }],
    ['foreign', { owner: SYSTEM, data: account(1, 2) }],
    ['foreign', { owner: SYSTEM, data: new Uint8Array() }],
    ['foreign', { owner: SYSTEM, data: account(1, 1, 81) }],
    ['foreign', { owner: base58.encode(authority), data: account(1, 1) }],
  ])('is %s otherwise', (state, read) => {
    expect(readNonceState(read)).toEqual({ state });
  });
});
