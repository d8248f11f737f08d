import { useMemo } from 'react';
import { drawModules, modulesPath } from '#lib/protocol/travel/qr-code.ts';

/** A code, black on white in every theme: in the colours of a dark one it would be a negative. */
export function CodePicture({ code, label }: { code: string; label: string }) {
  const { side, path } = useMemo(() => {
    const modules = drawModules(code);
    return { side: modules.length, path: modulesPath(modules) };
  }, [code]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      className="block w-full max-w-form"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
