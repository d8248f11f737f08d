/**
 * The sandbox's token: what of ERC-20 the console uses (name, symbol, decimals, supply, balances and
 * transfers), for a euro token of six decimals that is worth nothing. It has no approvals on purpose:
 * nothing of ours needs one.
 *
 * A balance lies under its owner's address; the supply under 2^160, which is no address.
 */
import { bytesToHex } from 'viem/utils';
import { assembleProgram } from './assembler.ts';

export const TOKEN_DECIMALS = 6;
const SYMBOL = 'EURC';
const NAME = 'EURC (sandbox, worth nothing)';
/** A billion euro, all at first with whoever puts the contract on the chain. */
export const TOKEN_SUPPLY = 1_000_000_000n * 10n ** 6n;
const SUPPLY_PLACE = 1n << 160n;
/** `Transfer(address,address,uint256)` */
const TRANSFER_EVENT = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';

/** A text as a contract returns it: offset, length, and one word of characters. */
function returnText(text: string): string {
  const bytes = Buffer.from(text, 'ascii');
  if (bytes.length > 32) throw new Error('The text fills more than one word');
  const word = bytesToHex(Buffer.concat([bytes, Buffer.alloc(32 - bytes.length)]));
  return `32 0 mstore  ${bytes.length} 32 mstore  ${word} 64 mstore  96 0 return`;
}

const returnTop = '0 mstore  32 0 return';

const runtime = `
  callvalue @refuse jumpi                ; nothing here can give ether back
  calldatasize 4 swap1 lt @refuse jumpi
  0 calldataload 224 shr                 ; the first four bytes say what is called
  dup1 0x06fdde03 eq @name jumpi
  dup1 0x95d89b41 eq @symbol jumpi
  dup1 0x313ce567 eq @decimals jumpi
  dup1 0x18160ddd eq @totalSupply jumpi
  dup1 0x70a08231 eq @balanceOf jumpi
  dup1 0xa9059cbb eq @transfer jumpi
refuse:
  0 0 revert
name:
  ${returnText(NAME)}
symbol:
  ${returnText(SYMBOL)}
decimals:
  ${TOKEN_DECIMALS} ${returnTop}
totalSupply:
  0x${SUPPLY_PLACE.toString(16)} sload ${returnTop}
balanceOf:
  calldatasize 36 swap1 lt @refuse jumpi
  4 calldataload
  dup1 160 shr @refuse jumpi             ; no address has more than 20 bytes
  sload ${returnTop}
transfer:
  calldatasize 68 swap1 lt @refuse jumpi
  4 calldataload                         ; to
  dup1 160 shr @refuse jumpi
  dup1 iszero @refuse jumpi
  36 calldataload                        ; to amount
  caller sload                           ; to amount balance
  dup2 dup2 lt @refuse jumpi             ; the balance must not be less than the amount
  dup2 swap1 sub                         ; to amount rest
  caller sstore                          ; to amount
  dup2 sload dup2 add                    ; to amount sum; the supply bounds it
  dup3 sstore                            ; to amount
  0 mstore                               ; to
  caller ${TRANSFER_EVENT} 32 0 log3
  1 ${returnTop}
`;

/** Gives the whole supply to its sender and leaves the runtime code behind. */
function initProgram(size: number, start: number): string {
  return `
  ${TOKEN_SUPPLY} caller sstore
  ${TOKEN_SUPPLY} 0x${SUPPLY_PLACE.toString(16)} sstore
  ${TOKEN_SUPPLY} 0 mstore
  caller 0 ${TRANSFER_EVENT} 32 0 log3   ; as if from nobody
  ${size} ${start} 0 codecopy
  ${size} 0 return
  `;
}

/** What lies at the token's address once it is there; hex with `0x`. */
export const tokenCode = (): string => bytesToHex(assembleProgram(runtime));

/** The same for a token that undoes every call. */
export const brokenTokenCode = (): string => bytesToHex(assembleProgram('0 0 revert'));

/** What a transaction without recipient carries to put the token on the chain; hex with `0x`. */
export function tokenInitCode(): string {
  const code = assembleProgram(runtime);
  // Where the code starts depends on how long what comes before it is, which 255 does not change.
  const before = assembleProgram(initProgram(code.length, 255)).length;
  const init = assembleProgram(initProgram(code.length, before));
  if (init.length !== before) throw new Error('The start of the code moved');
  return bytesToHex(Buffer.concat([init, code]));
}

/**
 * Sends the ether of its transaction on from inside a contract's making, so that no transaction to
 * the recipient shows it; hex with `0x`.
 */
export const passOnCode = (to: string): string =>
  bytesToHex(assembleProgram(`0 0 0 0 callvalue ${to.toLowerCase()} gas call stop`));
