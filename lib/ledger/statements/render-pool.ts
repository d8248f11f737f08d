/** Threads that make the files of statements, as many as asked for; each has one at a time. */
import { Worker } from 'node:worker_threads';
import type { StatementContent } from './content.ts';
import type { Digests } from './render.ts';

export type RenderTask = {
  id: number;
  content: StatementContent;
  /** Where the files are written to; null keeps only what they hash to. */
  folder: string | null;
};
export type RenderAnswer =
  | { id: number; ok: true; digests: Digests }
  | { id: number; ok: false; error: string };

type Waiting = {
  task: RenderTask;
  resolve: (digests: Digests) => void;
  reject: (error: Error) => void;
};

export class RenderPool {
  readonly #threads: Worker[];
  readonly #idle: Worker[];
  readonly #queue: Waiting[] = [];
  readonly #busy = new Map<Worker, Waiting>();
  #broken: Error | null = null;
  #tasks = 0;

  constructor(threads: number) {
    this.#threads = Array.from({ length: threads }, () => this.#start());
    this.#idle = [...this.#threads];
  }

  /** @throws Error what kept the thread from making the files. */
  render(content: StatementContent, folder: string | null): Promise<Digests> {
    if (this.#broken) return Promise.reject(this.#broken);
    this.#tasks += 1;
    const task: RenderTask = { id: this.#tasks, content, folder };
    return new Promise((resolve, reject) => {
      this.#queue.push({ task, resolve, reject });
      this.#next();
    });
  }

  /** Ends the threads; what was not finished is refused. */
  async close(): Promise<void> {
    this.#fail(new Error('The threads that make statements were ended.'));
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #start(): Worker {
    const thread = new Worker(new URL('./render-thread.ts', import.meta.url));
    thread.on('message', (answer: RenderAnswer) => {
      const waiting = this.#busy.get(thread);
      this.#busy.delete(thread);
      this.#idle.push(thread);
      if (answer.ok) waiting?.resolve(answer.digests);
      else waiting?.reject(new Error(answer.error));
      this.#next();
    });
    thread.on('error', (error: Error) => {
      this.#fail(error);
    });
    thread.on('exit', () => {
      this.#fail(new Error('A thread that makes statements has ended.'));
    });
    return thread;
  }

  #next(): void {
    while (this.#idle.length > 0 && this.#queue.length > 0) {
      const thread = this.#idle.pop();
      const waiting = this.#queue.shift();
      if (!thread || !waiting) return;
      this.#busy.set(thread, waiting);
      thread.postMessage(waiting.task);
    }
  }

  #fail(error: Error): void {
    this.#broken ??= error;
    for (const { reject } of [...this.#busy.values(), ...this.#queue.splice(0)]) reject(error);
    this.#busy.clear();
  }
}
