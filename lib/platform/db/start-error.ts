export type DatabaseStartCode =
  | 'port-taken'
  | 'already-running'
  | 'disk-full'
  | 'folder-taken'
  | 'folder-unreachable'
  | 'password-wrong'
  | 'other';

/** The embedded server did not come up; the message is a sentence that says what to do. */
export class DatabaseStartError extends Error {
  override name = 'DatabaseStartError';
  readonly code: DatabaseStartCode;

  constructor(code: DatabaseStartCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.code = code;
  }
}

/** Reads the server's last words. */
export function explainExit(log: string, port: number): DatabaseStartError {
  if (/could not bind|Address already in use/.test(log))
    return new DatabaseStartError(
      'port-taken',
      `Port ${port} is taken, so PostgreSQL cannot start. Stop the program that listens there, or choose another port.`,
    );
  if (/No space left on device|ENOSPC/.test(log))
    return new DatabaseStartError(
      'disk-full',
      'PostgreSQL cannot start because the disk is full. Free some space and start again.',
    );
  return new DatabaseStartError(
    'other',
    `PostgreSQL did not start. Its last words:\n${log.trimEnd()}`,
  );
}
