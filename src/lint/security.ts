/** Facts about how operations are protected, and which of them stand apart: administration, sign-in, health. Words of paths are matched whole. */
import type { Operation, SecurityScheme } from '../openapi/types.ts'
import { wordsOf } from '../sensitive/words.ts'

/** Methods that only read (RFC 9110, safe methods). */
const reads = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY'])

/** True when the method changes something. */
export function isWrite(operation: Operation): boolean {
  return !reads.has(operation.method)
}

/** True when some way in needs no credential: no requirement, an empty list, or an empty alternative. */
export function isOpen(operation: Operation): boolean {
  return operation.security.length === 0 || operation.security.some((alternative) => alternative.length === 0)
}

/** True when the operation itself says `security: []` or offers an empty alternative: somebody decided that it is public. */
export function isOpenOnPurpose(operation: Operation): boolean {
  return isOpen(operation) && operation.securityAt !== null
}

/** Schemes that the operation accepts, each once. */
export function schemesOf(operation: Operation): readonly SecurityScheme[] {
  const schemes = operation.security.flatMap((alternative) =>
    alternative.flatMap((demand) => (demand.scheme === null ? [] : [demand.scheme])),
  )
  return [...new Map(schemes.map((scheme) => [scheme.node.value, scheme])).values()]
}

/** Segments behind which administration stands. */
const adminSegments = new Set([
  'admin',
  'administrator',
  'administration',
  'superuser',
  'superadmin',
  'sudo',
  'backoffice',
  'actuator',
  'internal',
  'debug',
  'management',
  'console',
])

/** True when a segment of the path is a word of administration: `/admin/users`, `/_debug`; not `/administrators-guide`. */
export function isAdministrative(path: string): boolean {
  return hasSegment(path, adminSegments)
}

/** Segments behind which a server shows or changes itself: its environment, memory, logs and whole data. */
const operationalSegments = new Set(
  (
    'env dump heapdump threaddump backup backups logs logging logfile sysinfo serverinfo server-info server-status phpinfo phpmyadmin jolokia h2-console ' +
    'createdb dropdb resetdb initdb seed-db db-reset reset-db reset-database flush-cache meta-data'
  ).split(' '),
)

/** True when the path leads to the inside of the server rather than to what it is for: `/env`, `/heapdump`; not the log of one `/jobs/{id}/logs`. */
export function isOperational(path: string): boolean {
  return hasSegment(path.split('{')[0] ?? path, operationalSegments)
}

/** True for administration by path, or by a tag: `tags: [admin]`. */
export function isForAdministrators({ path, tags }: Pick<Operation, 'path' | 'tags'>): boolean {
  return isAdministrative(path) || tags.some((tag) => adminTags.has(wordsOf(tag).join(' ')))
}

const adminTags = new Set(['admin', 'administration', 'administrator', 'admin only', 'superuser', 'backoffice', 'internal', 'debug'])

function hasSegment(path: string, known: ReadonlySet<string>): boolean {
  return path
    .toLowerCase()
    .split('/')
    .some((segment) => !segment.startsWith('{') && known.has(segment.replace(/^[_.-]+|[_.-]+$/g, '')))
}

/** True when a glob of the policy covers the path: `*` is one segment, `**` any number. */
export function isCoveredBy(globs: readonly string[], path: string): boolean {
  const segments = path.split('/')
  return globs.some((glob) => coversFrom(glob.split('/'), segments))
}

function coversFrom(pattern: readonly string[], segments: readonly string[]): boolean {
  let reachable = new Set([0])
  for (const part of pattern) {
    const next = new Set<number>()
    for (const at of reachable) {
      if (part === '**') for (let end = at; end <= segments.length; end += 1) next.add(end)
      else if (at < segments.length && segmentMatches(part, segments[at] ?? '')) next.add(at + 1)
    }
    reachable = next
  }
  return reachable.has(segments.length)
}

/** One segment against one part of a glob; `*` inside a part stands for any letters. Linear: greedy from both ends. */
function segmentMatches(part: string, segment: string): boolean {
  const pieces = part.split('*')
  if (pieces.length === 1) return part === segment
  const [first = ''] = pieces
  const last = pieces.at(-1) ?? ''
  if (!segment.startsWith(first) || !segment.endsWith(last) || segment.length < first.length + last.length) return false
  let at = first.length
  for (const piece of pieces.slice(1, -1)) {
    const found = segment.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return at <= segment.length - last.length
}
