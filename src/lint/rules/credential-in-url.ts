/** Credentials that clients have to put into the address. */
import { securitySchemes, parameters } from '../collections.ts'
import type { ParameterSubject, SchemeSubject } from '../collections.ts'
import type { Described } from '../described.ts'
import { defineRule } from '../rule.ts'
import type { Use } from '../rule.ts'
import { namedAll } from '../sentences.ts'
import { sensitiveName } from '../../sensitive/sensitivity.ts'
import type { SensitiveName } from '../../sensitive/sensitivity.ts'
import { isPublicByNature } from '../../sensitive/public-operations.ts'
import type { Operation } from '../../openapi/types.ts'
import { wordsOf } from '../../sensitive/words.ts'
import { childPointer } from '../../openapi/json-pointer.ts'
import { field } from '../../openapi/values.ts'

type Subject = { readonly scheme: SchemeSubject } | { readonly parameter: ParameterSubject }

export const credentialInUrl = defineRule({
  id: 'credential-in-url',
  title: 'A credential travels in the address.',
  why: 'Addresses end up in logs of servers and proxies, in browser history and in referrer headers; everybody who reads those has the credential.',
  fix: 'Send it in the `Authorization` header or another header, or in the request body.',
  severity: 'error',
  confidence: 'likely',
  category: 'API2:2023',
  cwe: 'CWE-598',
  since: '0.1',
  given: (described: Described): readonly Subject[] => [
    ...securitySchemes(described).map((scheme) => ({ scheme })),
    ...parameters(described).map((parameter) => ({ parameter })),
  ],
  reports: (subject) => ('scheme' in subject ? schemeInUrl(subject.scheme) : parameterInUrl(subject.parameter)),
})

function schemeInUrl({ scheme, value, uses }: SchemeSubject) {
  const where = field(value, 'in')
  if (scheme.type !== 'apiKey' || (where !== 'query' && where !== 'path')) return null
  return {
    at: { file: scheme.node.file, pointer: childPointer(scheme.node.pointer, 'in'), value: where },
    message: `Security scheme \`${scheme.name}\` takes its key from the ${where === 'query' ? 'query string' : 'path'}.`,
    confidence: 'certain',
    direction: 'request',
    sensitivity: ['credential'],
    uses,
    identity: { by: 'place', name: scheme.name, content: value },
  } as const
}

/** Last words of parameters that are a credential in every trade; `token` alone may be one-time and is left to the milder case. */
const certainWords =
  /(?:password|passwd|pwd|passphrase|secret|api key|access token|refresh token|id token|session token|auth token|bearer token|private key|access key|session id|sessionid|jwt|client secret)$/

function parameterInUrl({ parameter, operations, effective, uses }: ParameterSubject) {
  const place = places.get(parameter.in)
  if (place === undefined || effective.types.includes('boolean') || (parameter.in === 'path' && operations.every(isByLink))) return null
  const name = sensitiveName(parameter.name, effective.keywords)
  if (parameter.in === 'query' && isBareToken(parameter.name) && operations.some(isOrdinary))
    return bareToken({ parameter, effective, operations, uses })
  if (!(parameter.in === 'query' && isSession(parameter.name)) && !isCredential(parameter.name, name)) return null
  return {
    at: parameter.node,
    message: (named: readonly Use[]) => `${place} parameter \`${parameter.name}\` of ${namedAll(named)} looks like a credential.`,
    direction: 'request',
    sensitivity: [name?.sensitivity ?? 'token'],
    uses,
    identity: { by: 'uses' },
  } as const
}

/** `token` alone: of a link in an e-mail, or of the caller. Outside such links and signing in it is the caller’s more often than not. */
function isBareToken(name: string): boolean {
  return /^(?:token|auth|authorization|jwt|bearer|api[-_]?token|user[-_]?token)$/i.test(name)
}

function isOrdinary(operation: Operation): boolean {
  return operation.method === 'GET' && !isByLink(operation) && !isPublicByNature(operation)
}

function bareToken({ parameter, uses }: ParameterSubject) {
  const ordinary = uses().filter(({ operation }) => isOrdinary(operation))
  return {
    at: parameter.node,
    message: (named: readonly Use[]) => `Query parameter \`${parameter.name}\` of ${namedAll(named)} may be the caller’s credential.`,
    severity: 'warning',
    direction: 'request',
    sensitivity: ['token'],
    uses: () => ordinary,
    identity: { by: 'uses' },
  } as const
}

const places: ReadonlyMap<string, string> = new Map([
  ['query', 'Query'],
  ['path', 'Path'],
])

/** Links that arrive by e-mail carry a token in their path by design; it works once. */
function isByLink({ path }: Operation): boolean {
  return /verif|confirm|reset|invit|activat|unsubscrib|magic|share|callback/i.test(path)
}

function isCredential(name: string, sensitive: SensitiveName | null): boolean {
  return (sensitive?.sensitivity === 'credential' || sensitive?.sensitivity === 'token') && certainWords.test(wordsOf(name).join(' '))
}

/** The session cookie's names of PHP, Java and ASP, written into the address. */
function isSession(name: string): boolean {
  return /^(?:phpsessid|jsessionid|aspsessionid|session_?id)$/i.test(name)
}
