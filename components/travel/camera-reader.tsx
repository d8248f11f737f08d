'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { openCamera, type Camera } from './open-camera.ts';

/** Reads codes by the camera. Its picture stays on this machine. */
export function CameraReader({ onCode }: { onCode: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const camera = useRef<Camera | null>(null);
  const isGone = useRef(false);
  const [state, setState] = useState<'off' | 'starting' | 'on'>('off');
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      camera.current?.stop();
      camera.current = null;
    };
  }, []);

  async function start() {
    if (!video.current) return;
    setState('starting');
    setProblem(null);
    const opened = await openCamera(video.current, onCode);
    // Asking for the camera may take as long as the person; the page may be another by then.
    if (isGone.current) {
      if (opened.ok) opened.camera.stop();
      return;
    }
    if (opened.ok) camera.current = opened.camera;
    else setProblem(opened.sentence);
    setState(opened.ok ? 'on' : 'off');
  }

  function stop() {
    camera.current?.stop();
    camera.current = null;
    setState('off');
  }

  return (
    <div className="space-y-3">
      <video
        ref={video}
        muted
        playsInline
        aria-label="What the camera sees"
        className={`w-full max-w-form rounded-md border border-line bg-sunken ${state === 'on' ? '' : 'hidden'}`}
      />
      {state === 'on' ? (
        <Button onClick={stop}>Stop the camera</Button>
      ) : (
        <Button
          pending={state === 'starting'}
          pendingLabel="Waiting for the camera"
          onClick={() => void start()}
        >
          Use the camera
        </Button>
      )}
      {problem !== null && (
        <Notice tone="caution" title="No camera." announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}
