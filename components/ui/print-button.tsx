'use client';

import { Button } from './button.tsx';

/** Prints the page, black on white on A4; what can be pressed stays off the paper. */
export const PrintButton = () => <Button onClick={() => window.print()}>Print</Button>;
