/** Closed lists of the package that are wider than what records of this house keep. Pure. */
import { activities, reintegrations, yesNoOpen, no, yes } from '../codes.ts';

const numbered = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, at) => `eba_TA:x${first + at}`);

/**
 * Licensed activities of every type of financial entity. Those of a crypto-asset service provider have words in
 * codes.ts; a package of a group may hold any of the others.
 */
export const allActivities: ReadonlySet<string> = new Set([
  ...Object.keys(activities),
  ...[28, 104, 133, 134, 143, 144, 146, 147].map((number) => `eba_TA:x${number}`),
  ...numbered(136, 141),
  ...numbered(162, 276),
  'eba_TA:qx277',
  'eba_TA:qx278',
]);

/** Where nothing can be taken back, the file says so. */
export const allReintegrations = { ...reintegrations, 'eba_ZZ:x0': 'Not applicable' } as const;

export const yesNo = { [yes]: yesNoOpen[yes], [no]: yesNoOpen[no] } as const;

/** Countries that the list of the EBA has besides those of ISO 3166: others, and Kosovo. */
export const otherCountries: ReadonlySet<string> = new Set(['eba_GA:x28', 'eba_GA:XK']);
