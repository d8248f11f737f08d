/** Lowest Node.js that can start the project; from there on everything runs on the pinned Node 24. */
const LOWEST = [20, 20];

/**
 * Says whether a Node.js version can start the project.
 * @param {string} version such as `20.20.2`
 * @returns {string | null} the sentence to show, or null when it can
 */
export function nodeVersionProblem(version) {
  const parts = version.split('.').map(Number);
  const isOldEnough = parts[0] > LOWEST[0] || (parts[0] === LOWEST[0] && parts[1] >= LOWEST[1]);
  if (isOldEnough) return null;
  return (
    'Countersign needs Node.js ' +
    LOWEST.join('.') +
    ' or newer to start, and this is ' +
    version +
    '.\nInstall a newer one from https://nodejs.org (or `nvm install --lts`) and run the command again.'
  );
}

/** Ends the process with the sentence when this Node.js is too old. */
export function requireNode() {
  const problem = nodeVersionProblem(process.versions.node);
  if (problem === null) return;
  console.error(problem);
  process.exit(1);
}
