/** Runs a list of services in order, keeps them running, and stops them in reverse order. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printLine, printNotice } from './console.ts';
import { Keeper } from './keeper.ts';
import { LogFile } from './log-file.ts';
import type { ServiceSpec, ServiceStatus } from './service.ts';

export type Phase = 'starting' | 'ready' | 'stopping';

export type SupervisorStatus = {
  pid: number;
  phase: Phase;
  origin: string;
  services: ServiceStatus[];
};

export class Supervisor {
  readonly #data: string;
  readonly #origin: string;
  readonly #keepers: Keeper[] = [];
  readonly #logs = new Map<string, LogFile>();
  #phase: Phase = 'starting';
  #isShowing = false;
  #stopping: Promise<void> | null = null;

  constructor(options: { data: string; origin: string }) {
    this.#data = options.data;
    this.#origin = options.origin;
  }

  /** Makes a service known under its name without starting it. */
  add(spec: ServiceSpec): Keeper {
    const keeper = new Keeper(spec, {
      onLine: (name, line) => {
        this.hear(name, line, spec.isRoutine?.(line) ?? false);
      },
      onNotice: (name, sentence) => {
        this.#log(name).write(`${new Date().toISOString()} [supervisor] ${sentence}`);
        printNotice(name, sentence);
      },
      onChange: () => {
        this.#writeStatus();
      },
    });
    this.#keepers.push(keeper);
    return keeper;
  }

  find(name: string): Keeper | undefined {
    return this.#keepers.find((keeper) => keeper.spec.name === name);
  }

  get isStopping(): boolean {
    return this.#stopping !== null;
  }

  /** From here on people see what the services print; before, it goes to the log files only. */
  markReady(): void {
    this.#phase = 'ready';
    this.#isShowing = true;
    this.#writeStatus();
  }

  status(): SupervisorStatus {
    return {
      pid: process.pid,
      phase: this.#phase,
      origin: this.#origin,
      services: this.#keepers.map((keeper) => keeper.status()),
    };
  }

  /** Takes a line of a service into its log file and, once all are up, onto the console. */
  hear(name: string, line: string, isRoutine = false): void {
    this.#log(name).write(`${new Date().toISOString()} ${line}`);
    if (this.#isShowing && !isRoutine && line.trim() !== '') printLine(name, line);
  }

  /** Stops everything, the last started first. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  /** Ends everything at once. */
  kill(): void {
    for (const keeper of this.#keepers) keeper.kill();
  }

  async #stopAll(): Promise<void> {
    this.#phase = 'stopping';
    for (const keeper of this.#keepers.toReversed()) await keeper.stop();
    for (const log of this.#logs.values()) log.close();
  }

  #log(name: string): LogFile {
    const known = this.#logs.get(name);
    if (known) return known;
    const log = new LogFile(join(this.#data, 'logs', `${name}.log`));
    this.#logs.set(name, log);
    return log;
  }

  /** Leaves the state in a file for `npm run party`, tests and anyone who wants to look. */
  #writeStatus(): void {
    const path = join(this.#data, 'run', 'status.json');
    try {
      writeFileSync(`${path}.new`, `${JSON.stringify(this.status(), null, 2)}\n`, { mode: 0o600 });
      renameSync(`${path}.new`, path);
    } catch {
      // A full disk must not take the services down; the file is for information only.
    }
  }
}
