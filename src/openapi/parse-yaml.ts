/**
 * YAML 1.2 to a value, with merge keys (`<<`) and without duplicate keys. js-yaml reads; what it refuses goes to the slower `yaml` package,
 * which accepts more of what people write (a closing bracket at a low indentation was 58 of 78 real refusals; custom tags).
 */
import { CORE_SCHEMA, load, mergeTag, YAMLException } from 'js-yaml'
import { LineCounter, parseDocument } from 'yaml'
import { maxDepth, maxLenientCharacters, maxMergedKeys } from './limits.ts'
import { positionAt } from './line-index.ts'
import type { Mistake, Parsed, ParseResult } from './parse-result.ts'
import { yamlTreeValue } from './yaml-tree.ts'

/** The dialect of YAML that all readers of this room share. */
export const yamlSchema = CORE_SCHEMA.withTags(mergeTag)

/** Options under which the `yaml` package reads the same dialect. Its own check for duplicate keys is quadratic, and merging is ours, so both are off. */
export const yamlOptions = { merge: false, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const

/** Parses one document. `strict` leaves out the second parser: for text that is most likely JSON with a mistake in it. */
export function parseYaml(text: string, mode: 'lenient' | 'strict'): ParseResult {
  const first = parseStrictly(text)
  if ('value' in first) return first
  if (first.final || mode === 'strict') return { mistake: first.mistake }
  const repaired = withIndentedQuotes(text)
  const second = repaired === text ? first : parseStrictly(repaired)
  return 'value' in second ? second : parseLeniently(text, first.mistake)
}

function parseStrictly(text: string): Parsed | Refusal {
  try {
    return { format: 'yaml', text, value: load(text, { schema: yamlSchema, maxDepth, maxTotalMergeKeys: maxMergedKeys }) }
  } catch (error) {
    return refusalOf(error, text)
  }
}

/** More than any quoted text is indented; spaces before a closing quote on a line of its own do not belong to the text. */
const farIndentation = ' '.repeat(200)

/** LibYAML (Ruby, Python) writes texts that end with a line break so that the closing quote stands alone in the first column, and reads it back; YAML 1.2 wants it indented. */
function withIndentedQuotes(text: string): string {
  return text.replace(/^['"](?=[ \t]*\r?$)/gm, `${farIndentation}$&`)
}

interface Refusal {
  readonly mistake: Mistake
  /** True when a second opinion would not help. */
  readonly final: boolean
}

const duplicateKey = 'The same key is written twice in one map. Remove or rename one of them.'

/** js-yaml's reasons that are final, with what to do about them. Texts of js-yaml 5.5.0, pinned by tests. */
const finalReasons: readonly { readonly reason: RegExp; readonly kind: Mistake['kind']; readonly message: string }[] = [
  { reason: /^duplicated mapping key/, kind: 'syntax', message: duplicateKey },
  {
    reason: /^nesting exceeded/,
    kind: 'too-large',
    message: `Maps and lists are nested more than ${String(maxDepth)} levels deep; such a document is not read.`,
  },
  {
    reason: /^merge keys exceeded/,
    kind: 'too-large',
    message: `Merge keys (\`<<\`) copy more than ${maxMergedKeys.toLocaleString('en')} keys; such a document is not read.`,
  },
  { reason: /^expected a document/, kind: 'not-a-description', message: 'The file is empty.' },
]

function refusalOf(error: unknown, text: string): Refusal {
  if (!(error instanceof YAMLException)) {
    return { final: true, mistake: { kind: 'too-large', message: 'The YAML is too deeply nested to be read.', line: 1, column: 1 } }
  }
  if (error.reason.startsWith('expected a single document')) return { final: true, mistake: severalDocuments(text) }
  const position = error.mark === undefined ? { line: 1, column: 1 } : { line: error.mark.line + 1, column: error.mark.column + 1 }
  const known = finalReasons.find(({ reason }) => reason.test(error.reason))
  if (known !== undefined) return { final: true, mistake: { kind: known.kind, message: known.message, ...position } }
  return { final: false, mistake: { kind: 'syntax', message: syntaxMessage(error.reason), ...position } }
}

function severalDocuments(text: string): Mistake {
  const start = /^(?:\s*(?:#.*)?\r?\n)*(?:%.*\r?\n)*(?:---)?/.exec(text)?.[0].length ?? 0
  const marker = /^---(?=\s|$)/m.exec(text.slice(start))
  const offset = marker === null ? 0 : start + marker.index
  return {
    kind: 'syntax',
    message: 'The file holds several YAML documents (`---`); an API description is one. Keep one in each file.',
    ...positionAt(text, offset),
  }
}

/** The second parser; `first` is what js-yaml said, for the case that this one cannot place the mistake. */
function parseLeniently(text: string, first: Mistake): ParseResult {
  if (text.length > maxLenientCharacters) return { mistake: first }
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, { ...yamlOptions, lineCounter: lines })
    const error = document.errors[0]
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0])
      return { mistake: { kind: 'syntax', message: syntaxMessage(error.message), line, column: Math.max(col, 1) } }
    }
    const converted = yamlTreeValue(document)
    return 'value' in converted
      ? { format: 'yaml', text, value: converted.value }
      : { mistake: { kind: 'syntax', message: duplicateKey, ...positionAt(text, converted.duplicateAt) } }
  } catch {
    return { mistake: first }
  }
}

function syntaxMessage(reason: string): string {
  const sentence = (reason.split('\n')[0] ?? reason).trim().replace(/\.$/, '')
  const hint = /tab/i.test(sentence)
    ? ' Indent with spaces.'
    : /indent|same column/i.test(sentence)
      ? ' Compare the indentation with the lines above.'
      : ''
  return `The YAML cannot be read: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}.${hint}`
}
