import { cameraForbidden, cameraProblem, noCameraInBrowser } from './camera-problem.ts';
import { openDetector } from './code-detector.ts';

/** Between two looks, so that the page stays quick. */
const LOOK_EVERY_MS = 80;

export type Camera = { stop: () => void };
export type OpenedCamera = { ok: true; camera: Camera } | { ok: false; sentence: string };

/** Only some browsers say beforehand what the page's headers forbid. */
function isForbidden(): boolean {
  type Policy = { allowsFeature: (name: string) => boolean };
  const { featurePolicy } = document as { featurePolicy?: Policy };
  return featurePolicy?.allowsFeature('camera') === false;
}

/** Typed as always there, but missing outside https and localhost. */
const mediaDevices = (): MediaDevices | undefined => navigator.mediaDevices;

/** Shows the camera's picture in `video` and calls `onCode` for each code it sees, until stopped. */
export async function openCamera(
  video: HTMLVideoElement,
  onCode: (text: string) => void,
): Promise<OpenedCamera> {
  const devices = mediaDevices();
  if (!devices) return { ok: false, sentence: noCameraInBrowser };
  if (isForbidden()) return { ok: false, sentence: cameraForbidden };
  let stream: MediaStream | null = null;
  try {
    stream = await devices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    video.srcObject = stream;
    await video.play();
    const detect = await openDetector();
    return { ok: true, camera: watch({ video, stream, detect, onCode }) };
  } catch (error) {
    release(video, stream);
    return { ok: false, sentence: cameraProblem(error) };
  }
}

function release(video: HTMLVideoElement, stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
  video.srcObject = null;
}

function watch(of: {
  video: HTMLVideoElement;
  stream: MediaStream;
  detect: Awaited<ReturnType<typeof openDetector>>;
  onCode: (text: string) => void;
}): Camera {
  let timer: ReturnType<typeof setTimeout>;
  let isStopped = false;
  const look = async () => {
    for (const text of await of.detect(of.video)) if (!isStopped) of.onCode(text);
    if (!isStopped) timer = setTimeout(() => void look(), LOOK_EVERY_MS);
  };
  void look();
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      release(of.video, of.stream);
    },
  };
}
