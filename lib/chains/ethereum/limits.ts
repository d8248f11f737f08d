/** Bounds that builder and decoder share. What lies outside them is no transfer that a vault signs. */

/** What every transaction costs before anything runs (yellow paper, appendix G). */
export const GAS_MIN = 21_000n;
/** A recipient may be a contract, such as a wallet shared by several, that notes what it receives. */
export const ETHER_GAS_MAX = 100_000n;
/** A proxied token that keeps lists of its own takes about 65,000. */
export const TOKEN_GAS_MAX = 150_000n;
/** Wei. More than 18 ether for one unit of gas: whatever names it was not meant. */
export const FEE_PER_GAS_MAX = 2n ** 64n - 1n;
/** EIP-2681 allows more; no account gets here, and it is what a number holds exactly. */
export const NONCE_MAX = 2n ** 53n - 1n;
export const AMOUNT_MAX = 2n ** 256n - 1n;
