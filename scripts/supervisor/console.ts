/** What the supervisor prints: progress while it starts, prefixed lines of its children after. */

const isColourful = process.stdout.isTTY && !process.env['NO_COLOR'];
const dim = (text: string): string => (isColourful ? `\u001b[2m${text}\u001b[22m` : text);
const bold = (text: string): string => (isColourful ? `\u001b[1m${text}\u001b[22m` : text);

/** Control characters of a child's output must not steer the terminal. */
// oxlint-disable-next-line no-control-regex -- finding them is the purpose
const plain = (line: string): string => line.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '·');

const PREFIX_WIDTH = 9;

export function printLine(name: string, line: string): void {
  console.log(`${dim(`${name.padEnd(PREFIX_WIDTH)} │`)} ${plain(line)}`);
}

export function printNotice(name: string, sentence: string): void {
  console.log(`${bold(`${name.padEnd(PREFIX_WIDTH)} │`)} ${sentence}`);
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Prints `2/9  Schema … 0.4 s`, one line a step. */
export class Progress {
  readonly #total: number;
  readonly #stop: AbortSignal;
  #step = 0;

  /** @param stop says that somebody stops the start, whose step then did not fail. */
  constructor(total: number, stop: AbortSignal) {
    this.#total = total;
    this.#stop = stop;
  }

  /** Runs a step and prints its line: at once on a terminal, where the time is added to it. */
  async step<T>(
    title: string,
    work: () => Promise<T>,
    note?: (value: T) => string | null,
  ): Promise<T> {
    this.#step += 1;
    const label = `${`${this.#step}/${this.#total}`.padStart(5)}  ${title} …`;
    if (process.stdout.isTTY) process.stdout.write(label);
    const startedAt = Date.now();
    const prefix = process.stdout.isTTY ? '' : label;
    try {
      const value = await work();
      const added = note?.(value) ?? null;
      console.log(`${prefix} ${seconds(Date.now() - startedAt)}${added ? dim(` (${added})`) : ''}`);
      return value;
    } catch (error) {
      console.log(`${prefix} ${this.#stop.aborted ? 'interrupted' : 'failed'}`);
      throw error;
    }
  }
}

/** The last thing printed before the logs: where to go, and how to stop. */
export function printReady(facts: {
  origin: string;
  seconds: number;
  data: string;
  links: readonly { label: string; url: string }[];
  /** What to do first, in place of the links alone. */
  steps?: readonly string[];
}): void {
  const lines = [
    '',
    bold(`Countersign is ready: ${facts.origin}`) + dim(`  (${facts.seconds.toFixed(1)} s)`),
    '',
  ];
  if (facts.steps) lines.push(...facts.steps, '');
  else if (facts.links.length > 0) {
    const width = Math.max(...facts.links.map((link) => link.label.length));
    lines.push('One-time enrolment links; open one in a browser and register a key:');
    lines.push(...facts.links.map((link) => `  ${link.label.padEnd(width)}  ${link.url}`), '');
  }
  lines.push(`Logs: ${facts.data}/logs   Stop: Ctrl-C   Empty the sandbox: npm run reset`, '');
  console.log(lines.join('\n'));
}
