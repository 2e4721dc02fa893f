/** Addresses from clients that the server may call. */
import { requestSchemas } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { namedAll } from '../sentences.ts'
import { isReference } from '../bounds.ts'
import { tokensOf } from '../../openapi/json-pointer.ts'
import { wordsOf } from '../../sensitive/words.ts'
import type { SchemaNode } from '../../openapi/types.ts'

export const ssrfUrlInput = defineRule({
  id: 'ssrf-url-input',
  title: 'A client gives an address that the server may call.',
  why: 'A server that fetches any address reaches the cloud’s metadata service and everything else behind the firewall.',
  fix: 'Restrict hosts by `pattern` or `enum`, and refuse private networks in the code.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API7:2023',
  cwe: 'CWE-918',
  since: '0.1',
  given: requestSchemas,
  reports: ({ visit, effective: { keywords, types }, uses }, { settings }) => {
    if (!types.includes('string') || isReference(visit.node.value) || restricting.some((keyword) => keyword in keywords)) return null
    const names = namesOf(visit.node, uses())
    const formatted = keywords['format'] === 'uri' || keywords['format'] === 'url'
    const reached = uses().filter(({ trail }) => !/redirect[_-]?ur[il]/i.test(trail))
    if (reached.length === 0 || !names.some(isFetched) || (!formatted && !settings.thorough && !isPlain(names, keywords))) return null
    return {
      at: visit.node,
      message: (named) => `An address in requests to ${namedAll(named)} may be one that the server calls.`,
      severity: settings.comparing ? 'warning' : 'notice',
      direction: 'request',
      uses: () => reached,
    }
  },
})

/** Keywords that bound the host, or say that clients do not send it. */
const restricting = ['pattern', 'enum', 'const', 'readOnly']

/** Names of addresses that servers call, rather than show. */
const fetched = new Set([
  'webhook',
  'callback',
  'hook',
  'notification',
  'notify',
  'image',
  'avatar',
  'file',
  'source',
  'import',
  'download',
  'feed',
  'target',
  'endpoint',
  'remote',
  'fetch',
  'upload',
  'media',
  'document',
  'proxy',
])

function isFetched(name: string): boolean {
  const words = wordsOf(name)
  const last = words.at(-1) ?? ''
  if (last !== 'url' && last !== 'uri') return ['webhook', 'callback', 'api', 'endpoint', 'host'].includes(last)
  return words.length === 1 || words.some((word) => fetched.has(word))
}

/** Names that leave no doubt, also where no format says that it is an address; others where an example is one. */
function isPlain(names: readonly string[], keywords: Readonly<Record<string, unknown>>): boolean {
  return (
    names.some((name) => plain.test(wordsOf(name).join(' '))) ||
    (isAddress(keywords['example'] ?? keywords['default']) && names.some(isSpelledOut))
  )
}

const plain =
  /^(?:(?:image|avatar|picture|photo|file|import|download|feed|remote|fetch|proxy|webhook|callback|hook|document|media) ur[li]|ur[li] to fetch)$/

function isSpelledOut(name: string): boolean {
  return wordsOf(name).length > 1
}

/** A made-up value that is an address shows what is sent. */
function isAddress(example: unknown): boolean {
  return typeof example === 'string' && /^https?:\/\//i.test(example)
}

/** The property's own name, and those of parameters it is the schema of. */
function namesOf(node: SchemaNode, uses: readonly { readonly trail: string }[]): readonly string[] {
  const tokens = tokensOf(node.pointer)
  const own = tokens.at(-2) === 'properties' ? (tokens.at(-1) ?? '') : ''
  return own === '' ? uses.map(({ trail }) => /^(?:query|path|header) ([^.[]*)$/.exec(trail)?.[1] ?? '') : [own]
}
