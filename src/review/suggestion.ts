/** The few fixes that need no thought, as lines for a suggested change. When in doubt there is none: a wrong suggestion is worse than no suggestion. */
import type { UnplacedFinding } from '../model/finding.ts'
import type { Place } from '../model/place.ts'
import type { SourceDocument } from '../openapi/types.ts'

/** A property whose block is longer than this is no simple value. */
const mostLines = 40

type Placed = Pick<UnplacedFinding, 'rule' | 'security' | 'sensitivity' | 'direction'> & { readonly place: Place }

/** Lines that replace the line of the finding's place, or undefined where the fix is not mechanical. */
export function suggestionFor(finding: Placed, document: SourceDocument | undefined): readonly string[] | undefined {
  if (document === undefined) return undefined
  if (finding.rule === 'server-https') return httpsLine(finding.place, document)
  return returnsSecret(finding) ? writeOnlyLines(finding.place, document) : undefined
}

function returnsSecret({ rule, security, sensitivity, direction }: Placed): boolean {
  const isSecret = sensitivity.includes('credential')
  return isSecret && direction === 'response' && (rule === 'response-secret' || security === 'exposure')
}

function httpsLine(place: Place, document: SourceDocument): readonly string[] | undefined {
  const line = lineOf(document, place.line)
  if (line === undefined || line.split('http://').length !== 2) return undefined
  return [line.replace('http://', 'https://')]
}

/** `passwordHash:` alone on its line with a block below it: `writeOnly: true` becomes the first line of that block. */
function writeOnlyLines(place: Place, document: SourceDocument): readonly string[] | undefined {
  if (document.format !== 'yaml') return undefined
  const line = lineOf(document, place.line)
  const next = lineOf(document, place.line + 1)
  const key = /^( *)(?:[\w-]+|"[\w-]+"|'[\w-]+'):$/.exec(line?.trimEnd() ?? '')
  const child = /^( +)(?:type|format|description|example|minLength|maxLength):(?: |$)/.exec(next ?? '')
  if (line === undefined || key === null || child === null) return undefined
  const [outer = '', inner = ''] = [key[1], child[1]]
  if (inner.length <= outer.length || holdsAccessKeyword(place, document)) return undefined
  return [line, `${inner}writeOnly: true`]
}

function holdsAccessKeyword(place: Place, document: SourceDocument): boolean {
  const last = Math.min(place.endLine ?? place.line, place.line + mostLines)
  const lines = linesOf(document).slice(place.line, last)
  return lines.some((line) => /^\s*(?:writeOnly|readOnly|\$ref):/.test(line))
}

function lineOf(document: SourceDocument, line: number): string | undefined {
  return linesOf(document)[line - 1]
}

/** A document is split once, however many findings ask. */
const splitDocuments = new WeakMap<SourceDocument, readonly string[]>()

function linesOf(document: SourceDocument): readonly string[] {
  const known = splitDocuments.get(document)
  if (known !== undefined) return known
  const lines = document.text.split(/\r\n|\n|\r/)
  splitDocuments.set(document, lines)
  return lines
}
