/** Addresses of Ethereum at which nobody's money belongs. */
import { bytesToBigInt } from 'viem/utils';
import { addressBytes } from './address.ts';

/**
 * EIP-1352 sets these apart for precompiled contracts, none of which gives back what it is sent. Nobody finds a key for
 * one of so few either; `0x…dEaD`, where tokens are sent to be burnt, is among them.
 */
const RESERVED_BELOW = 0x1_0000n;

/** @throws TypeError when it is no Ethereum address. */
export const isReserved = (address: string): boolean =>
  bytesToBigInt(addressBytes(address)) < RESERVED_BELOW;
