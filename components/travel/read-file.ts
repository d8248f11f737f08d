import { TRAVEL_BYTES_MAX } from '#lib/protocol/travel/limits.ts';
import { chunkRefusals, travelRefusals } from '#lib/protocol/travel/refusals.ts';
import { openDetector } from './code-detector.ts';

/** Of a photograph; beyond it a browser would only get slow. */
const PICTURE_BYTES_MAX = 32 * 1024 * 1024;

export type FileText = { ok: true; text: string } | { ok: false; sentence: string };

async function readPicture(file: File): Promise<FileText> {
  const refused: FileText = { ok: false, sentence: 'No code can be read in this picture.' };
  if (file.size > PICTURE_BYTES_MAX) return refused;
  try {
    const picture = await createImageBitmap(file);
    const detect = await openDetector();
    const [text] = await detect(picture);
    picture.close();
    return text === undefined ? refused : { ok: true, text };
  } catch {
    return refused;
  }
}

/** The text of a file that somebody chose, or of the code in a picture of one. */
export async function readFile(file: File): Promise<FileText> {
  if (file.type.startsWith('image/')) return readPicture(file);
  if (file.size > TRAVEL_BYTES_MAX)
    return { ok: false, sentence: travelRefusals['travel-too-large'] };
  try {
    const bytes = await file.arrayBuffer();
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, sentence: chunkRefusals['chunk-foreign-form'] };
  }
}
