/** Finds codes in a picture: by the browser where it can, otherwise by a library fetched then. */

/** Texts of the codes in a picture; none when there is none to be read. */
export type CodeDetector = (source: HTMLVideoElement | ImageBitmap) => Promise<string[]>;

/** What the Shape Detection API offers, as far as it is used here; not every browser has it. */
type NativeDetector = { detect: (source: ImageBitmapSource) => Promise<{ rawValue: string }[]> };
type NativeDetectors = {
  new (options: { formats: string[] }): NativeDetector;
  getSupportedFormats: () => Promise<string[]>;
};

async function openNative(): Promise<CodeDetector | null> {
  const native = (globalThis as { BarcodeDetector?: NativeDetectors }).BarcodeDetector;
  if (!native) return null;
  const formats = await native.getSupportedFormats().catch((): string[] => []);
  if (!formats.includes('qr_code')) return null;
  const detector = new native({ formats: ['qr_code'] });
  return async (source) => {
    const found = await detector.detect(source).catch(() => []);
    return found.map(({ rawValue }) => rawValue);
  };
}

/** Finer pictures make reading slower, not better; the library refuses more than 4096. */
const SIDE_MAX = 1600;

const sizeOf = (source: HTMLVideoElement | ImageBitmap): { width: number; height: number } =>
  source instanceof HTMLVideoElement
    ? { width: source.videoWidth, height: source.videoHeight }
    : source;

/** Draws into one canvas, so that frames of a camera don't pile up. */
function pixelReader(): (source: HTMLVideoElement | ImageBitmap) => ImageData | null {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (source) => {
    const { width, height } = sizeOf(source);
    if (!context || width === 0 || height === 0) return null;
    const scale = Math.min(1, SIDE_MAX / Math.max(width, height));
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  };
}

/** @throws when the library can't be fetched. */
export async function openDetector(): Promise<CodeDetector> {
  const native = await openNative();
  if (native) return native;
  const { decodeQR } = await import('qr/decode.js');
  const pixelsOf = pixelReader();
  return async (source) => {
    const pixels = pixelsOf(source);
    if (!pixels) return [];
    try {
      return [decodeQR(pixels)];
    } catch {
      // It throws for a picture without a code, which most frames are.
      return [];
    }
  };
}
