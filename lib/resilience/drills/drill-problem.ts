/** Why a drill could not be carried through; the message is a sentence for people and holds no secret. */
import { DatabaseStartError } from '#lib/platform/db/start-error.ts';
import { sqlStateOf } from '#lib/platform/db/transaction.ts';

export class DrillProblem extends Error {
  override name = 'DrillProblem';
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Of the network and of a server that goes down: nobody answers at the other end. */
const LOST = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|08|57P0[1-3])/;

const reasonMax = 1_000;

/**
 * The reason of a failure in a sentence.
 * @param where what was being done, such as `copying journal`
 */
export function reasonOf(error: unknown, where: string): string {
  return reason(error, where).slice(0, reasonMax);
}

function reason(error: unknown, where: string): string {
  if (error instanceof DrillProblem || error instanceof DatabaseStartError) return error.message;
  const code = sqlStateOf(error) ?? codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100')
    return `The disk became full while ${where}. Free some space or name another folder, and begin again.`;
  if (
    LOST.test(code) ||
    /Connection terminated|timeout exceeded|Query read timeout/.test(wordsOf(error))
  )
    return `A database stopped answering while ${where}: ${wordsOf(error)}. Check that it runs, and begin again.`;
  return `It broke off while ${where}: ${wordsOf(error)}`;
}

function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  const words = text.trim().split('\n').at(-1)?.trim() ?? '';
  return (words === '' ? code : words).replaceAll(/postgres(?:ql)?:\/\/\S+/g, 'the address');
}
