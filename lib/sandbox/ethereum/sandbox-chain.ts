/** What is fixed about the sandbox chain. */

/** Anvil's own; every wallet knows it for a test chain. */
export const CHAIN_ID = 31_337;

/**
 * Anvil's first two accounts, whose keys everybody knows: the first made the token and has all of it,
 * the second pays ether. No account of the sandbox's vaults is among the well-known ones.
 */
export const TOKEN_FAUCET = '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266';
export const ETHER_FAUCET = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
