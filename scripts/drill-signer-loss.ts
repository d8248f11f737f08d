/** `npm run drill:signer-loss`: takes a signing party away, shows what stands still and what is told, and brings it back. */
import { parseArgs } from 'node:util';
import { DrillProblem } from '#lib/resilience/drills/drill-problem.ts';
import { askHealth, commonHeads, saidSilent } from './drill/parties-heard.ts';
import { ask, runSandboxDrill, waitUntil, type SandboxDrill } from './drill/sandbox-drill.ts';
import { carryWithdrawal, raiseSmallWithdrawal } from './drill/small-withdrawal.ts';
import { isUsuallyOff, PARTIES, type PartyName } from './supervisor/parties.ts';
import { describe } from './supervisor/problem.ts';
import { readSettings } from './supervisor/settings.ts';
import { asksForHelp, misuse, optionFault } from './supervisor/usage.ts';

const USAGE = `npm run drill:signer-loss                     loses party custody of the running sandbox and brings it back
npm run drill:signer-loss -- --party control  loses another one
It raises a withdrawal of 0.01 SOL of the sample organisation. It ends with 0 when nothing was signed without the party,
the console told of it, and everything went on when it was back; with 1 when not. It does not run in production.`;

const online = PARTIES.filter((name) => !isUsuallyOff(name));
const toldWithinMs = 60_000;
const watchedMs = 10_000;
const agreedWithinMs = 60_000;
const confirmedWithinMs = 120_000;
const signedStates: ReadonlySet<string> = new Set(['signed', 'broadcast', 'confirmed']);

function readParty(words: readonly string[]): PartyName {
  let given: string;
  try {
    const { values } = parseArgs({ args: [...words], options: { party: { type: 'string' } } });
    given = values.party ?? 'custody';
  } catch (error) {
    throw optionFault(error, USAGE);
  }
  const party = online.find((name) => name === given);
  if (party === undefined)
    throw misuse(`--party is one of ${online.join(', ')}: those that sign every day.`, USAGE);
  return party;
}

async function carry(drill: SandboxDrill, party: PartyName): Promise<void> {
  const { settings, phases, say, facts } = drill;
  const headsBefore = await phases.run('before', 'the parties were asked before the loss', () =>
    waitUntil(drill, 'the parties agree before the loss', agreedWithinMs, () =>
      commonHeads(drill, online, new Date(0)),
    ),
  );
  Object.assign(facts, { party, headsBefore });
  try {
    say(`Ending party ${party} …`);
    await phases.run('loss', `party ${party} was ended`, () =>
      ask(settings, { do: 'stop', service: party }),
    );
    const lostAt = new Date();
    const silence = await phases.run('told', 'the console was asked what it tells', () =>
      toldOfLoss(drill, party, lostAt),
    );
    Object.assign(facts, { silence });
    say(`The console tells of it: ${silence}. Raising a withdrawal meanwhile …`);
    const withdrawal = await phases.run('withheld', 'a withdrawal was raised without it', () =>
      withheld(drill),
    );
    Object.assign(facts, { withdrawal: withdrawal.number, stateWithoutIt: withdrawal.state });
    say(`Nothing was signed for ${withdrawal.number}. Starting party ${party} again …`);
    await phases.run('return', `party ${party} was started again`, () =>
      ask(settings, { do: 'start', service: party }),
    );
    const backAt = new Date();
    const headsAfter = await phases.run(
      'agreement',
      'the parties were asked after the return',
      () =>
        waitUntil(drill, 'the parties agree after the return', agreedWithinMs, () =>
          commonHeads(drill, online, backAt),
        ),
    );
    say('The parties agree. Waiting until the withdrawal is signed and final …');
    await phases.run('signed', 'the withdrawal was waited for', () =>
      confirmed(drill, withdrawal.id),
    );
    Object.assign(facts, { headsAfter });
  } finally {
    await ask(settings, { do: 'start', service: party });
  }
}

/** Both the health check, which machines look at, and the page of the parties. */
const toldOfLoss = (drill: SandboxDrill, party: PartyName, lostAt: Date): Promise<string> =>
  waitUntil(drill, 'the console tells that the party is silent', toldWithinMs, async () => {
    const health = await askHealth(drill);
    if (health?.status !== 'degraded' || health.parties[party] !== 'unreachable') return null;
    return saidSilent(drill, party, lostAt);
  });

/** @throws DrillProblem where it was signed all the same */
async function withheld(
  drill: SandboxDrill,
): Promise<{ id: string; number: string; state: string }> {
  const { context } = drill;
  const { id, number } = await raiseSmallWithdrawal(drill, 'signer-loss');
  await carryWithdrawal(drill, id);
  const stateOf = async (): Promise<string> =>
    (await context.db.operation.findUniqueOrThrow({ where: { id }, select: { state: true } }))
      .state;
  await waitUntil(drill, 'the withdrawal comes to be signed', toldWithinMs, async () =>
    ['cosigned', 'raised', 'approved'].includes(await stateOf()) ? null : true,
  );
  const end = performance.now() + watchedMs;
  return waitUntil(drill, 'the withdrawal was watched', 2 * watchedMs, async () => {
    const state = await stateOf();
    if (signedStates.has(state))
      throw new DrillProblem(`${number} was signed without a party that has to sign.`);
    return performance.now() > end ? { id, number, state } : null;
  });
}

async function confirmed(drill: SandboxDrill, id: string): Promise<true> {
  return waitUntil(drill, 'the withdrawal is confirmed', confirmedWithinMs, async () => {
    const { state } = await drill.context.db.operation.findUniqueOrThrow({ where: { id } });
    return state === 'confirmed' ? true : null;
  });
}

/** @returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (asksForHelp(words)) {
    console.log(USAGE);
    return 0;
  }
  const party = readParty(words);
  const settings = readSettings(process.env, { isDev: false });
  return runSandboxDrill('signer-loss', settings, (drill) => carry(drill, party), [
    'return',
    'agreement',
    'signed',
  ]);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
