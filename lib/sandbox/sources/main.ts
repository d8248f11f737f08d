/** The sandbox's price source, screening provider and compliance desk, as a process. Sandbox only. */
import { log } from '#lib/platform/log.ts';
import { openSources } from './door.ts';
import { sourceKeys } from './source-keys.ts';

const [socket, keyFile] = process.argv.slice(2);
if (socket === undefined || keyFile === undefined)
  throw new Error('Give the path of the socket and the path of the keys.');
const server = await openSources(sourceKeys(keyFile), socket);
log.info('sandbox sources are at work');

const stop = (): void => {
  server.closeAllConnections();
  server.close();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
