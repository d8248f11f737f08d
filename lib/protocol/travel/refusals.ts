/**
 * Why a travelling document or one of its codes is not taken, each with the sentence people read.
 * The sentences are constant: nothing of what was read is repeated in one. Without zod: browsers
 * load it.
 */

/** About one code. */
export const chunkRefusals = {
  'chunk-foreign-form': 'This is not a code of a travelling document.',
  'chunk-unknown-version': 'This code is of a version unknown here. Update this side.',
  'chunk-damaged':
    "A character of this code was lost or changed on the way. Read it again; a scanner that types must be set to this machine's keyboard layout.",
  'chunk-of-another-document':
    'This code belongs to another document, or to another showing of it. Go on with the codes you began with, or start over.',
  'chunk-contradicts':
    'This code says something else than the one read before at its place. Start over, and look who shows the codes.',
} as const;
export type ChunkRefusal = keyof typeof chunkRefusals;

/** About all codes of a document together. */
export const joinRefusals = {
  'codes-missing': 'Some codes have not been read yet.',
  'codes-damaged':
    'The codes do not add up to the document they were made from. Start over, and show them again.',
  'codes-too-large': 'The codes hold more than a travelling document may.',
} as const;
export type JoinRefusal = keyof typeof joinRefusals;

/** About making codes. */
export const splitRefusals = {
  'document-too-large': 'The document is larger than 256 KiB, which is too large to travel.',
  'too-many-codes': 'The document would need more than 400 codes. Take it as a file.',
} as const;
export type SplitRefusal = keyof typeof splitRefusals;

/** About a document as a whole. */
export const travelRefusals = {
  'travel-too-large': 'The document is larger than 256 KiB, which no travelling document is.',
  'travel-not-ours': 'This is not a travelling document of Countersign.',
  'travel-unknown-version':
    'The travelling document is of a version unknown here. Update this side.',
  'travel-damaged':
    'The document changed on the way: it does not have the digest it names. Fetch it again.',
  'travel-malformed':
    'The document has unknown, missing or misspelt fields. Make it again, with both sides up to date.',
  'travel-expired': 'The document has expired. Make a new one.',
  'travel-from-the-future':
    "The document is dated in the future. Set this machine's clock right and read it again.",
  'travel-other-organisation': 'The document belongs to another organisation.',
  'travel-other-environment':
    'The document comes from the sandbox and this is production, or the other way round.',
  'travel-other-sender': 'The document comes from another sender than the one awaited.',
  'travel-misaddressed': 'The document is meant for someone else. Take it there.',
  'travel-other-kind': 'The document is of another kind than the one awaited here.',
  'travel-other-trip': 'The document belongs to another trip than the one under way.',
  'travel-out-of-step': 'The document belongs to another step of this trip.',
} as const;
export type TravelRefusal = keyof typeof travelRefusals;

/** About showing and reading codes at a terminal. */
export const terminalRefusals = {
  'terminal-too-small':
    'The window is too small for a code. Make it at least 41 columns by 23 rows, or take the file.',
  'reading-stopped': 'Reading was stopped before all codes were there.',
} as const;
export type TerminalRefusal = keyof typeof terminalRefusals;

const sentences = {
  ...chunkRefusals,
  ...joinRefusals,
  ...splitRefusals,
  ...travelRefusals,
  ...terminalRefusals,
} as const;

/** The sentence people read for any of these refusals. */
export const travelSentence = (refusal: keyof typeof sentences): string => sentences[refusal];
