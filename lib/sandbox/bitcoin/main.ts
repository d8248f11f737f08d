/**
 * Entry of the Bitcoin stand-in: a regtest node of one, for trying Countersign out. Its money is
 * worth nothing, and it refuses to start in production.
 */
import type { Server } from 'node:http';
import { DiskFault } from '../log-file.ts';
import { GENESIS_HASH } from './block.ts';
import { Chain } from './chain.ts';
import { ConfigError, readConfig, type BitcoinSandboxConfig } from './config.ts';
import { makeHttpServer } from './http-server.ts';
import { Miner } from './miner.ts';

function fail(error: unknown): never {
  const expected = error instanceof ConfigError || error instanceof DiskFault;
  console.error('bitcoin sandbox:', expected ? error.message : error);
  process.exit(1);
}

function start(config: BitcoinSandboxConfig): void {
  let chain: Chain | null = null;
  const server = makeHttpServer(() => {
    if (!chain) throw new Error('A request came before the chain was open');
    return chain;
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') fail(error);
    fail(
      new ConfigError(`Port ${config.port} is taken. Set COUNTERSIGN_BITCOIN_PORT to a free one.`),
    );
  });
  // The port is taken first: two processes never open the same state.
  server.listen(config.port, config.host, () => {
    chain = new Chain(config.folder);
    stopOnSignal(server, chain, startMiner(chain, config.blockMs));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : config.port;
    console.log(`bitcoin sandbox ready on http://${config.host}:${port} (genesis ${GENESIS_HASH})`);
  });
}

function startMiner(chain: Chain, blockMs: number): NodeJS.Timeout | undefined {
  if (blockMs === 0) return undefined;
  const miner = new Miner(chain);
  return setInterval(() => miner.turn(), blockMs);
}

function stopOnSignal(server: Server, chain: Chain, timer: NodeJS.Timeout | undefined): void {
  const stop = (): void => {
    clearInterval(timer);
    server.closeAllConnections();
    server.close();
    chain.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
try {
  start(readConfig(process.argv.slice(2), process.env));
} catch (error) {
  fail(error);
}
