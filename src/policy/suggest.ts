/** "Did you mean": the known word that is nearest to a mistyped one. */

/** Longest word that is compared; longer ones are not typing mistakes. */
const longestWord = 64

/** The nearest known word, if it is near enough to be what was meant: one edit for every three letters, at least one. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  if (word.length > longestWord) return null
  const wanted = word.toLowerCase()
  let best: { readonly word: string; readonly distance: number } | null = null
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate.toLowerCase())
    const isNear = distance <= Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3))
    // Of two words equally near, the one from which letters were left out (`whn` is `when`, not `why`).
    const rank = distance - (isWithin(wanted, candidate.toLowerCase()) ? 0.5 : 0)
    if (isNear && (best === null || rank < best.distance)) best = { word: candidate, distance: rank }
  }
  return best?.word ?? null
}

function isWithin(letters: string, word: string): boolean {
  let found = 0
  for (const letter of word) if (letter === letters[found]) found++
  return found === letters.length
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let older: readonly number[] = []
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) current.push(cheapestEdit({ a, b, i, j, previous, older, left: current[j - 1] ?? 0 }))
    older = previous
    previous = current
  }
  return previous[b.length] ?? 0
}

interface Cell {
  readonly a: string
  readonly b: string
  readonly i: number
  readonly j: number
  readonly previous: readonly number[]
  readonly older: readonly number[]
  readonly left: number
}

function cheapestEdit({ a, b, i, j, previous, older, left }: Cell): number {
  const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
  const edited = Math.min(replaced, (previous[j] ?? 0) + 1, left + 1)
  const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
  return isSwap ? Math.min(edited, (older[j - 2] ?? 0) + 1) : edited
}
