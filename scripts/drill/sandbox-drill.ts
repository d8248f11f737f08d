/** What the drills of a sandbox share: where they may run, what they act with, and that each is recorded. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '#lib/platform/context.ts';
import { databaseFor } from '#lib/platform/db/client.ts';
import { DrillProblem } from '#lib/resilience/drills/drill-problem.ts';
import { drillKinds, type DrillKind } from '#lib/resilience/drills/kinds.ts';
import { Phases } from '#lib/resilience/drills/phases.ts';
import { recordDrill, type DrillRecord } from '#lib/resilience/drills/record-drill.ts';
import { Team } from '#lib/sandbox/colleagues/team.ts';
import { askSupervisor, type ControlRequest } from '../supervisor/control.ts';
import { keyRingFile, ownerUrl } from '../supervisor/environments.ts';
import { withContext } from '../supervisor/open-context.ts';
import { originOf, PARTIES } from '../supervisor/parties.ts';
import { Problem } from '../supervisor/problem.ts';
import { loadSecrets } from '../supervisor/secrets.ts';
import type { Settings } from '../supervisor/settings.ts';
import { untilInterrupted } from './interrupted.ts';
import { durationText } from './words.ts';

export type SandboxDrill = {
  settings: Settings;
  /** As the web server has it. */
  context: Context;
  team: Team;
  phases: Phases;
  say: (line: string) => void;
  /** What was seen so far, for the evidence; kept whatever comes of the drill. */
  facts: Record<string, unknown>;
};

/** @throws Problem in production */
export function requireSandbox({ mode }: Pick<Settings, 'mode'>, kind: DrillKind): void {
  if (mode === 'production')
    throw new Problem(
      `The drill “${drillKinds[kind].title}” ends processes and acts with the keys of sample people, so it runs in a sandbox only; COUNTERSIGN_MODE is "production". There, people drill it by docs/continuity.md and record it as a test of the plan.`,
    );
}

/** Asks the sandbox's supervisor. @throws DrillProblem with its sentence when it refuses. */
export async function ask(settings: Settings, wanted: ControlRequest): Promise<string> {
  const { ok, text } = await askSupervisor(settings.data, wanted);
  if (!ok) throw new DrillProblem(text);
  return text;
}

const lookEveryMs = 100;

/**
 * Looks until something is there.
 * @throws DrillProblem saying what did not come in time, and an interruption
 */
export async function waitUntil<T>(
  { phases }: Pick<SandboxDrill, 'phases'>,
  what: string,
  withinMs: number,
  look: () => Promise<T | null>,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    phases.signal.throwIfAborted();
    const found = await look().catch((error: unknown) => {
      // What can't be asked yet is not there yet; what must not be is no matter of time.
      if (error instanceof DrillProblem) throw error;
      return null;
    });
    if (found !== null) return found;
    if (performance.now() > end)
      throw new DrillProblem(`Within ${durationText(withinMs)} it was not seen that ${what}.`);
    await pause(lookEveryMs, undefined, { signal: phases.signal });
  }
}

/**
 * Runs a drill against the sandbox of these settings, whatever comes of it records it, and tells how it ended.
 * @param carry does it, and puts everything back even where it fails
 * @param recovery names of the phases that the recovery consists of
 * @returns the exit code
 */
export async function runSandboxDrill(
  kind: DrillKind,
  settings: Settings,
  carry: (drill: SandboxDrill) => Promise<void>,
  recovery: readonly string[],
): Promise<number> {
  requireSandbox(settings, kind);
  const phases = new Phases(
    untilInterrupted(() => {
      console.error('Interrupted: what was ended is started again.');
    }),
  );
  return withContext('npm start', async (context) => {
    const origins = new Map(PARTIES.map((name) => [name as string, originOf(settings, name)]));
    const team = await Team.load(keyRingFile(settings.data), context, origins);
    if (team.handles.length === 0)
      throw new Problem('This sandbox has no sample colleagues, and the drill needs their keys.');
    const startedAt = new Date();
    const say = (line: string): void => {
      console.log(line);
    };
    const facts: Record<string, unknown> = {};
    let reason: string | null = null;
    try {
      await carry({ settings, context, team, phases, say, facts });
    } catch (error) {
      reason = phases.reasonOf(error);
    }
    const record: DrillRecord = {
      id: randomUUID(),
      kind,
      startedAt,
      endedAt: new Date(),
      reason,
      rtoMs: reason === null ? phases.sum(recovery) : null,
      rpoMs: null,
      facts: { ...facts, phases: phases.done },
    };
    return keep(record, settings);
  });
}

async function keep(record: DrillRecord, settings: Settings): Promise<number> {
  const { reason, rtoMs } = record;
  if (reason !== null) console.error(`The drill failed. ${reason}`);
  if (rtoMs !== null) console.log(`Passed. Recovered in ${durationText(rtoMs)}.`);
  const owner = databaseFor(ownerUrl(settings, loadSecrets(settings.data)), { poolSize: 1 });
  try {
    const { digest } = await recordDrill(owner, record);
    console.log(`On record as ${record.id}, evidence ${digest}.`);
    return reason === null ? 0 : 1;
  } catch (error) {
    const words = new Phases(new AbortController().signal).reasonOf(error);
    console.error(`The drill is not on record: ${words}`);
    return 1;
  } finally {
    await owner.$disconnect();
  }
}
