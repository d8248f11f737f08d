/**
 * An empty page, linked from nowhere. What a browser loads for it is the floor that the benches
 * compare the JavaScript of every other page with.
 */
export default function FloorPage() {
  return null;
}
