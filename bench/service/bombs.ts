/** Descriptions made to cost a reader as much as possible, each as a pair that a pull request would bring. Made here, not stored. */
import type { PullRequestSnapshot } from '../../src/model/snapshot.ts'
import { reviewJson } from '../review-snapshot.ts'

/** Blobs are known by repository and id, and every bomb has the same path: so each has a repository of its own. */
let repositories = 666

const count = (length: number): number[] => Array.from({ length }, (_, index) => index)

const head = 'openapi: 3.1.0\ninfo: { title: t, version: "1" }\n'
const json = (parts: Record<string, unknown>): string => JSON.stringify({ openapi: '3.1.0', info: { title: 't', version: '1' }, ...parts })
const answer = (schema: unknown): unknown => ({ responses: { 200: { description: 'd', content: { 'application/json': { schema } } } } })
const used = (schemas: Record<string, unknown>, root = 'S0'): string =>
  json({ paths: { '/a': { get: answer({ $ref: `#/components/schemas/${root}` }) } }, components: { schemas } })

/** Name → text; the pair is the text and the same with one change at its end. */
const texts: Readonly<Record<string, () => string>> = {
  'alias bomb (billion laughs)': () =>
    `${head}x-0: &a0 [lol, lol]\n${count(40)
      .map((level) => `x-${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]`)
      .join('\n')}\npaths: {}\n`,
  'quadratic blow-up (one long alias, often)': () =>
    `${head}x-long: &long "${'x'.repeat(100_000)}"\nx-many: [${Array(50_000).fill('*long').join(', ')}]\npaths: {}\n`,
  'nesting, 100,000 deep': () => `${head}x-deep: ${'['.repeat(100_000)}${']'.repeat(100_000)}\npaths: {}\n`,
  '100,000 paths': () =>
    json({ paths: Object.fromEntries(count(100_000).map((index) => [`/p${index}/{id}`, { get: answer({ type: 'string' }) }])) }),
  'allOf ladder, 2^40 ways': () =>
    used(
      Object.fromEntries(
        count(40).map((level) => [
          `S${level}`,
          level === 39
            ? { type: 'object', properties: { end: { type: 'string' } } }
            : { allOf: [{ $ref: `#/components/schemas/S${level + 1}` }, { $ref: `#/components/schemas/S${level + 1}` }] },
        ]),
      ),
    ),
  'oneOf ladder, 3^30 ways': () =>
    used(
      Object.fromEntries(
        count(30).map((level) => [
          `S${level}`,
          level === 29 ? { type: 'string' } : { oneOf: count(3).map(() => ({ $ref: `#/components/schemas/S${level + 1}` })) },
        ]),
      ),
    ),
  'cyclic references, 400 schemas all to all': () =>
    used(
      Object.fromEntries(
        count(400).map((index) => [
          `S${index}`,
          {
            type: 'object',
            properties: Object.fromEntries(count(400).map((other) => [`p${other}`, { $ref: `#/components/schemas/S${other}` }])),
          },
        ]),
      ),
    ),
  'regular expressions that backtrack': () =>
    used({
      S0: {
        type: 'object',
        properties: Object.fromEntries(
          count(200).map((index) => [
            `p${index}`,
            { type: 'string', pattern: '^(([a-z])+.)+[A-Z]([a-z])+$|(a*)*b', default: 'a'.repeat(5000), example: 'a'.repeat(5000) },
          ]),
        ),
      },
    }),
  'enum of 200,000 values': () => used({ S0: { type: 'string', enum: count(200_000).map((index) => `v${index}`) } }),
  '10 MB in one description text': () => json({ paths: {}, 'x-text': 'a b '.repeat(2_500_000) }),
}

const globStars = `version: 1
rules:
  - name: stars
    when: { class: breaking, path: "${'/**/*a*'.repeat(30)}" }
    require: { approvals: { from: "@acme/owners" } }
`

/** Every bomb as a snapshot. The head differs from the base by one path, so that nothing is settled by equality. */
export function bombs(): Readonly<Record<string, () => PullRequestSnapshot>> {
  const pair = (text: string): PullRequestSnapshot => {
    const changed = text.startsWith('{')
      ? text
          .replace('"version":"1"', '"version":"2"')
          .replace('"paths":{', '"paths":{"/new":{"get":{"responses":{}}},')
          .replace('},}', '}}')
      : text.replace('paths: {}', 'paths: { /new: { get: { responses: {} } } }')
    return {
      ...reviewJson({ 'openapi.yaml': text }, { 'openapi.yaml': changed }),
      repository: { ...reviewJson({}, {}).repository, owner: 'hostile', id: (repositories += 1) },
    }
  }
  const own = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, () => pair(text())]))
  return {
    ...own,
    'glob stars in the policy': () => {
      const snapshot = pair(json({ paths: { [`/${'a'.repeat(2000)}`]: { get: answer({ type: 'string' }) } } }))
      return {
        ...snapshot,
        policy: { ...snapshot.policy, repository: { path: '.github/specgate.yml', text: globStars, from: 'acme/shop@aaaaaaa' } },
      }
    },
  }
}
