/** `npm run verify:signed`: verifies the key presses on reports, by the board, in registers, about people's requests and chains. */
import { withContext } from './supervisor/open-context.ts';
import { describe } from './supervisor/problem.ts';
import { asksForHelp, unknownWord } from './supervisor/usage.ts';
import { findUnproved } from './verify-signed/find-unproved.ts';
import { keptFaults } from './verify-signed/kept.ts';
import { pressFaults } from './verify-signed/find-press-fault.ts';

const USAGE = `npm run verify:signed [-- --json]
Verifies every key press on reports to the authority, packs of the board, evidence of its duties, decisions in the
registers of clients, decisions about people's requests, the lifting of restrictions and of legal holds, approvals of
rules of retention and decisions about chains that stand still on the live database: by the keys that the roster of that
moment gives, over what stands there now, with two people where two have to be, and that the kept copy is what was signed. Its session can only read. --json prints one object instead of lines.
It ends with 0 when all hold, with 1 and what does not, and with 2 when it could not look.`;

const STATEMENT_MS = 5 * 60_000;

/** @returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (asksForHelp(words)) {
    console.log(USAGE);
    return 0;
  }
  const word = words.find((one) => one !== '--json');
  if (word !== undefined) throw unknownWord(word, USAGE);
  const looked = await withContext('npm start', async ({ db }) => findUnproved(db), {
    statementTimeoutMs: STATEMENT_MS,
    readOnly: true,
  });
  const sentences = { ...pressFaults, ...keptFaults };
  const faults = looked.faults.map((one) => ({ ...one, sentence: sentences[one.fault] }));
  if (words.includes('--json')) console.log(JSON.stringify({ ...looked, faults }));
  else {
    for (const { subject, what, sentence } of faults)
      console.error(`Wrong: ${subject}, ${what}: ${sentence}.`);
    const {
      reports,
      packs,
      evidence,
      decisions,
      requests,
      restrictions,
      holds,
      breaches,
      retention,
      chains,
    } = looked;
    const all = `${reports} reports, ${packs} packs, ${evidence} pieces of evidence, ${decisions} cases with decisions, ${requests} requests of people, ${restrictions} restrictions, ${holds} legal holds, ${breaches} breaches, ${retention} runs of retention, ${chains} decisions about chains`;
    console.log(faults.length === 0 ? `Every key press holds: ${all}.` : `Looked at ${all}.`);
  }
  return faults.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 2;
}
