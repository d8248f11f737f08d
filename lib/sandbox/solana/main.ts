/**
 * Entry of the sandbox chain: a Solana node of one, for trying Countersign out. Its money is worth
 * nothing, and it refuses to start in production.
 */
import type { Server } from 'node:http';
import { Chain } from './chain.ts';
import { ConfigError, readConfig, type SandboxChainConfig } from './config.ts';
import { makeHttpServer } from './http-server.ts';
import { answerBody } from './json-rpc.ts';
import { DiskFault } from '../log-file.ts';

function fail(error: unknown): never {
  const expected = error instanceof ConfigError || error instanceof DiskFault;
  console.error('solana sandbox:', expected ? error.message : error);
  process.exit(1);
}

function start(config: SandboxChainConfig): void {
  let chain: Chain | null = null;
  const server = makeHttpServer((body) => {
    if (!chain) throw new Error('A request came before the chain was open');
    return answerBody(chain, body);
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') fail(error);
    fail(
      new ConfigError(`Port ${config.port} is taken. Set COUNTERSIGN_SOLANA_PORT to a free one.`),
    );
  });
  // The port is taken first: two processes never open the same state.
  server.listen(config.port, config.host, () => {
    chain = new Chain(config.folder);
    const timer = setInterval((opened: Chain) => opened.advanceSlot(), config.slotMs, chain);
    stopOnSignal(server, chain, timer);
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : config.port;
    console.log(
      `solana sandbox ready on http://${config.host}:${port} (genesis ${chain.blockhashes.genesisHash})`,
    );
  });
}

function stopOnSignal(server: Server, chain: Chain, timer: NodeJS.Timeout): void {
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
