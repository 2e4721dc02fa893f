/** What the judge catches: the mistakes that calls to GitHub's API really have. */
import { expect, test } from 'vitest'
import { needs } from './stand-in/permissions.ts'
import { routes } from './stand-in/routes.ts'
import { loadDescription, validatingFetch, type Violation } from './validate.ts'

const description = loadDescription()

function problems(method: string, target: string, body?: unknown): string[] {
  const url = new URL(target, 'https://api.github.com')
  return description
    .checkRequest({ method, path: url.pathname, query: url.searchParams, body })
    .violations.map(({ where, message }) => `${where}: ${message}`)
}

const run = { name: 'API review', head_sha: '1'.repeat(40) }
const output = { title: 't', summary: 's' }
const annotation = { path: 'a.yaml', start_line: 1, end_line: 1, annotation_level: 'failure', message: 'm' }
const checkRuns = '/repos/acme/shop/check-runs'

test.each([
  ['GET', '/repos/acme/shop/contents/specs/a/openapi.yaml?ref=main', undefined],
  ['GET', '/repos/acme/shop/contents/', undefined],
  ['GET', '/repos/acme/shop/contents', undefined],
  ['GET', '/repos/acme/shop/compare/main...ana:topic%2Fone', undefined],
  ['GET', '/repos/acme/shop/branches/topic%2Fone', undefined],
  ['GET', '/repos/acme/shop/pulls/7/files?per_page=100&page=2', undefined],
  ['POST', checkRuns, { ...run, status: 'completed', conclusion: 'success', output: { ...output, annotations: [annotation] } }],
  ['POST', '/app/installations/5/access_tokens', undefined],
  ['POST', '/app/installations/5/access_tokens', { repository_ids: [1], permissions: { checks: 'write' } }],
])('%s %s passes', (method, target, body) => {
  expect(problems(method, target, body)).toEqual([])
})

test.each([
  ['an operation that does not exist', 'GET', '/repos/acme/shop/pull/1/files', undefined, /^operation: /],
  ['an operation outside the committed part', 'GET', '/user/orgs', undefined, /^operation: /],
  ['a path parameter of the wrong type', 'GET', '/repos/acme/shop/pulls/one', undefined, /^path: `pull_number` \(one\): must be integer/],
  ['an unknown query name', 'GET', '/repos/acme/shop/pulls/1/files?perPage=3', undefined, /^query: `perPage` is not a query parameter/],
  ['a page larger than GitHub gives', 'GET', '/repos/acme/shop/pulls/1/files?per_page=200', undefined, /^query: `per_page` is 200/],
  [
    'a query value outside its list',
    'GET',
    '/repos/acme/shop/pulls?state=draft',
    undefined,
    /^query: `state` \(draft\): must be equal to one of/,
  ],
  ['a missing body', 'POST', checkRuns, undefined, /^body: is missing/],
  ['an unknown body key', 'POST', checkRuns, { ...run, headSha: 'x' }, /^body: must NOT have additional properties \("headSha"\)/],
  ['a missing body key', 'POST', checkRuns, { name: 'x' }, /^body: must have required property 'head_sha'/],
  [
    '51 annotations',
    'POST',
    checkRuns,
    { ...run, output: { ...output, annotations: Array(51).fill(annotation) } },
    /must NOT have more than 50 items/,
  ],
  [
    'a summary of 65,536 characters',
    'POST',
    checkRuns,
    { ...run, output: { title: 't', summary: 'x'.repeat(65_536) } },
    /summary must NOT have more than 65535/,
  ],
  [
    'a fourth button',
    'POST',
    checkRuns,
    { ...run, actions: Array(4).fill({ label: 'l', description: 'd', identifier: 'i' }) },
    /actions must NOT have more than 3/,
  ],
  [
    'a label of 21 characters',
    'POST',
    checkRuns,
    { ...run, actions: [{ label: 'x'.repeat(21), description: 'd', identifier: 'i' }] },
    /label must NOT have more than 20/,
  ],
  [
    'a level that annotations do not have',
    'POST',
    checkRuns,
    { ...run, output: { ...output, annotations: [{ ...annotation, annotation_level: 'error' }] } },
    /annotation_level must be equal/,
  ],
  [
    'a subject type inside a review',
    'POST',
    '/repos/acme/shop/pulls/1/reviews',
    { comments: [{ path: 'a', body: 'b', subject_type: 'file' }] },
    /additional properties \("subject_type"\)/,
  ],
  ['a review state for an event', 'POST', '/repos/acme/shop/pulls/1/reviews', { event: 'APPROVED' }, /event must be equal/],
  ['a body where none belongs', 'PUT', '/repos/acme/shop/pulls/1/files', {}, /^operation: /],
  [
    'a permission nobody has',
    'POST',
    '/app/installations/5/access_tokens',
    { permissions: { check: 'write' } },
    /additional properties \("check"\)/,
  ],
])('catches %s', (_, method, target, body, expected) => {
  const found = problems(method, target, body)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(expected)
})

test('an answer is judged by its status and its schema', () => {
  const judge = (status: number, body: unknown): string[] =>
    description
      .checkResponse('pulls/list-requested-reviewers', { status, mediaType: 'application/json', body })
      .map(({ message }) => message)
  expect(judge(200, { users: [], teams: [] })).toEqual([])
  expect(judge(200, { users: [] })).toEqual(["200 must have required property 'teams'"])
  expect(judge(201, {})).toEqual(['status 201 is not documented'])
  expect(judge(502, { anything: true })).toEqual([])
})

test('the fetch that judges reports both directions and passes the answer on', async () => {
  const seen: Violation[] = []
  const inner: typeof fetch = () => Promise.resolve(Response.json({ users: [] }))
  const judging = validatingFetch(description, {
    base: 'http://127.0.0.1:1/api/v3',
    onViolation: (violations) => seen.push(...violations),
    inner,
  })
  const answer = await judging('http://127.0.0.1:1/api/v3/repos/acme/shop/pulls/1/requested_reviewers?colour=red')
  expect(await answer.json()).toEqual({ users: [] })
  expect(seen.map(({ where }) => where)).toEqual(['query', 'response'])
})

test('every operation of the committed part has a resource and a permission in the stand-in, and no other', () => {
  expect(Object.keys(routes).sort()).toEqual(description.operationIds)
  expect(Object.keys(needs).sort()).toEqual(description.operationIds)
})
