/** Operations that must work for people who are not signed in, told by their words: signing in, health, discovery. Paths are read word by word. */
import { wordsOf } from './words.ts'

/** What the words are looked for in; the operation id where it is known. */
export interface NamedOperation {
  readonly method: string
  readonly path: string
  readonly operationId: string | null
}

/** Words of operations that people use before they are signed in, or that machines poll. */
const publicWords = new Set(
  (
    'login logon signin signup logout signout register registration authenticate authentication auth oauth oauth2 oidc openid saml sso token callback webhook hook ' +
    'health healthz healthcheck livez readyz liveness readiness ping version wellknown jwks introspect revoke authorize consent captcha csrf ' +
    'forgot recover recovery unsubscribe status'
  ).split(' '),
)

/** Pairs of words that mean the same: `sign-in`, `.well-known`, `reset-password`. */
const publicPairs = [
  'sign in',
  'sign up',
  'sign on',
  'sign out',
  'log in',
  'log out',
  'well known',
  'reset password',
  'password reset',
  'forgot password',
  'verify email',
  'confirm email',
  'health check',
  'openapi json',
  'openapi yaml',
  'swagger json',
  'swagger ui',
  'api doc',
  'csrf token',
  'robot txt',
]

/** True when the words of the path or the operation id say that it must work without being signed in. */
export function isPublicByNature(operation: NamedOperation): boolean {
  if (operation.method === 'POST' && /\/sessions?\/?$/i.test(operation.path)) return true
  return operation.path.split('/').some(isPublicSegment) || isPublicSegment(operation.operationId ?? '')
}

function isPublicSegment(segment: string): boolean {
  if (segment.startsWith('{')) return false
  const words = wordsOf(segment)
  const joined = words.join(' ')
  return (words.length <= 3 && words.some((word) => publicWords.has(word))) || publicPairs.some((pair) => joined.includes(pair))
}
