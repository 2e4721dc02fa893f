/** A value that is too deep or too large once its aliases are written out: what to say, and the line where it happens. */
import { EVENT_ID, parseEvents, type Event } from 'js-yaml'
import { maxAliasNodes, maxDepth, maxFileCharacters } from './limits.ts'
import { positionAt } from './line-index.ts'
import type { Excess } from './measure-value.ts'
import type { Mistake, Parsed } from './parse-result.ts'

const messages: Record<Excess, string> = {
  deep: `Maps and lists are nested more than ${String(maxDepth)} levels deep; such a document is not read. Move the inner parts to components and use \`$ref\`.`,
  cyclic: 'A YAML alias (`*name`) stands inside its own anchor (`&name`), so the document has no end. Write the repetition as a `$ref`.',
  expanding: `Written out, the YAML aliases (\`*name\`) add more than ${maxAliasNodes.toLocaleString('en')} values, or make more than ${maxFileCharacters.toLocaleString('en')} characters of it. Use \`$ref\` for what repeats.`,
}

/** The mistake with its place: the bracket that goes too deep, the alias in its own anchor, the first alias of many. */
export function excessMistake(excess: Excess, { format, text }: Parsed): Mistake {
  const offset = format === 'json' ? tooDeepAt(text) : aliasAt(text, excess)
  return { kind: 'too-large', message: messages[excess], ...positionAt(text, offset) }
}

function tooDeepAt(text: string): number {
  let depth = 0
  for (const match of text.matchAll(/"[^"\\]*(?:\\[^][^"\\]*)*"|[{}[\]]/g)) {
    if (match[0] === '{' || match[0] === '[') depth += 1
    else if (match[0] === '}' || match[0] === ']') depth -= 1
    if (depth > maxDepth) return match.index
  }
  return 0
}

/** Zero when only the second parser could read the text. */
function aliasAt(text: string, excess: Excess): number {
  const open: string[] = []
  for (const event of eventsOf(text)) {
    if (event.type === EVENT_ID.POP) open.pop()
    if (event.type === EVENT_ID.ALIAS && (excess !== 'cyclic' || open.includes(text.slice(event.anchorStart, event.anchorEnd))))
      return event.anchorStart - 1
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE)
      open.push(event.anchorStart < 0 ? '' : text.slice(event.anchorStart, event.anchorEnd))
    if (event.type === EVENT_ID.DOCUMENT) open.push('')
  }
  return 0
}

function eventsOf(text: string): readonly Event[] {
  try {
    return parseEvents(text, { maxDepth })
  } catch {
    return []
  }
}
