/** Index of executed transactions; the transactions themselves stay in the log file. */
import type { LinePosition } from '../log-file.ts';
import type { ExecutedLine } from './log-lines.ts';
import type { NodeError } from './transaction-error.ts';

export type HistoryEntry = {
  id: string;
  slot: number;
  time: number;
  error: NodeError | null;
  memo: string | null;
  position: LinePosition;
};

export class History {
  readonly #byId = new Map<string, HistoryEntry>();
  readonly #messages = new Set<string>();
  readonly #byAccount = new Map<string, HistoryEntry[]>();

  get size(): number {
    return this.#byId.size;
  }

  add(
    line: ExecutedLine,
    { accounts, messageHash }: { accounts: readonly string[]; messageHash: string },
    memo: string | null,
    position: LinePosition,
  ): void {
    const { id, slot, time, error } = line;
    const entry: HistoryEntry = { id, slot, time, error, memo, position };
    this.#byId.set(id, entry);
    this.#messages.add(messageHash);
    for (const account of accounts) {
      const entries = this.#byAccount.get(account);
      if (entries) entries.push(entry);
      else this.#byAccount.set(account, [entry]);
    }
  }

  find(id: string): HistoryEntry | null {
    return this.#byId.get(id) ?? null;
  }

  /** Whether this message ran, under whatever signatures: a validator runs each message once. */
  hasRun({ messageHash }: { messageHash: string }): boolean {
    return this.#messages.has(messageHash);
  }

  /** Newest first, at or below a slot; `until` and `before` leave out themselves, as on a real node. */
  list(
    account: string,
    query: { slot: number; limit: number; before?: string; until?: string },
  ): HistoryEntry[] {
    const found: HistoryEntry[] = [];
    const entries = this.#byAccount.get(account) ?? [];
    let started = query.before === undefined;
    for (let index = entries.length - 1; index >= 0 && found.length < query.limit; index -= 1) {
      const entry = entries[index];
      if (!entry || entry.id === query.until) break;
      if (started && entry.slot <= query.slot) found.push(entry);
      if (entry.id === query.before) started = true;
    }
    return found;
  }

  clear(): void {
    this.#byId.clear();
    this.#messages.clear();
    this.#byAccount.clear();
  }
}
