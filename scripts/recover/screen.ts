/** The terminal of the person who recovers: lines in, with or without an echo. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

export type Screen = {
  /** A line, as typed; null when input has ended or was broken off. */
  ask(question: string): Promise<string | null>;
  /** The same without showing what is typed. */
  askHidden(question: string): Promise<string | null>;
  print(text: string): void;
  /** Takes what stands on the screen off it, and off what can be scrolled back. */
  wipe(): void;
  readonly isTerminal: boolean;
  close(): void;
};

/** @param input a terminal, or a stream that lines are piped through. */
export function openScreen(
  input: NodeJS.ReadableStream & { isTTY?: boolean },
  output: NodeJS.WritableStream,
): Screen {
  const isTerminal = input.isTTY === true;
  // What is typed before a question, or as the answer to a hidden one, is never shown.
  let isHidden = true;
  const echo = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (!isHidden) output.write(chunk);
      done();
    },
  });
  const editor = createInterface({ input, output: echo, terminal: isTerminal, historySize: 0 });
  const lines = editor[Symbol.asyncIterator]();
  const next = async (question: string, hidden: boolean): Promise<string | null> => {
    output.write(question);
    isHidden = hidden;
    const line = await lines.next();
    isHidden = true;
    if (hidden) output.write('\n');
    return line.done === true ? null : line.value;
  };
  return {
    isTerminal,
    ask: (question) => next(question, false),
    askHidden: (question) => next(question, true),
    print: (text) => {
      output.write(`${text}\n`);
    },
    wipe: () => {
      if (isTerminal) output.write('\u001b[2J\u001b[3J\u001b[H');
    },
    close: () => editor.close(),
  };
}
