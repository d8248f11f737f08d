/** A service without content: it listens on a port, starts a child of its own, and can be stubborn. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';

const [port, behaviour] = process.argv.slice(2);

if (behaviour === 'broken') {
  console.error('a reason to fail');
  process.exit(3);
}
if (behaviour === 'stubborn') process.on('SIGTERM', () => console.log('not yet'));
if (behaviour === 'parent')
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });

createServer((_request, response) => response.end(String(process.pid))).listen(
  Number(port),
  '127.0.0.1',
  () => {
    console.log('listening');
  },
);
