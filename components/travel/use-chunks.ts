'use client';

import { useEffect, useState } from 'react';
import { splitIntoChunks, type SplitDocument } from '#lib/protocol/travel/split-into-chunks.ts';

/** The codes of a document; null until they are made, which takes some milliseconds. */
export function useChunks(text: string): SplitDocument | null {
  const [made, setMade] = useState<{ of: string; split: SplitDocument } | null>(null);
  useEffect(() => {
    let isWanted = true;
    void splitIntoChunks(new TextEncoder().encode(text)).then((split) => {
      if (isWanted) setMade({ of: text, split });
    });
    return () => {
      isWanted = false;
    };
  }, [text]);
  // Codes of the document before are not shown under the words of this one.
  return made?.of === text ? made.split : null;
}
