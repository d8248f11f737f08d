/** `npm run drill:console-loss`: takes the web server away, says no at a party's own page meanwhile, and brings it back. */
import { z } from 'zod';
import { DrillProblem } from '#lib/resilience/drills/drill-problem.ts';
import { loadKeyRing } from '#lib/sandbox/colleagues/key-ring.ts';
import { sayNoAs } from '#lib/sandbox/colleagues/say-no.ts';
import { askHealth } from './drill/parties-heard.ts';
import { ask, runSandboxDrill, waitUntil, type SandboxDrill } from './drill/sandbox-drill.ts';
import { carryWithdrawal, raiseSmallWithdrawal } from './drill/small-withdrawal.ts';
import { keyRingFile } from './supervisor/environments.ts';
import { originOf } from './supervisor/parties.ts';
import { describe } from './supervisor/problem.ts';
import { readSettings } from './supervisor/settings.ts';
import { asksForHelp, unknownWord } from './supervisor/usage.ts';

const USAGE = `npm run drill:console-loss    ends the web server of the running sandbox, twice
First in order, while a sample colleague rejects a withdrawal of 0.01 SOL at a party's own page; then by kill -9, to
measure until it is back. It ends with 0 when the "no" held at every party and the console came back by itself, with 1
when not. It does not run in production.`;

const answersWithinMs = 60_000;
const heardWithinMs = 30_000;
const backWithinMs = 180_000;
const signedStates: ReadonlySet<string> = new Set(['signed', 'broadcast', 'confirmed']);
const stoppedStates: ReadonlySet<string> = new Set(['held', 'rejected', 'cancelled', 'failed']);

const services = z.looseObject({
  services: z.array(z.looseObject({ name: z.string(), pid: z.number().nullable() })),
});

async function carry(drill: SandboxDrill): Promise<void> {
  const { phases, say, facts } = drill;
  await phases.run('before', 'the console was asked before the loss', () => isWell(drill));
  const withdrawal = await phases.run('raised', 'a withdrawal was raised', () =>
    raiseSmallWithdrawal(drill, 'console-loss'),
  );
  Object.assign(facts, { withdrawal: withdrawal.number });
  say('Ending the web server …');
  Object.assign(facts, { stoppedAt: await noWhileAway(drill, withdrawal.id) });
  say(
    `The no to ${withdrawal.number} was taken without the console. Approving it on the console …`,
  );
  const refused = await phases.run('refused', 'the withdrawal was approved all the same', () =>
    approvedInVain(drill, withdrawal),
  );
  Object.assign(facts, { stateAfterTheNo: refused.state, refusedWith: refused.code });
  say(`It is ${refused.state} and was not signed. Ending the web server by kill -9 …`);
  const pid = await phases.run('crash', 'the web server was killed', () => kill(drill));
  await phases.run('restart', 'the web server was waited for', () =>
    waitUntil(drill, 'the web server is back', backWithinMs, async () =>
      (await pidOfWeb(drill)) !== pid && (await askHealth(drill))?.status === 'ok' ? true : null,
    ),
  );
}

const isWell = (drill: SandboxDrill): Promise<true> =>
  waitUntil(drill, 'the console is well', answersWithinMs, async () =>
    (await askHealth(drill))?.status === 'ok' ? true : null,
  );

/** @returns the parties at which the no was seen before the console was back. */
async function noWhileAway(drill: SandboxDrill, operation: string): Promise<string[]> {
  const { settings, phases } = drill;
  try {
    await phases.run('loss', 'the web server was ended', () =>
      ask(settings, { do: 'stop', service: 'web' }),
    );
    if ((await askHealth(drill)) !== null)
      throw new DrillProblem('The web server was ended, and something answers at its port.');
    return await phases.run('no', 'a colleague said no at the page of party control', () =>
      sayNo(drill, operation),
    );
  } finally {
    await phases.run('return', 'the web server was started again', () =>
      ask(settings, { do: 'start', service: 'web' }),
    );
  }
}

async function sayNo(drill: SandboxDrill, operation: string): Promise<string[]> {
  const { settings, context } = drill;
  const { digest, attempt } = await context.db.operation.findUniqueOrThrow({
    where: { id: operation },
    select: { digest: true, attempt: true },
  });
  const entries = await loadKeyRing(keyRingFile(settings.data));
  const entry = entries.find(({ handle }) => handle === 'marek') ?? entries[0];
  if (!entry) throw new DrillProblem('There is no sample colleague who could say no.');
  const taken = await sayNoAs(entry, originOf(settings, 'control'), {
    operation,
    intentDigest: digest,
    attempt,
  });
  if (!taken.ok) throw new DrillProblem(taken.refusal.sentence);
  const parties = ['control', 'custody'] as const;
  for (const party of parties)
    await waitUntil(drill, `party ${party} heard the no`, heardWithinMs, async () => {
      const page = await fetch(`${originOf(settings, party)}${taken.value}`, {
        signal: AbortSignal.timeout(5_000),
      });
      const text = await page.text();
      return page.ok && text.includes(`Attempt ${attempt} of the operation has ended here`)
        ? true
        : null;
    });
  return [...parties];
}

/** People approve and co-sign what was rejected at a party: no party signs it. @returns where it ended up and why. */
async function approvedInVain(
  drill: SandboxDrill,
  { id, number }: { id: string; number: string },
): Promise<{ state: string; code: string | null }> {
  const { context, team } = drill;
  await carryWithdrawal(drill, id);
  const stopped = await waitUntil(
    drill,
    'the parties refuse the withdrawal',
    answersWithinMs,
    async () => {
      const row = await context.db.operation.findUniqueOrThrow({ where: { id } });
      if (signedStates.has(row.state))
        throw new DrillProblem(`${number} was signed although a party had taken a no to it.`);
      return stoppedStates.has(row.state) ? { state: row.state, code: row.stopCode } : null;
    },
  );
  // What it holds of the client's balance is given back.
  if (stopped.state === 'held')
    await team.decide(id, { decision: 'cancel', reason: 'other', note: 'End of a drill.' });
  return stopped;
}

async function pidOfWeb({ settings }: SandboxDrill): Promise<number | null> {
  const { services: all } = services.parse(JSON.parse(await ask(settings, { do: 'status' })));
  return all.find(({ name }) => name === 'web')?.pid ?? null;
}

/** As a crash would: without a word, and the supervisor does not know of it before. */
async function kill(drill: SandboxDrill): Promise<number> {
  const pid = await pidOfWeb(drill);
  if (pid === null) throw new DrillProblem('The web server does not run.');
  process.kill(pid, 'SIGKILL');
  return pid;
}

/** @returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (asksForHelp(words)) {
    console.log(USAGE);
    return 0;
  }
  const [word] = words;
  if (word !== undefined) throw unknownWord(word, USAGE);
  return runSandboxDrill('console-loss', readSettings(process.env, { isDev: false }), carry, [
    'restart',
  ]);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
