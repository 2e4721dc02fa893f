/**
 * Text to value: JSON by `JSON.parse`, YAML by js-yaml with the `yaml` package behind it. Positions are not kept (measured: 5 to 60
 * times the cost); a mistake is placed here, everything else by `locate` when it is needed. Knows nothing of OpenAPI.
 */
import { excessMistake } from './excess-mistake.ts'
import { jsonMistake } from './json-mistake.ts'
import { maxDepth, maxFileCharacters } from './limits.ts'
import { positionAt } from './line-index.ts'
import { countKeys, measureShared } from './measure-value.ts'
import { parseYaml } from './parse-yaml.ts'
import type { Mistake, Parsed, ParseResult } from './parse-result.ts'
import type { SourceDocument } from './types.ts'

/**
 * Parses one file. A text that begins with `{` or `[` is JSON, or YAML in flow style unless the file is called `.json` (YAML would read a
 * JSON comment as text). Never throws. Bounds: size, depth, and for YAML what aliases expand to.
 */
export function parse(text: string, path: string): { readonly document: SourceDocument } | { readonly mistake: Mistake } {
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text
  const early = unfit(clean)
  if (early !== null) return { mistake: early }
  const looksLikeJson = /^\s*[{[]/.test(clean)
  const result = looksLikeJson ? parseJsonLike(clean, path) : parseYaml(clean, 'lenient')
  if ('mistake' in result) return result
  const keys = result.format === 'json' ? countKeys(result.value, maxDepth) : null
  const excess = result.format === 'yaml' ? measureShared(result.value) : keys === null ? 'deep' : null
  return excess === null ? { document: { path, ...result, keys } } : { mistake: excessMistake(excess, result) }
}

/** `JSON.parse`, then without trailing commas (common in files that YAML readers accept), then as YAML in flow style. */
function parseJsonLike(text: string, path: string): ParseResult {
  const json = parseJson(text) ?? parseJson(withoutTrailingCommas(text))
  if (json !== null) return json
  const yaml = path.toLowerCase().endsWith('.json') ? null : parseYaml(text, 'strict')
  return yaml !== null && 'value' in yaml ? yaml : { mistake: jsonMistake(text) }
}

function parseJson(text: string): Parsed | null {
  try {
    const value: unknown = JSON.parse(text)
    return { format: 'json', value, text }
  } catch {
    return null
  }
}

/** A blank for each comma before a closing bracket, so that offsets stay. Texts are matched to be left alone, the last one even without its closing quote: starting again at each quote in it would be quadratic. */
function withoutTrailingCommas(text: string): string {
  return text.replace(/"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)|,(?=\s*[}\]])/g, (found) => (found === ',' ? ' ' : found))
}

/** What no parser should see. */
function unfit(text: string): Mistake | null {
  if (text.length > maxFileCharacters) {
    const megabytes = (size: number): string => (size / 1024 / 1024).toFixed(0)
    return tooLarge(
      `The file has ${megabytes(text.length)} MB; at most ${megabytes(maxFileCharacters)} MB are read. Split it with relative references.`,
    )
  }
  const nul = text.indexOf('\0')
  if (nul >= 0)
    return {
      kind: 'syntax',
      message: 'The text holds a NUL character, so it is not a text file in UTF-8. Save it as UTF-8.',
      ...positionAt(text, nul),
    }
  if (text.startsWith('version https://git-lfs.github.com/spec/')) {
    return {
      kind: 'syntax',
      message: 'The file is a Git LFS pointer, not the description itself. Store descriptions in Git directly.',
      line: 1,
      column: 1,
    }
  }
  return conflict(text)
}

function conflict(text: string): Mistake | null {
  // A search for a plain text costs next to nothing where an expression costs as much as parsing.
  const start = text.startsWith('<<<<<<< ') ? 0 : text.indexOf('\n<<<<<<< ') + 1
  if (!text.startsWith('<<<<<<< ', start) || !/^={7}\r?$/m.test(text)) return null
  return {
    kind: 'syntax',
    message: 'The file holds the marks of an unfinished merge (`<<<<<<<`). Resolve the conflict.',
    ...positionAt(text, start),
  }
}

function tooLarge(message: string): Mistake {
  return { kind: 'too-large', message, line: 1, column: 1 }
}
