/** Starts the sandbox chain as a process of its own, the way the supervisor does. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../main.ts', import.meta.url));

export type SandboxProcess = {
  url: string;
  genesisHash: string;
  child: ChildProcess;
  /** Ends it, and waits until it is gone. Returns the exit code, or the signal. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string | null>;
};

export type SandboxSettings = {
  data: string;
  /** 0 for any free port. */
  port?: number;
  blockMs?: number;
};

/** @throws Error with what the process said when it ends before it is ready. */
export async function startSandbox({
  data,
  port = 0,
  blockMs = 20,
}: SandboxSettings): Promise<SandboxProcess> {
  const child = spawnSandbox(
    ['--data', data, '--port', String(port), '--block-ms', String(blockMs)],
    {},
  );
  const said = await new Promise<string>((resolve, reject) => {
    let text = '';
    const collect = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      if (text.includes('ready on') && text.endsWith('\n')) resolve(text);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('exit', (code) =>
      reject(new Error(`The sandbox chain ended with ${code}: ${text}`)),
    );
  });
  const [, url = '', genesisHash = ''] = /ready on (\S+) \(genesis (\w+)\)/.exec(said) ?? [];
  return {
    url,
    genesisHash,
    child,
    stop: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null)
        return child.exitCode ?? child.signalCode;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
      return child.exitCode ?? child.signalCode;
    },
  };
}

export function spawnSandbox(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): ChildProcess {
  return spawn(process.execPath, [entry, ...args], {
    env: { ...process.env, COUNTERSIGN_MODE: 'sandbox', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
