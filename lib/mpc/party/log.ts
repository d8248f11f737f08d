/**
 * One JSON line per event. Only codes, names and digests go in: no messages of errors, no request
 * contents, nothing that could carry a secret.
 */
export type LogFields = Record<string, string | number | boolean | null>;
export type Log = (event: string, fields?: LogFields) => void;

export function createLog(party: string, write: (line: string) => void): Log {
  return (event, fields = {}) => {
    write(`${JSON.stringify({ at: new Date().toISOString(), party, event, ...fields })}\n`);
  };
}

/**
 * Where an unexpected error came from, without its message: messages of libraries may quote the
 * values they refuse.
 */
export function faultFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { fault: typeof error };
  const frames = (error.stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/u.test(line))
    .slice(0, 6);
  return { fault: error.name, where: frames.join(' | ') };
}
