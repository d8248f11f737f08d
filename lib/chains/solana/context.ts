/** What of a transaction the bytes don't say: the chain. A vault has one address, so nothing is derived. */
import { z } from 'zod';

export const solanaContext = z.strictObject({
  /** CAIP-2 id. */
  chain: z.string().regex(/^solana:[A-Za-z0-9_-]{1,32}$/),
});
export type SolanaContext = z.infer<typeof solanaContext>;
