/** Markdown as plain lines for a terminal: tables as columns or, where they are too wide, as records; folded sections by their heading. */
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

interface Node {
  readonly type: string
  readonly value?: string
  readonly children?: readonly Node[]
}

/** Lines of at most `width` columns, blank ones left out. */
export function textOfMarkdown(markdown: string, width: number): string[] {
  const root: Node = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  return (root.children ?? []).flatMap((node) => blockLines(node, width)).filter((line) => line.trim() !== '')
}

function blockLines(node: Node, width: number): string[] {
  const children = node.children ?? []
  const inner = (by: number): string[] => children.flatMap((child) => blockLines(child, width - by))
  switch (node.type) {
    case 'table':
      return tableLines(children, width)
    case 'list':
      return children.flatMap((item) => prefixed(blockLines({ ...item, type: 'listItem' }, width - 2), '• '))
    case 'listItem':
      return inner(0)
    case 'blockquote':
      return prefixed(inner(2), '│ ', '│ ')
    case 'code':
      return prefixed((node.value ?? '').split('\n'), '    ', '    ')
    default:
      return inline(node)
        .split('\n')
        .flatMap((line) => wrap(line.trim(), width))
  }
}

function prefixed(lines: readonly string[], first: string, others = ' '.repeat(first.length)): string[] {
  return lines.map((line, index) => (index === 0 ? first : others) + line)
}

function inline(node: Node): string {
  if (node.type === 'break') return '\n'
  if (node.type === 'html') return withoutTags(node.value ?? '')
  return node.value ?? (node.children ?? []).map(inline).join('')
}

function withoutTags(text: string): string {
  return text
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<summary>/gi, '▸ ')
    .replace(/<br\s*\/?>/gi, ' ')
    .replace(/<\/?[a-zA-Z][^>]*>/g, '')
}

/** Breaks at blanks; a word longer than a line stays whole. Exported for the lines that are no Markdown. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && columns(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

const wideSigns = /[\u231a-\u23f3\u26aa\u26ab\u2705\u274c\u{1f300}-\u{1faff}]/gu

/** Columns of a terminal: most signs take one, pictures two. */
function columns(text: string): number {
  return [...text].length + (text.match(wideSigns)?.length ?? 0)
}

function tableLines(rows: readonly Node[], width: number): string[] {
  const cells = rows.map((row) => (row.children ?? []).map((cell) => inline(cell).trim()))
  const [heads = [], ...records] = cells
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => columns(row[column] ?? ''))))
  const total = widths.reduce((sum, one) => sum + one + 2, 0)
  if (total > width) return records.flatMap((row) => recordLines(heads, row, width))
  return cells.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - columns(cell)))
      .join('  ')
      .trimEnd(),
  )
}

/** The first two cells as a heading, each other one on a line of its own under its column's name. */
function recordLines(heads: readonly string[], row: readonly string[], width: number): string[] {
  const [first = '', second = '', ...rest] = row
  const details = rest.flatMap((cell, index) =>
    cell === '' ? [] : prefixed(wrap(`${heads[index + 2] ?? ''}: ${cell}`, width - 4), '    ', '      '),
  )
  return [...prefixed(wrap(`${first} ${second}`.trim(), width - 4), '', '    '), ...details]
}
