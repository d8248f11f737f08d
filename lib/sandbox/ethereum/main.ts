/**
 * Entry of the sandbox chain: an Ethereum node of one, for trying Countersign out. Its money is worth
 * nothing, and it refuses to start in production.
 */
import type { Server } from 'node:http';
import { ConfigError, readConfig, type SandboxChainConfig } from './config.ts';
import { makeHttpServer } from './http-server.ts';
import { openSandboxNode, type SandboxNode } from './node.ts';
import { StateFault } from './state-files.ts';

function fail(error: unknown): never {
  const expected = error instanceof ConfigError || error instanceof StateFault;
  console.error('ethereum sandbox:', expected ? error.message : error);
  process.exit(1);
}

function start(config: SandboxChainConfig): void {
  let node: SandboxNode | null = null;
  const server = makeHttpServer(() => node);
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') fail(error);
    fail(
      new ConfigError(`Port ${config.port} is taken. Set COUNTERSIGN_ETHEREUM_PORT to a free one.`),
    );
  });
  // The port is taken first: two processes never open the same state.
  server.listen(config.port, config.host, () => {
    openSandboxNode(config)
      .then((opened) => {
        node = opened;
        void opened.failed.then(fail);
        stopOnSignal(server, opened);
        const address = server.address();
        const port = typeof address === 'object' && address ? address.port : config.port;
        console.log(
          `ethereum sandbox ready on http://${config.host}:${port} (genesis ${opened.genesisHash})`,
        );
      })
      .catch(fail);
  });
}

function stopOnSignal(server: Server, node: SandboxNode): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    server.closeAllConnections();
    server.close();
    node.close().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
try {
  start(readConfig(process.argv.slice(2), process.env));
} catch (error) {
  fail(error);
}
