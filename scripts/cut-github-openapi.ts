/**
 * Cuts GitHub's own OpenAPI description down to the operations this project may call, for `test/github/github-openapi.json`.
 * Run by hand, never by CI, because the whole file is 13 MB:
 *
 *   cd "$(mktemp -d)" && npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-*.tgz
 *   node scripts/cut-github-openapi.ts <that folder>/package/generated/api.github.com.json
 *
 * With a version behind it, GitHub Enterprise Server's description is cut to what the sources really ask for, requests only:
 *
 *   node scripts/cut-github-openapi.ts <that folder>/package/generated/ghes-3.19.json 3.19
 *
 * The list below is also the list of what the app may ask of GitHub: an operation that is not on it is a violation in every test.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'

const target = new URL('../test/github/github-openapi.json', import.meta.url)
const source = '@octokit/openapi'

/** By tag, as GitHub's operation ids are built: `<tag>/<name>`. */
const operationsByTag: Record<string, string[]> = {
  apps: [
    'get-authenticated',
    'list-installations',
    'get-installation',
    'create-installation-access-token',
    'revoke-installation-access-token',
    'get-repo-installation',
    'get-org-installation',
    'get-user-installation',
    'list-repos-accessible-to-installation',
    'get-by-slug',
    'get-webhook-config-for-app',
    'list-webhook-deliveries',
    'get-webhook-delivery',
    'redeliver-webhook-delivery',
  ],
  'rate-limit': ['get'],
  meta: ['get'],
  users: ['get-by-username'],
  orgs: ['get', 'list-members', 'check-membership-for-user', 'get-membership-for-user'],
  teams: [
    'list',
    'get-by-name',
    'list-members-in-org',
    'get-membership-for-user-in-org',
    'list-child-in-org',
    'check-permissions-for-repo-in-org',
  ],
  repos: [
    'get',
    'list-branches',
    'get-branch',
    'get-branch-rules',
    'get-content',
    'get-commit',
    'list-commits',
    'compare-commits-with-basehead',
    'list-pull-requests-associated-with-commit',
    'list-collaborators',
    'check-collaborator',
    'get-collaborator-permission-level',
    'get-combined-status-for-ref',
  ],
  git: ['get-tree', 'get-blob', 'get-commit', 'get-ref', 'list-matching-refs'],
  pulls: [
    'list',
    'get',
    'list-files',
    'list-commits',
    'list-reviews',
    'get-review',
    'create-review',
    'update-review',
    'dismiss-review',
    'list-comments-for-review',
    'list-review-comments',
    'list-review-comments-for-repo',
    'create-review-comment',
    'create-reply-for-review-comment',
    'get-review-comment',
    'update-review-comment',
    'delete-review-comment',
    'list-requested-reviewers',
    'request-reviewers',
    'remove-requested-reviewers',
  ],
  issues: ['list-comments', 'create-comment', 'get-comment', 'update-comment', 'delete-comment', 'add-labels', 'remove-label'],
  reactions: ['create-for-issue-comment', 'create-for-pull-request-review-comment'],
  'code-scanning': ['upload-sarif'],
  checks: [
    'create',
    'get',
    'update',
    'list-annotations',
    'rerequest-run',
    'list-for-ref',
    'create-suite',
    'get-suite',
    'list-suites-for-ref',
    'list-for-suite',
    'rerequest-suite',
  ],
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonMap = { [key: string]: Json }

const methods = ['get', 'post', 'put', 'patch', 'delete']
/** Prose, examples and vendor notes: most of the size, nothing that is checked. */
const droppedKeys = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'tags',
  'discriminator',
  'title',
  'x-octokit',
])

function asMap(value: Json | undefined): JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** A copy without prose. Inside `properties` and the like a key is a name that somebody chose, so nothing is dropped there. */
function withoutProse(value: Json, keysAreNames = false): Json {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => keysAreNames || (!droppedKeys.has(key) && !isVendorNote(key)))
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutProse(child, !keysAreNames && key === 'properties')]))
}

function isVendorNote(key: string): boolean {
  return key.startsWith('x-') && key !== 'x-multi-segment' && key !== 'x-github'
}

/** Responses keep their status, media types and schema; the request body its schemas. */
function cutOperation(operation: JsonMap): JsonMap {
  const cut = asMap(withoutProse(operation))
  const github = asMap(cut['x-github'])
  cut['x-github'] = { enabledForGitHubApps: github['enabledForGitHubApps'] ?? true }
  return cut
}

function isWanted(operationId: Json | undefined): boolean {
  const [tag = '', name = ''] = typeof operationId === 'string' ? operationId.split('/') : []
  return operationsByTag[tag]?.includes(name) === true
}

/** `GET /repos/{}/{}`: every request that the sources name, whatever its parameters are called. */
function askedRoutes(): Set<string> {
  const root = new URL('../src/', import.meta.url)
  const texts = globSync('**/*.ts', { cwd: root }).map((file) => readFileSync(new URL(file, root), 'utf8'))
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/'((?:GET|POST|PATCH|PUT|DELETE) \/[^']+)'/g)].map(([, route = '']) => nameless(route))),
  )
}

function nameless(route: string): string {
  return route.replace(/\{[^}]*\}/g, '{}')
}

/** The requests that the sources make, without answers. */
function cutToRequests(paths: JsonMap): JsonMap {
  const asked = askedRoutes()
  const cut: JsonMap = {}
  for (const [path, item] of Object.entries(paths)) {
    const wanted = Object.entries(asMap(item)).filter(([method]) => asked.has(nameless(`${method.toUpperCase()} ${path}`)))
    const operations = wanted.map(([method, operation]): [string, Json] => [method, { ...cutOperation(asMap(operation)), responses: {} }])
    if (operations.length > 0) cut[path] = Object.fromEntries(operations)
  }
  return cut
}

function cutPaths(paths: JsonMap): JsonMap {
  const cut: JsonMap = {}
  for (const [path, item] of Object.entries(paths)) {
    const wanted = Object.entries(asMap(item)).filter(
      ([key, operation]) => methods.includes(key) && isWanted(asMap(operation)['operationId']),
    )
    if (wanted.length > 0) cut[path] = Object.fromEntries(wanted.map(([method, operation]) => [method, cutOperation(asMap(operation))]))
  }
  return cut
}

function* references(value: Json): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* references(item)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      if (key === '$ref' && typeof child === 'string') yield child
      else yield* references(child)
    }
  }
}

/** Every component that the kept operations reach, however deep. */
function cutComponents(paths: JsonMap, components: JsonMap): JsonMap {
  const cut: Record<string, JsonMap> = {}
  const waiting = [...references(paths)]
  for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
    const [, , kind = '', name = ''] = reference.split('/')
    const group = (cut[kind] ??= {})
    if (Object.hasOwn(group, name)) continue
    const component = withoutProse(asMap(components[kind])[name] ?? {})
    group[name] = component
    waiting.push(...references(component))
  }
  return Object.fromEntries(Object.entries(cut).map(([kind, group]) => [kind, sorted(group)]))
}

function sorted(map: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(map).sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** One operation or component a line: small, and a later cut reads well as a diff. */
function print(document: JsonMap): string {
  const lines = (map: JsonMap, indent: string, depth: number): string =>
    Object.entries(map)
      .map(
        ([key, value]) =>
          `${indent}${JSON.stringify(key)}: ${depth === 0 ? JSON.stringify(value) : `{\n${lines(asMap(value), `${indent} `, depth - 1)}\n${indent}}`}`,
      )
      .join(',\n')
  const { paths, components, ...head } = document
  return `{\n${lines(head, ' ', 0)},\n "paths": {\n${lines(asMap(paths), '  ', 1)}\n },\n "components": {\n${lines(asMap(components), '  ', 1)}\n }\n}\n`
}

function main(file: string | undefined): void {
  if (file === undefined)
    throw new Error(`Give the path of GitHub's whole description (npm pack ${source}); the header of this script says how.`)
  const whole = asMap(JSON.parse(readFileSync(file, 'utf8')) as Json)
  const paths = cutPaths(asMap(whole['paths']))
  const version = textOf(asMap(whole['info'])['version'])
  const document: JsonMap = {
    openapi: whole['openapi'] ?? '',
    info: { title: "A part of GitHub's REST API description", version, license: { name: 'MIT' } },
    'x-source': `${source} ${version}, generated/api.github.com.json, cut by scripts/cut-github-openapi.ts`,
    paths,
    components: cutComponents(paths, asMap(whole['components'])),
  }
  writeFileSync(target, print(document))
  const kept = Object.values(paths).flatMap((item) => Object.values(asMap(item)).map((operation) => asMap(operation)['operationId']))
  const wanted = Object.entries(operationsByTag).flatMap(([tag, names]) => names.map((name) => `${tag}/${name}`))
  const missing = wanted.filter((id) => !kept.includes(id))
  if (missing.length > 0) throw new Error(`Not in the description: ${missing.join(', ')}`)
  process.stdout.write(`${kept.length} operations of ${source} ${version} in ${target.pathname}\n`)
}

function enterprise(file: string, version: string): void {
  const whole = asMap(JSON.parse(readFileSync(file, 'utf8')) as Json)
  const paths = cutToRequests(asMap(whole['paths']))
  const document: JsonMap = {
    openapi: whole['openapi'] ?? '',
    info: { title: `What the app asks of GitHub Enterprise Server ${version}`, version, license: { name: 'MIT' } },
    'x-source': `${source}, generated/ghes-${version}.json, cut by scripts/cut-github-openapi.ts`,
    paths,
    components: cutComponents(paths, asMap(whole['components'])),
  }
  const kept = new URL(`../test/github/github-openapi-ghes-${version}.json`, import.meta.url)
  writeFileSync(kept, print(document))
  process.stdout.write(`${Object.keys(paths).length} paths in ${kept.pathname}\n`)
}

const [, , description, version] = process.argv
if (description !== undefined && version !== undefined) enterprise(description, version)
else main(description)
