/** Who calls: the app by its signed JWT, or an installation by a token made from it. GitHub's checks and messages. */
import { createVerify, randomBytes, type KeyObject } from 'node:crypto'
import { badCredentials, forbidden, unprocessable } from './errors.ts'
import { covers } from './permissions.ts'
import { clock, fullName, reaches, type Installation, type Permissions, type Repository, type Token, type World } from './state.ts'

export type Caller = { readonly kind: 'app' } | { readonly kind: 'installation'; readonly token: Token }

const maximumJwtLifetimeSeconds = 600
const toleratedClockDriftSeconds = 60

/** Reads the `Authorization` header. Throws GitHub's 401 for anything it would not accept. */
export function identify(world: World, authorization: string | undefined): Caller | null {
  if (authorization === undefined) return null
  const [scheme = '', value = ''] = authorization.split(' ')
  if (!['bearer', 'token'].includes(scheme.toLowerCase())) throw badCredentials()
  if (value.split('.').length === 3) return verifyJwt(world, value)
  const token = world.tokens.get(value)
  if (token === undefined || token.revoked || token.expiresAt <= clock(world)) throw badCredentials()
  if (token.installation.suspendedAt !== null) throw forbidden('This installation has been suspended')
  return { kind: 'installation', token }
}

function verifyJwt(world: World, jwt: string): Caller {
  const [header = '', payload = '', signature = ''] = jwt.split('.')
  const claims = parsePart(payload)
  if (parsePart(header)['alg'] !== 'RS256' || !isSigned(world.app.publicKey, { text: `${header}.${payload}`, signature }))
    throw badCredentials('A JSON web token could not be decoded')
  const now = Math.floor(clock(world) / 1000)
  const { iss, iat, exp } = claims
  if (String(iss) !== String(world.app.id) && iss !== `Iv23li${world.app.slug}`)
    throw badCredentials("'Issuer' claim ('iss') must be an Integer")
  if (typeof exp !== 'number' || exp <= now)
    throw badCredentials(
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    )
  if (typeof iat !== 'number' || iat > now + toleratedClockDriftSeconds)
    throw badCredentials("'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued")
  if (exp - now > maximumJwtLifetimeSeconds + toleratedClockDriftSeconds)
    throw badCredentials("'Expiration time' claim ('exp') is too far in the future")
  return { kind: 'app' }
}

function isSigned(key: KeyObject | null, { text, signature }: { text: string; signature: string }): boolean {
  return key !== null && createVerify('RSA-SHA256').update(text).verify(key, signature, 'base64url')
}

function parsePart(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>
  } catch {
    throw badCredentials('A JSON web token could not be decoded')
  }
}

export interface TokenWish {
  readonly permissions?: Permissions
  readonly repositories?: readonly string[]
  readonly repository_ids?: readonly number[]
}

/** Makes an installation token. More than the installation was granted is refused, as GitHub refuses it. */
export function createToken(world: World, installation: Installation, wish: TokenWish = {}): Token {
  if (installation.suspendedAt !== null) throw forbidden('This installation has been suspended')
  const permissions = wish.permissions ?? installation.permissions
  if (!covers(installation.permissions, permissions)) throw unprocessable('The permissions requested are not granted to this installation.')
  const token: Token = {
    token: `ghs_${randomBytes(18).toString('base64url').replaceAll(/[-_]/g, 'x')}`,
    installation,
    permissions: { metadata: 'read', ...permissions },
    repositories: chosenRepositories(world, installation, wish),
    expiresAt: clock(world) + world.limits.tokenLifetimeMs,
    revoked: false,
  }
  world.tokens.set(token.token, token)
  return token
}

function chosenRepositories(
  world: World,
  installation: Installation,
  { repositories, repository_ids: ids }: TokenWish,
): Token['repositories'] {
  if (repositories === undefined && ids === undefined) return 'all'
  const reachable = world.repositories.filter((repository) => !repository.deleted && reaches(installation, repository))
  const named = (repositories ?? []).map((name) => reachable.find((repository) => repository.name.toLowerCase() === name.toLowerCase()))
  const chosen = [...named, ...(ids ?? []).map((id) => reachable.find((repository) => repository.id === id))]
  if (chosen.some((repository) => repository === undefined)) {
    throw unprocessable('There is at least one repository that does not exist or is not accessible to the parent installation.')
  }
  return new Set(chosen.flatMap((repository) => (repository === undefined ? [] : [repository.id])))
}

/** Does the token work on this repository (beyond what everybody may see of a public one)? */
export function tokenReaches(token: Token, repository: Repository): boolean {
  return reaches(token.installation, repository) && (token.repositories === 'all' || token.repositories.has(repository.id))
}

/** Repositories a token reaches. */
export function repositoriesOf(world: World, token: Token): Repository[] {
  return world.repositories
    .filter((repository) => !repository.deleted && tokenReaches(token, repository))
    .sort((left, right) => (fullName(left) < fullName(right) ? -1 : 1))
}
