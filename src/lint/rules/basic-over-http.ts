/** HTTP authentication that sends or exposes a password: fatal without TLS, dated with it. */
import { isPlainHttp } from '../addresses.ts'
import { securitySchemes, servers } from '../collections.ts'
import type { SchemeSubject } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { field } from '../../openapi/values.ts'

/** Schemes that nothing new should use. Sources: RFC 7616 (digest with MD5), RFC 4559 (negotiate), RFC 7486 (hoba, experimental), RFC 5849 (oauth 1.0). */
const dated = new Set(['digest', 'negotiate', 'oauth', 'hoba', 'ntlm'])

export const basicOverHttp = defineRule({
  id: 'basic-over-http',
  title: 'A password is sent with every request.',
  why: 'HTTP Basic repeats the password in every request, readable by whoever sees one of them; without https that is everybody on the way.',
  fix: 'Serve the API over https only, and prefer tokens that expire (OAuth 2.0) over passwords.',
  severity: 'error',
  confidence: 'certain',
  category: 'API2:2023',
  cwe: 'CWE-319',
  since: '0.1',
  given: securitySchemes,
  reports: (subject, described) => {
    const scheme = httpScheme(subject)
    if (scheme !== 'basic' && !dated.has(scheme)) return null
    const plain = servers(described).some(({ server }) => isPlainHttp(server.url))
    const basic = scheme === 'basic'
    return {
      at: subject.scheme.node,
      message: basic
        ? `Security scheme \`${subject.scheme.name}\` is HTTP Basic${plain ? ', and a server is reached without https' : ''}.`
        : `Security scheme \`${subject.scheme.name}\` uses the dated HTTP scheme \`${scheme}\`.`,
      severity: basic ? (plain ? 'error' : 'notice') : 'warning',
      sensitivity: ['credential'],
      uses: subject.uses,
      identity: { by: 'place', name: `${subject.scheme.name} ${plain ? 'plain' : ''}`, content: subject.value },
    }
  },
})

/** The HTTP authentication scheme in lower case; '' for other kinds. Swagger 2.0 writes `type: basic`. */
function httpScheme({ scheme, value }: SchemeSubject): string {
  if (scheme.type === 'basic') return 'basic'
  const name = field(value, 'scheme')
  return scheme.type === 'http' && typeof name === 'string' ? name.toLowerCase() : ''
}
