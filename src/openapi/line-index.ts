/** Offsets in a text as lines and columns. A line ends with `\n`; columns count UTF-16 units, as GitHub's annotations and editors do. */

export interface Position {
  /** 1-based. */
  readonly line: number
  /** 1-based. */
  readonly column: number
}

/** Line and column of one offset. For many offsets of one text, use `lineIndex`. */
export function positionAt(text: string, offset: number): Position {
  let line = 1
  let start = 0
  for (let next = text.indexOf('\n'); next >= 0 && next < offset; next = text.indexOf('\n', start)) {
    line += 1
    start = next + 1
  }
  return { line, column: offset - start + 1 }
}

/** A function from these offsets to positions, after one pass over the text up to the last of them. */
export function lineIndex(text: string, offsets: readonly number[]): (offset: number) => Position {
  const positions = new Map<number, Position>()
  let line = 1
  let start = 0
  let next = text.indexOf('\n')
  for (const offset of [...new Set(offsets)].sort((left, right) => left - right)) {
    while (next >= 0 && next < offset) {
      line += 1
      start = next + 1
      next = text.indexOf('\n', start)
    }
    positions.set(offset, { line, column: offset - start + 1 })
  }
  return (offset) => positions.get(offset) ?? positionAt(text, offset)
}
