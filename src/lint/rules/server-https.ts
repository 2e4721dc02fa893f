/** Servers that are reached without TLS, also by way of a variable. */
import { addressOf, isLoopback } from '../addresses.ts'
import { servers } from '../collections.ts'
import { defineRule } from '../rule.ts'
import type { Server } from '../../openapi/types.ts'
import { field, textField, textsField } from '../../openapi/values.ts'

export const serverHttps = defineRule({
  id: 'server-https',
  title: 'A server is reached without https.',
  why: 'Everything sent there, credentials included, can be read and changed on the way.',
  fix: 'Use `https:` (or `wss:`) addresses only; leave http to a redirect that is not part of the description.',
  severity: 'error',
  confidence: 'certain',
  category: 'API8:2023',
  cwe: 'CWE-319',
  since: '0.1',
  given: servers,
  reports: ({ server, uses }) => {
    const plain = expanded(server).find(isPlain)
    if (plain === undefined) return null
    const variable = plain === server.url ? '' : ', by one of the values of its variables'
    return {
      at: server.node,
      message: `Server \`${server.url}\` is reached without https${variable}.`,
      severity: isPlaceholder(plain) ? 'warning' : 'error',
      uses,
      identity: { by: 'place', name: server.url, content: server.url },
    }
  },
})

function isPlain(url: string): boolean {
  const { scheme, host } = addressOf(url)
  return (scheme === 'http' || scheme === 'ws') && !isLoopback(host)
}

/** A host that everybody fills in for themselves, or one that nobody can have (RFC 2606, RFC 6761). */
function isPlaceholder(url: string): boolean {
  const { host } = addressOf(url)
  return host === null || /^\{[^{}]*\}(?::.*)?$/.test(host) || /(?:^|\.)(?:example|test|invalid)(?:\.(?:com|org|net))?$/.test(host)
}

/** The address, and with each value of the variable that stands where the scheme belongs. */
function expanded(server: Server): readonly string[] {
  const variable = /^\{([^{}/]{1,100})\}/.exec(server.url)
  if (variable === null) return [server.url]
  const written = field(server.variables, variable[1] ?? '')
  const values = [textField(written, 'default'), ...textsField(written, 'enum')]
  return values.flatMap((value) => (value === null ? [] : [value + server.url.slice(variable[0].length)]))
}
