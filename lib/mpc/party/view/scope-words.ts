import type { FreezeScope } from '#lib/protocol/stop-intents.ts';

/** What a freeze stops, inside a sentence: "everything", "all SOL", "the vault warm-1". */
export function scopeWords(scope: FreezeScope): string {
  switch (scope.what) {
    case 'everything':
      return 'everything';
    case 'asset':
      return `all ${scope.asset}`;
    case 'vault':
      return `the vault ${scope.vault}`;
  }
}
