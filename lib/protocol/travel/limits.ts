/** Limits and marks of what travels, for both ends of the way. Pure, and without zod: browsers load it. */

/** Highest size of a travelling document, whichever way it goes: 256 KiB. */
export const TRAVEL_BYTES_MAX = 256 * 1024;

/** More codes than this nobody holds a camera at; such a document goes as a file. */
export const CHUNKS_MAX = 400;

/** Highest number of bytes inside one code, below what the largest QR code takes. */
export const CHUNK_BYTES_MAX = 2048;

/** How every travelling document starts: its type without the version. */
export const DOCUMENT_MARK = 'countersign/travel/';

/** How the text of each code starts, without its version. */
export const CHUNK_MARK = 'CST';
