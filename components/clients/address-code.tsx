import { drawText, modulesPath } from '#lib/protocol/travel/qr-code.ts';

/** An address as a code for cameras, black on white in every theme: in the colours of a dark one it would be a negative. */
export function AddressCode({ address }: { address: string }) {
  const modules = drawText(address);
  const side = modules.length;
  return (
    <svg
      role="img"
      aria-label={`QR code of the address ${address}`}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      className="block size-48"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={modulesPath(modules)} fill="#000" />
    </svg>
  );
}
