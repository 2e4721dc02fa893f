/** A worker that takes all the memory there is. */
export default function greedy(): number {
  const kept: number[][] = []
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => index))
}
