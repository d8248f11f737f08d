/** What each thing done to a key is, how long it takes, and what a crash leaves. Pure. */
export type KeyWork = 'refresh' | 'backup' | 'repair';

export const isKeyWork = (text: string): text is KeyWork =>
  text === 'refresh' || text === 'backup' || text === 'repair';

type Words = {
  title: string;
  /** "raise this key refresh" */
  action: string;
  does: string;
  takes: string;
  crash: string;
  after: string;
};

export const workWords: Readonly<Record<KeyWork, Words>> = {
  refresh: {
    title: 'Refresh shares',
    action: 'raise this key refresh',
    does: 'Every party makes a new share of the same key. The address stays. Shares of the epoch before are erased, and what was stolen of them is worth nothing.',
    takes:
      'A few seconds once every party of the key is on and one person of each group has stated.',
    crash:
      'All parties stay on one epoch that can sign: the old one until every party has confirmed the new, the new one from then on. The worker goes on by itself.',
    after: 'Backups of the epoch before are void. Back the shares up again right after.',
  },
  backup: {
    title: 'Back up the shares',
    action: 'raise this share backup',
    does: 'Each party seals its share for its own group of custodians. Nobody sees a share, and no group can open two of them.',
    takes:
      'A few seconds once every party of the key is on and one person of each group has stated.',
    crash:
      'Nothing changes at the key. What a party has sealed it keeps, and the worker asks the others again.',
    after: 'Save the files from the key’s page and keep three copies of each at different sites.',
  },
  repair: {
    title: 'Repair a lost share',
    action: 'raise this share repair',
    does: 'The other parties give the one that lost its share the same share back. None of them learns it. The epoch and the address stay.',
    takes:
      'A few seconds once the party and its helpers are on and one person of each group has stated.',
    crash:
      'The helpers keep what they have and can sign throughout. The party has its share back or has none, and the worker begins anew.',
    after: 'Refresh the shares right after: nobody knows where the lost copy is.',
  },
};

/** How long it takes for a key with these shares. */
export const durationOf = (work: KeyWork, shares: readonly { isCold: boolean }[]): string =>
  shares.some(({ isCold }) => isCold)
    ? 'As long as its documents travel, once one person of each group has stated: each step is a request to every cold party that takes part and an answer back. Best done in one day.'
    : workWords[work].takes;
