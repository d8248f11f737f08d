/** The sandbox's source of shortfalls, as a process with a key and a database role of its own. Sandbox only. */
import { log } from '#lib/platform/log.ts';
import { openDoor } from '../sources/door.ts';
import { booksKey } from '../sources/source-keys.ts';
import { answerBooks } from './answer.ts';

const [socket, keyFile] = process.argv.slice(2);
const url = process.env['DATABASE_URL_BOOKS'];
if (socket === undefined || keyFile === undefined || url === undefined)
  throw new Error('Give the path of the socket, the path of the key, and DATABASE_URL_BOOKS.');
const books = { url, key: booksKey(keyFile).key, now: () => new Date() };
const server = await openDoor(socket, (asked) => answerBooks(asked, books));
log.info('sandbox source of shortfalls is at work');

const stop = (): void => {
  server.closeAllConnections();
  server.close();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
