/** Why the camera gives no picture, and what to do. Pure. */

const byName: Readonly<Record<string, string>> = {
  NotAllowedError:
    'The browser does not give the camera to this page. Allow it in the browser’s settings for this site, or take the file.',
  NotFoundError: 'This machine has no camera. Take the file, or another machine.',
  NotReadableError: 'Another program uses the camera. Close it and try again.',
};

export const noCameraInBrowser =
  'This browser offers no camera here: it does so over https only. Take the file.';

export const cameraForbidden =
  'The pages of this console may not use the camera: its security headers forbid it. Take the file.';

/** The sentence for what `getUserMedia` or `play` threw. */
export function cameraProblem(error: unknown): string {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  return byName[name] ?? 'The camera gave no picture. Try again, or take the file.';
}
