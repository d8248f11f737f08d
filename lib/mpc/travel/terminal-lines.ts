/** Lines that a person, the clipboard or a scanner types, from a stream without end. */

/** Longer than any code. What goes beyond is dropped, so that a stream without breaks fills nothing. */
const LINE_MAX = 4096;

/**
 * One reader for one input, so that what one step has not read is there for the next. It leaves the
 * input open until `close`.
 */
export class TerminalLines {
  readonly #input: AsyncIterator<Uint8Array | string>;
  readonly #decoder = new TextDecoder();
  readonly #ready: string[] = [];
  #line = '';
  #isAfterReturn = false;
  #hasEnded = false;

  /** @param input such as `process.stdin`. */
  constructor(input: AsyncIterable<Uint8Array | string>) {
    this.#input = input[Symbol.asyncIterator]();
  }

  /** @returns the next line without its break, or null once the input has ended. */
  async next(): Promise<string | null> {
    while (this.#ready.length === 0 && !this.#hasEnded) {
      const { done, value } = await this.#input.next();
      if (done === true) this.#end();
      else
        this.#take(
          typeof value === 'string' ? value : this.#decoder.decode(value, { stream: true }),
        );
    }
    return this.#ready.shift() ?? null;
  }

  /** Lets go of the input, which ends it where it is a stream of Node. */
  async close(): Promise<void> {
    this.#hasEnded = true;
    await this.#input.return?.();
  }

  #end(): void {
    this.#hasEnded = true;
    if (this.#line !== '') this.#ready.push(this.#line);
  }

  /** Scanners end a line with CR, LF or both. */
  #take(text: string): void {
    for (const mark of text) {
      if (mark === '\r' || (mark === '\n' && !this.#isAfterReturn)) {
        this.#ready.push(this.#line);
        this.#line = '';
      } else if (mark !== '\n' && this.#line.length < LINE_MAX) this.#line += mark;
      this.#isAfterReturn = mark === '\r';
    }
  }
}
