/**
 * `npm run bench`: measures what the project promises to be fast at, each figure beside a reference
 * of the same run. `--json` prints one JSON object on stdout and nothing else there.
 */
import { cpus, release, type } from 'node:os';
import { backTestPart } from './bench/back-test-part.ts';
import { benchUsage, readBenchCommand } from './bench/command.ts';
import { decisionPart } from './bench/decision-part.ts';
import { incidentsPart } from './bench/incidents-part.ts';
import { keysPart } from './bench/keys-part.ts';
import { ledgerPart } from './bench/ledger-part.ts';
import { mpcPart } from './bench/mpc-part.ts';
import { packagePart } from './bench/package-part.ts';
import { pagesPart } from './bench/pages-part.ts';
import type { Part, PartResult } from './bench/part.ts';
import { asJson, asTable, type Machine, type Outcome } from './bench/print.ts';
import { personsPart } from './bench/persons-part.ts';
import { resiliencePart } from './bench/resilience-part.ts';
import { missedBars } from './bench/row.ts';
import { describe, Problem } from './supervisor/problem.ts';
import { whenParentIsGone } from './supervisor/parent-pipe.mjs';
import { asksForHelp } from './supervisor/usage.ts';

const STOP_MS = 60_000;
const PARTS: readonly Part[] = [
  mpcPart,
  decisionPart,
  ledgerPart,
  incidentsPart,
  keysPart,
  personsPart,
  packagePart,
  resiliencePart,
  backTestPart,
  pagesPart,
];

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** What goes wrong in one part leaves the others alone. */
async function runPart(part: Part, signal: AbortSignal): Promise<PartResult> {
  report(`── ${part.title}`);
  try {
    signal.throwIfAborted();
    return await part.run((line) => {
      report(`   ${line}`);
    }, signal);
  } catch (error) {
    const reason = error instanceof Problem ? error.message : describe(error);
    return { rows: [], failures: [`${part.title}: ${reason}`] };
  }
}

function machine(): Machine {
  const processors = cpus();
  return {
    cores: processors.length,
    processor: processors[0]?.model.trim() ?? 'unknown processor',
    node: process.versions.node,
    system: `${type()} ${release()}`,
  };
}

async function main(signal: AbortSignal): Promise<boolean> {
  const names = PARTS.map(({ name }) => name);
  if (asksForHelp(process.argv.slice(2))) {
    console.log(benchUsage(names));
    return true;
  }
  const { isJson, only } = readBenchCommand(process.argv.slice(2), names);
  const startedAt = new Date();
  const rows = [];
  const failures = [];
  const figures: Record<string, unknown> = {};
  for (const part of PARTS.filter(({ name }) => only.includes(name))) {
    const result = await runPart(part, signal);
    rows.push(...result.rows);
    failures.push(...result.failures, ...missedBars(result.rows));
    Object.assign(figures, result.figures);
  }
  const outcome: Outcome = {
    at: startedAt.toISOString(),
    seconds: (Date.now() - startedAt.getTime()) / 1000,
    machine: machine(),
    rows,
    failures,
    figures,
  };
  console.log(isJson ? asJson(outcome) : asTable(outcome));
  return failures.length === 0;
}

const stop = new AbortController();
/** Each part ends what it started; one that hangs is left behind after a while. */
function interrupt(): void {
  stop.abort(new Problem('The bench was interrupted.'));
  setTimeout(() => process.exit(130), STOP_MS).unref();
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
whenParentIsGone(interrupt);
try {
  process.exitCode = (await main(stop.signal)) ? 0 : 1;
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
process.exit();
