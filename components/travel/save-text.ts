/** Browsers may still be reading the file when the click returns. */
const KEPT_MS = 60_000;

/** Hands a text to the browser as a download, without a request to anyone. */
export function saveText(text: string, fileName: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
