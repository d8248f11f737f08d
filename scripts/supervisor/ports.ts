/** Finds out before anything starts whether its port is free, and who has it when not. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem } from './problem.ts';
import { processCommand } from './process-identity.ts';
import { PORTS, type PortName } from './settings.ts';

const CHECK_EVERY_MS = 200;

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      // A machine without IPv6 has nothing that could be in the way there.
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve(true);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}

/** True when nothing listens on the port at either loopback address. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'));
}

function listeningInodes(port: number): Set<string> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    let text: string;
    try {
      text = readFileSync(table, 'utf8');
    } catch {
      continue;
    }
    for (const line of text.split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      // 0A is the state LISTEN.
      if (fields[1]?.endsWith(`:${wanted}`) && fields[3] === '0A' && fields[9])
        inodes.add(fields[9]);
    }
  }
  return inodes;
}

function holdsSocket(pid: string, inodes: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        const match = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`));
        return match?.[1] !== undefined && inodes.has(match[1]);
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}

function holderFromProc(port: number): number | null {
  const inodes = listeningInodes(port);
  if (inodes.size === 0) return null;
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && holdsSocket(name, inodes));
  return pid === undefined ? null : Number(pid);
}

function holderFromLsof(port: number): number | null {
  try {
    const answer = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const pid = /^\d+/.exec(answer)?.[0];
    return pid === undefined ? null : Number(pid);
  } catch {
    return null;
  }
}

/** Process id of whoever listens on a port, or null when it can't be found out. */
export function holderOf(port: number): number | null {
  return process.platform === 'linux' ? holderFromProc(port) : holderFromLsof(port);
}

/** The sentence for a port that is taken. */
export function takenSentence(name: PortName, port: number): string {
  const pid = holderOf(port);
  const command = pid === null ? null : processCommand(pid);
  const holder =
    pid === null
      ? 'another program'
      : `process ${pid}${command ? ` (${command.slice(0, 80)})` : ''}`;
  const { variable, title } = PORTS[name];
  return `Port ${port} for the ${title} is taken by ${holder}. Stop it, or choose another port: ${variable}=${port + 1} npm start`;
}

/**
 * Checks that every port is free, giving what a killed run left behind time to end.
 * @param patienceMs how long to wait for a port to become free
 * @throws Problem naming the port, who has it, and the variable to change
 */
export async function requireFreePorts(
  ports: Partial<Record<PortName, number>>,
  patienceMs: number,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (const [name, port] of Object.entries(ports) as [PortName, number][]) {
    try {
      while (!(await isFree(port))) {
        if (Date.now() >= deadline) throw new Problem(takenSentence(name, port));
        await delay(CHECK_EVERY_MS);
      }
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EACCES')
        throw new Problem(
          `Port ${port} for the ${PORTS[name].title} may not be used by this user. Choose one above 1023: ${PORTS[name].variable}=${PORTS[name].standard} npm start`,
        );
      throw error;
    }
  }
}
