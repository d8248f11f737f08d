/** Browsers may still be reading the file when the click returns. */
const keptMs = 60_000;

/** Hands bytes to the browser as a download, as bytes of no kind: nothing of them is opened here. */
export function saveFile(bytes: Blob, fileName: string): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), keptMs);
}
