/** The sandbox chain: slots that pass, transactions that run, and a past that outlives the process. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { softwareKey, type SoftwareKey } from '#lib/chains/solana/software-key.ts';
import { AccountVersions, type AccountState } from './accounts.ts';
import { makeBlockhashes, type Blockhashes } from './blockhashes.ts';
import { CLOCK_SAVED_EVERY, readClock, saveClock } from './clock-file.ts';
import { noFaults } from './faults.ts';
import { History } from './history.ts';
import { DiskFault, LogFile, replaceLog, type LinePosition } from '../log-file.ts';
import {
  logLines,
  packAccounts,
  unpackAccounts,
  type ChangedAccount,
  type ExecutedLine,
  type LogLine,
} from './log-lines.ts';
import { memoOf } from './memo.ts';
import { Runtime } from './runtime.ts';
import { readTransaction, type IncomingTransaction } from './wire.ts';

export type Commitment = 'processed' | 'confirmed' | 'finalized';

/** Slots until a commitment is reached, as on a real cluster. */
export const commitmentLag: Readonly<Record<Commitment, number>> = {
  processed: 0,
  confirmed: 1,
  finalized: 32,
};

const FAUCET_LAMPORTS = 400_000_000n * 1_000_000_000n;
const HISTORY_MAX = 10_000;
const SYSTEM_PROGRAM = '11111111111111111111111111111111';

type Genesis = Extract<LogLine, { kind: 'genesis' }>;
type Waiting = { incoming: IncomingTransaction; due: number };

export class Chain {
  readonly faults = noFaults();
  readonly blockhashes: Blockhashes;
  readonly runtime: Runtime;
  readonly history = new History();
  /** Key of the account that sandbox money comes from. */
  readonly faucet: SoftwareKey;
  readonly #folder: string;
  readonly #genesis: Genesis;
  readonly #versions = new AccountVersions();
  readonly #waiting = new Map<string, Waiting>();
  #log: LogFile<LogLine>;
  #slot: number;

  readonly #historyMax: number;

  /**
   * Opens the chain in a folder, or starts a new one there.
   * @param historyMax transactions kept; above twice as many, the older half is dropped.
   * @throws DiskFault
   */
  constructor(folder: string, historyMax = HISTORY_MAX) {
    this.#historyMax = historyMax;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#log = new LogFile(this.#logPath, logLines);
    const lines = this.#log.lines();
    this.#genesis = this.#readGenesis(lines.next().value?.line);
    this.blockhashes = makeBlockhashes(Buffer.from(this.#genesis.seed, 'hex'));
    this.runtime = new Runtime(this.blockhashes);
    this.faucet = softwareKey(Buffer.from(this.#genesis.faucetSeed, 'hex'));
    this.#slot = readClock(this.#clockPath);
    this.#change(this.faucet.address, 0, {
      lamports: FAUCET_LAMPORTS,
      owner: SYSTEM_PROGRAM,
      data: new Uint8Array(),
      executable: false,
    });
    for (const { line, position } of lines) this.#replay(line, position);
    this.#enterSlot();
    saveClock(this.#clockPath, this.#slot, false);
  }

  slot(commitment: Commitment = 'processed'): number {
    return Math.max(0, this.#slot - commitmentLag[commitment]);
  }

  /** The highest commitment that something of this slot has reached. */
  commitmentOf(slot: number): Commitment {
    const age = this.#slot - slot;
    if (age >= commitmentLag.finalized) return 'finalized';
    return age >= commitmentLag.confirmed ? 'confirmed' : 'processed';
  }

  account(address: string, commitment: Commitment): AccountState | null {
    const changed = this.#versions.read(address, this.slot(commitment));
    return changed === undefined ? this.runtime.readAccount(address) : changed;
  }

  /** Every account that a transaction here has changed and that is there. */
  changedAccounts(commitment: Commitment): [string, AccountState][] {
    return [...this.#versions.newest()].flatMap(([address]) => {
      const state = this.account(address, commitment);
      return state === null ? [] : [[address, state]];
    });
  }

  executed(position: LinePosition): ExecutedLine {
    const line = this.#log.read(position);
    if (line.kind !== 'transaction')
      throw new DiskFault('The log holds no transaction where one was written.');
    return line;
  }

  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** Runs it now; one that can't be included, or ran before, leaves no trace. @throws DiskFault */
  run(incoming: IncomingTransaction): void {
    if (this.history.hasRun(incoming)) return;
    const result = this.runtime.execute(incoming);
    if (!result.included) return;
    const before = result.before.map((state) => state?.lamports ?? 0n);
    const after = result.after.map((state) => state?.lamports ?? 0n);
    const changed = incoming.accounts
      .map((address, index): ChangedAccount => [address, result.after[index] ?? null])
      .filter(
        (_account, index) => !sameState(result.before[index] ?? null, result.after[index] ?? null),
      );
    const line: ExecutedLine = {
      kind: 'transaction',
      id: incoming.id,
      slot: this.#slot,
      time: Math.floor(Date.now() / 1000),
      error: result.error,
      wire: Buffer.from(incoming.wire).toString('base64'),
      logs: result.logs,
      units: Number(result.units),
      // Nothing but the fee leaves the accounts of a transaction.
      fee: Number(sum(before) - sum(after)),
      before,
      after,
      changed: packAccounts(changed),
    };
    const position = this.#log.append(line);
    for (const [address, state] of changed)
      this.#note(
        address,
        this.#slot,
        result.before[incoming.accounts.indexOf(address)] ?? null,
        state,
      );
    this.history.add(line, incoming, memoOf(incoming), position);
    if (this.history.size > 2 * this.#historyMax) this.#compact();
  }

  /** Keeps it for later; on the disk before this returns. @throws DiskFault */
  runLater(incoming: IncomingTransaction, slots: number): void {
    if (this.#waiting.has(incoming.id)) return;
    const due = this.#slot + slots;
    this.#log.append({
      kind: 'accepted',
      id: incoming.id,
      wire: Buffer.from(incoming.wire).toString('base64'),
      due,
    });
    this.#waiting.set(incoming.id, { incoming, due });
  }

  /** @throws DiskFault */
  advanceSlot(): void {
    this.#slot += 1;
    this.#enterSlot();
    for (const { incoming, due } of this.#waiting.values()) {
      if (due > this.#slot) continue;
      this.run(incoming);
      this.#log.append({ kind: 'settled', id: incoming.id });
      this.#waiting.delete(incoming.id);
    }
    if (this.#slot % CLOCK_SAVED_EVERY === 0) saveClock(this.#clockPath, this.#slot, false);
  }

  close(): void {
    saveClock(this.#clockPath, this.#slot + 1, true);
    this.#log.close();
  }

  get #logPath(): string {
    return join(this.#folder, 'chain.jsonl');
  }

  get #clockPath(): string {
    return join(this.#folder, 'clock.json');
  }

  #enterSlot(): void {
    this.runtime.moveTo(this.#slot, Math.floor(Date.now() / 1000));
  }

  #readGenesis(first: LogLine | undefined): Genesis {
    if (first?.kind === 'genesis') return first;
    if (first)
      throw new DiskFault(`${this.#logPath} does not begin with a genesis. Run npm run reset.`);
    const genesis: Genesis = {
      kind: 'genesis',
      sandbox: true,
      seed: randomBytes(32).toString('hex'),
      faucetSeed: randomBytes(32).toString('hex'),
    };
    this.#log.append(genesis);
    return genesis;
  }

  #replay(line: LogLine, position: LinePosition): void {
    if (line.kind === 'genesis')
      throw new DiskFault(`${this.#logPath} has a second genesis. Run npm run reset.`);
    if (line.kind === 'settled') this.#waiting.delete(line.id);
    if (line.kind === 'accepted') {
      const incoming = readTransaction(new Uint8Array(Buffer.from(line.wire, 'base64')));
      this.#waiting.set(line.id, { incoming, due: line.due });
    }
    if (line.kind !== 'transaction' && line.kind !== 'accounts') return;
    this.#slot = Math.max(this.#slot, line.slot + 1);
    for (const [address, state] of unpackAccounts(line.changed))
      this.#change(address, line.slot, state);
    if (line.kind === 'transaction') this.#index(line, position);
  }

  #index(line: ExecutedLine, position: LinePosition): void {
    const incoming = readTransaction(new Uint8Array(Buffer.from(line.wire, 'base64')));
    this.history.add(line, incoming, memoOf(incoming), position);
  }

  #change(address: string, slot: number, state: AccountState | null): void {
    const before = this.runtime.readAccount(address);
    this.runtime.writeAccount(address, state);
    this.#note(address, slot, before, state);
  }

  #note(
    address: string,
    slot: number,
    before: AccountState | null,
    state: AccountState | null,
  ): void {
    this.#versions.write(address, slot, before, state, this.slot('finalized'));
  }

  /** Drops the older half of the past; account states stay whole. @throws DiskFault */
  #compact(): void {
    const kept: LogLine[] = [];
    const reader = new LogFile(this.#logPath, logLines);
    for (const { line } of reader.lines())
      if (line.kind === 'transaction') kept.push({ ...line, changed: [] });
    reader.close();
    const accounts: LogLine = {
      kind: 'accounts',
      slot: this.#slot,
      changed: packAccounts([...this.#versions.newest()]),
    };
    const waiting = [...this.#waiting.values()].map(({ incoming, due }): LogLine => ({
      kind: 'accepted',
      id: incoming.id,
      wire: Buffer.from(incoming.wire).toString('base64'),
      due,
    }));
    replaceLog(this.#logPath, logLines, [
      this.#genesis,
      ...kept.slice(-this.#historyMax),
      accounts,
      ...waiting,
    ]);
    this.#log.close();
    this.#log = new LogFile(this.#logPath, logLines);
    this.history.clear();
    for (const { line, position } of this.#log.lines())
      if (line.kind === 'transaction') this.#index(line, position);
  }
}

const sum = (amounts: readonly bigint[]): bigint =>
  amounts.reduce((total, amount) => total + amount, 0n);

function sameState(left: AccountState | null, right: AccountState | null): boolean {
  if (left === null || right === null) return left === right;
  return (
    left.lamports === right.lamports &&
    left.owner === right.owner &&
    left.executable === right.executable &&
    Buffer.compare(left.data, right.data) === 0
  );
}
