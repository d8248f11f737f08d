/** What a freeze stops, in words. Pure. */
import type { FreezeScope } from '#lib/protocol/stop-intents.ts';

/** "Everything", "Asset SOL", "Vault hot-1". */
export function scopeWords(scope: FreezeScope): string {
  switch (scope.what) {
    case 'everything':
      return 'Everything';
    case 'asset':
      return `Asset ${scope.asset}`;
    case 'vault':
      return `Vault ${scope.vault}`;
  }
}
