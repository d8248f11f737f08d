/** A failure a person can do something about: its message is the whole sentence to show. */
export class Problem extends Error {
  name = 'Problem';
}

const SENTENCES = [
  [
    /\bENOSPC\b|no space left on device/i,
    'The disk is full. Free some space (the packages need about 1 GB) and run the command again.',
  ],
  [
    /\b(EACCES|EPERM|EROFS)\b/,
    'A file or folder of the project cannot be written. Check who owns the folder (a run as root leaves files of root behind) and that no other program has them open, then run the command again.',
  ],
  [
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|ENOTCACHED)\b/,
    'The package registry cannot be reached. Check the network connection (and the proxy, if there is one: `npm config get proxy`), then run the command again. Only the first run needs the network.',
  ],
  [
    /\b(E401|E403|ENEEDAUTH)\b/,
    'The package registry refuses access. Check `npm config get registry` and the sign-in for it, then run the command again.',
  ],
  [
    /\bEINTEGRITY\b/,
    'A downloaded package is not the one that package-lock.json names. Run `npm cache clean --force` and then the command again; if it stays, do not go on: the registry or a proxy alters packages.',
  ],
  [
    /\bEUSAGE\b|can only install packages when your package\.json and package-lock\.json/,
    'package.json and package-lock.json do not fit together. Run `npm install` once, look at the change in package-lock.json, and run the command again.',
  ],
  [
    /\bE404\b|\bETARGET\b/,
    'The package registry does not have a package that package-lock.json names. Check `npm config get registry`; a mirror may lag behind.',
  ],
];

/**
 * Turns what npm or another tool printed into one sentence that says what to do.
 * @param {string} output
 * @returns {string | null} null when it is none of the known troubles
 */
export function sentenceFor(output) {
  const known = SENTENCES.find(([pattern]) => pattern.test(output));
  return known ? known[1] : null;
}
