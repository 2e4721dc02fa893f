/**
 * Markdown that never outgrows its field: blocks whose rows are left out, counted, when the space is used up. Nothing is cut
 * inside a row, so no code fence, tag or character is ever torn.
 */
import { htmlWords, row } from './escape.ts'
import { byteLength } from './plain-text.ts'

/** No field of a check run has room for more rows than this. */
export const mostRows = 2000

/** A ready row, or one that is only made when there is room for it: there may be thousands. */
export type Row = string | (() => string)

export interface Block {
  /** Stands before the rows; a block whose head does not fit is left out. */
  readonly head: string
  readonly rows: readonly Row[]
  readonly tail: string
  /** Rows that are not even listed, because no field has room for that many; they are counted. */
  readonly beyond?: number
}

/** Text that is shown whole or not at all. */
export function paragraph(markdown: string): Block {
  return { head: markdown, rows: [], tail: '' }
}

/** A table of ready cells. */
export function table(columns: readonly string[], alignment: string, rows: readonly (readonly string[])[]): Block {
  return { head: `${row(...columns)}\n${alignment}`, rows: rows.map((cells) => row(...cells)), tail: '' }
}

/** A list of ready lines. */
export function list(head: string, items: readonly Row[]): Block {
  return { head: `${head}\n`, rows: items.map((item) => () => `- ${made(item)}`), tail: '' }
}

/** A block that is closed until somebody opens it. */
export function folded(summary: string, content: Block): Block {
  const open = `<details><summary>${htmlWords(summary)}</summary>\n\n`
  return { head: `${open}${content.head}`, rows: content.rows, tail: `${content.tail}\n\n</details>` }
}

/** A folded list. */
export function foldedList(summary: string, items: readonly Row[]): Block {
  const content = list('', items)
  return folded(summary, { ...content, head: '' })
}

/** Says how many rows were left out. */
const more = (left: number) => `\n\n… and ${left} more`
const roomForMore = 40
const gap = '\n\n'

/**
 * The blocks one below the other within `limit` UTF-8 bytes; the last block, the footer, is always there. Earlier blocks win: rows
 * that do not fit are counted, a block of which nothing fits is left out.
 */
export function fit(blocks: readonly Block[], limit: number): string {
  const footer = blocks.at(-1)
  if (footer === undefined) return ''
  const last = render(footer, footer.rows.map(made))
  let space = limit - byteLength(last)
  const parts: string[] = []
  for (const block of blocks.slice(0, -1)) {
    const part = fitBlock(block, space - gap.length)
    if (part === null) continue
    parts.push(part)
    space -= byteLength(part) + gap.length
  }
  return [...parts, last].join(gap).trimEnd()
}

function fitBlock(block: Block, space: number): string | null {
  let left = space - byteLength(block.head) - byteLength(block.tail) - roomForMore
  if (left < 0) return null
  const rows: string[] = []
  for (const unmade of block.rows) {
    const line = made(unmade)
    left -= byteLength(line) + 1
    if (left < 0) break
    rows.push(line)
  }
  return rows.length === 0 && block.rows.length > 0 ? null : render(block, rows)
}

function made(line: Row): string {
  return typeof line === 'string' ? line : line()
}

function render(block: Block, rows: readonly string[]): string {
  const lead = block.head === '' || rows.length === 0 || block.head.endsWith('\n\n') ? block.head : `${block.head}\n`
  const left = block.rows.length - rows.length + (block.beyond ?? 0)
  return `${lead}${rows.join('\n')}${left > 0 ? more(left) : ''}${block.tail}`
}
