/** A worker that never ends. */
export default function forever(): never {
  for (;;) Math.sqrt(2)
}
