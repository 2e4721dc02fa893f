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
  if (withoutTls.has(finding.rule)) return replacedOnce(finding.place, document, ['http://', 'https://'])
  if (finding.rule === 'credential-in-url') return headerLine(finding.place, document)
  if (setByClients.has(finding.rule)) return accessLines(finding.place, document, 'readOnly')
  return returnsSecret(finding) ? accessLines(finding.place, document, 'writeOnly') : undefined
}

/** Rules whose finding stands at an address that begins with `http:`. */
const withoutTls = new Set(['server-https', 'oauth-url-https', 'discovery-insecure'])
/** Rules about properties that clients may set and should not. */
const setByClients = new Set(['mass-assignment', 'request-read-only-lifted'])

function returnsSecret({ rule, security, sensitivity, direction }: Placed): boolean {
  const isSecret = sensitivity.includes('credential')
  return isSecret && direction === 'response' && (rule === 'response-secret' || security === 'exposure')
}

function replacedOnce(place: Place, document: SourceDocument, [from, to]: readonly [string, string]): readonly string[] | undefined {
  const line = lineOf(document, place.line)
  if (line === undefined || line.split(from).length !== 2) return undefined
  return [line.replace(from, to)]
}

/** `in: query` of a security scheme alone on its line; a parameter's name would have to change as well. */
function headerLine(place: Place, document: SourceDocument): readonly string[] | undefined {
  const line = lineOf(document, place.line) ?? ''
  const isAlone = /^\s*["']?in["']?: *["']?(?:query|path)["']?,?\s*$/.test(line)
  return isAlone && place.pointer.includes('/securitySchemes/') ? [line.replace(/query|path/, 'header')] : undefined
}

type Access = 'readOnly' | 'writeOnly'

/** The property's block with `writeOnly: true` as its first line, or its braces with that as their last member. */
function accessLines(place: Place, document: SourceDocument, access: Access): readonly string[] | undefined {
  if (document.format !== 'yaml' || holdsAccessKeyword(place, document)) return undefined
  const line = lineOf(document, place.line) ?? ''
  return inBraces(line, access) ?? inBlock(line, lineOf(document, place.line + 1) ?? '', access)
}

/** `role: { type: string }` alone on its line, without braces or quotes within. */
function inBraces(line: string, access: Access): readonly string[] | undefined {
  const braces = /^( *[\w-]+: \{ ?)([^{}"'#]*[^{}"'#, ])( ?\})\s*$/.exec(line)
  const [, before = '', within = '', after = ''] = braces ?? []
  return braces === null || /\b(?:readOnly|writeOnly|\$ref)\b/.test(within) ? undefined : [`${before}${within}, ${access}: true${after}`]
}

/** `passwordHash:` alone on its line with a block below it. */
function inBlock(line: string, next: string, access: Access): readonly string[] | undefined {
  const key = /^( *)(?:[\w-]+|"[\w-]+"|'[\w-]+'):$/.exec(line.trimEnd())
  const child = /^( +)(?:type|format|description|example|enum|minLength|maxLength):(?: |$)/.exec(next)
  if (key === null || child === null) return undefined
  const [outer = '', inner = ''] = [key[1], child[1]]
  return inner.length <= outer.length ? undefined : [line, `${inner}${access}: true`]
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
