/** Columns of template B_99.01: what the entity itself means by each option, in its own words. Pure. */
export const definitions = {
  c0010: 'a standalone arrangement',
  c0020: 'an overarching arrangement',
  c0030: 'a subsequent arrangement',
  c0040: 'low sensitivity of data',
  c0050: 'medium sensitivity of data',
  c0060: 'high sensitivity of data',
  c0070: 'low impact of discontinuing a function',
  c0080: 'medium impact of discontinuing a function',
  c0090: 'high impact of discontinuing a function',
  c0100: 'not substitutable',
  c0110: 'highly complex substitutability',
  c0120: 'medium substitutability',
  c0130: 'easy substitutability',
  c0140: 'easy reintegration',
  c0150: 'difficult reintegration',
  c0160: 'highly complex reintegration',
  c0170: 'low impact of discontinuing a service',
  c0180: 'medium impact of discontinuing a service',
  c0190: 'high impact of discontinuing a service',
} as const;

/** The text of a record of the entity that holds a definition. */
export const definitionField = (column: string): string => `definition.${column}`;
