/** The supervisor's own door: one JSON line in, one out, over a Unix socket of the data folder. */
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { eachLine } from './lines.ts';
import { describe, Problem } from './problem.ts';
import { socketFolder } from './socket-path.ts';
import type { Supervisor } from './supervisor.ts';

const request = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('status') }),
  z.strictObject({ do: z.enum(['start', 'stop', 'restart']), service: z.string().max(40) }),
]);
export type ControlRequest = z.infer<typeof request>;

const answer = z.strictObject({ ok: z.boolean(), text: z.string() });
export type ControlAnswer = z.infer<typeof answer>;

const controlPath = (data: string): string => {
  const folder = join(data, 'run');
  return join(socketFolder(folder, 'control.sock'), 'control.sock');
};

function noSuch(name: string, supervisor: Supervisor): string {
  const names = supervisor.status().services.map((service) => service.name);
  return `There is no process called ${name}. There are: ${names.join(', ')}.`;
}

async function perform(supervisor: Supervisor, wanted: ControlRequest): Promise<ControlAnswer> {
  if (wanted.do === 'status') return { ok: true, text: JSON.stringify(supervisor.status()) };
  const keeper = supervisor.find(wanted.service);
  if (!keeper) return { ok: false, text: noSuch(wanted.service, supervisor) };
  if (wanted.do !== 'start') await keeper.stop();
  if (wanted.do !== 'stop') await keeper.start();
  return { ok: true, text: `${keeper.spec.title} is ${keeper.status().state}.` };
}

async function respond(supervisor: Supervisor, line: string): Promise<ControlAnswer> {
  try {
    return await perform(supervisor, request.parse(JSON.parse(line)));
  } catch (error) {
    return {
      ok: false,
      text: error instanceof Problem ? describe(error) : 'The request is not understood.',
    };
  }
}

/** Listens until the supervisor ends; only the owner of the data folder can reach the socket. */
export function openControl(data: string, supervisor: Supervisor): Promise<Server> {
  const path = controlPath(data);
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.setTimeout(60_000, () => socket.destroy());
    let isAnswered = false;
    eachLine(socket, (line) => {
      if (isAnswered) return;
      isAnswered = true;
      void respond(supervisor, line).then((reply) => socket.end(`${JSON.stringify(reply)}\n`));
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      resolve(server);
    });
  });
}

/**
 * Asks the supervisor that runs on this data folder.
 * @throws Problem when none answers
 */
export function askSupervisor(data: string, wanted: ControlRequest): Promise<ControlAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(controlPath(data));
    socket.setTimeout(60_000, () => socket.destroy(new Problem('The supervisor does not answer.')));
    socket.once('error', (error) => {
      reject(
        error instanceof Problem
          ? error
          : new Problem(`Nothing runs on ${data}. Start it with \`npm start\`, and ask again.`),
      );
    });
    eachLine(socket, (line) => {
      const parsed = answer.safeParse(JSON.parse(line));
      if (parsed.success) resolve(parsed.data);
      socket.destroy();
    });
    socket.write(`${JSON.stringify(wanted)}\n`);
  });
}
