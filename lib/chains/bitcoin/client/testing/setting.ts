/** Sources of both kinds for a stand-in, for tests. */
import { BITCOIN_REGTEST } from '../../networks.ts';
import { createCoreSource } from '../core-source.ts';
import { createEsploraSource } from '../esplora-source.ts';
import type { BitcoinSource, SourceOptions } from '../source.ts';

export const sourceKinds = ['core', 'esplora'] as const;
export type SourceKind = (typeof sourceKinds)[number];

export function makeSource(
  kind: SourceKind,
  url: string,
  { timeoutMs = 5_000, chain = BITCOIN_REGTEST, ...rest }: Partial<SourceOptions> = {},
): BitcoinSource {
  return kind === 'core'
    ? createCoreSource({
        url,
        credentials: { user: 'console', password: 'secret' },
        chain,
        timeoutMs,
        scanTimeoutMs: timeoutMs,
        ...rest,
      })
    : createEsploraSource(url, { chain, timeoutMs, ...rest });
}
