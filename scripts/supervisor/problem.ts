/** A failure a person can do something about; its message is the whole text to show. */
export class Problem extends Error {
  override name = 'Problem';
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Says in a sentence why a file or folder can't be used, or null for an error of another kind. */
export function fileProblem(error: unknown, path: string): Problem | null {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Problem(
        `The disk is full: ${path} cannot be written. Free some space, or put the data elsewhere with COUNTERSIGN_DATA=/another/folder, and start again.`,
      );
    case 'EACCES':
    case 'EPERM':
      return new Problem(
        `${path} cannot be used by this user. Check who owns it (a start as root leaves files of root behind), or put the data elsewhere with COUNTERSIGN_DATA=/another/folder.`,
      );
    case 'EROFS':
      return new Problem(
        `${path} lies on a file system that cannot be written. Put the data elsewhere with COUNTERSIGN_DATA=/another/folder.`,
      );
    case 'ENOENT':
      return new Problem(
        `${path} cannot be made there. Choose another place for the data with COUNTERSIGN_DATA=/another/folder.`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new Problem(
        `${path} should be a folder, but a file stands in its place. Move the file away, or put the data elsewhere with COUNTERSIGN_DATA=/another/folder.`,
      );
    default:
      return null;
  }
}

/** The text to show for any error: the sentence of a Problem, or the stack of a bug. */
export function describe(error: unknown): string {
  if (error instanceof Problem) return error.message;
  if (error instanceof Error) return error.stack ?? error.message;
  return String(error);
}
