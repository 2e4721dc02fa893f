/** Check runs with GitHub's limits and habits. */
import { expect, test } from 'vitest'
import type { Octokit } from '@octokit/rest'
import type { RepositoryHandle } from './stand-in/handles.ts'
import { clientOf, lines, refusalOf, startGitHub } from './support.ts'
import type { GitHubStandIn } from './stand-in/stand-in.ts'

const here = { owner: 'acme', repo: 'shop' }
const output = { title: 'title', summary: 'summary' }
const annotation = { path: 'a.txt', start_line: 1, end_line: 1, annotation_level: 'warning' as const, message: 'm' }

async function start(): Promise<{ github: GitHubStandIn; shop: RepositoryHandle; checks: Octokit['rest']['checks'] }> {
  const github = await startGitHub()
  github.user('mia')
  const shop = await github.createRepository('acme', 'shop', { 'a.txt': lines(20) })
  return { github, shop, checks: clientOf(github, 'acme').rest.checks }
}

test('a run begins in progress, is completed by its conclusion, and gathers annotations', async () => {
  const { github, shop, checks } = await start()
  const { data: begun } = await checks.create({
    ...here,
    name: 'API review',
    head_sha: shop.head(),
    status: 'in_progress',
    external_id: 'pr:1',
  })
  expect(begun).toMatchObject({
    status: 'in_progress',
    conclusion: null,
    completed_at: null,
    external_id: 'pr:1',
    app: { slug: 'specgate' },
  })
  const at = { ...here, check_run_id: begun.id }
  await checks.update({ ...at, output: { ...output, annotations: Array.from({ length: 50 }, () => annotation) } })
  const { data: done } = await checks.update({
    ...at,
    conclusion: 'failure',
    output: { ...output, summary: 'two', annotations: [{ ...annotation, start_column: 2, end_column: 4, raw_details: 'raw' }] },
  })
  expect(done).toMatchObject({ status: 'completed', conclusion: 'failure', output: { annotations_count: 51, summary: 'two' } })
  const { data: listed } = await checks.listAnnotations({ ...at, per_page: 100 })
  expect(listed).toHaveLength(51)
  expect(listed[50]).toMatchObject({ start_column: 2, raw_details: 'raw' })
  expect(github.deliveries('check_run').map(({ action }) => action)).toEqual(['created', 'completed'])
  expect(github.deliveries('check_suite').map(({ action }) => action)).toEqual(['completed'])
})

const long = 'x'.repeat(65_537)
test.each([
  ['completed without a conclusion', { status: 'completed' as const }],
  ['51 annotations at once', { output: { ...output, annotations: Array.from({ length: 51 }, () => annotation) } }],
  ['a summary over 65,535 characters', { output: { ...output, summary: 'x'.repeat(65_536) } }],
  ['a text over 65,535 characters', { output: { ...output, text: 'x'.repeat(65_536) } }],
  ['a message over 64 KB', { output: { ...output, annotations: [{ ...annotation, message: long }] } }],
  ['raw details over 64 KB', { output: { ...output, annotations: [{ ...annotation, raw_details: long }] } }],
  ['an annotation title over 255 characters', { output: { ...output, annotations: [{ ...annotation, title: 'x'.repeat(256) }] } }],
  ['an annotation that ends before it starts', { output: { ...output, annotations: [{ ...annotation, start_line: 3, end_line: 2 }] } }],
  ['an annotation on line 0', { output: { ...output, annotations: [{ ...annotation, start_line: 0 }] } }],
  ['columns over several lines', { output: { ...output, annotations: [{ ...annotation, end_line: 2, start_column: 1, end_column: 2 }] } }],
  ['an output without a title', { output: { summary: 's' } as never }],
  ['four buttons', { actions: Array.from({ length: 4 }, () => ({ label: 'l', description: 'd', identifier: 'i' })) }],
  ['a label over 20 characters', { actions: [{ label: 'x'.repeat(21), description: 'd', identifier: 'i' }] }],
  ['a description over 40 characters', { actions: [{ label: 'l', description: 'x'.repeat(41), identifier: 'i' }] }],
  ['an identifier over 20 characters', { actions: [{ label: 'l', description: 'd', identifier: 'x'.repeat(21) }] }],
  ['the conclusion only GitHub gives', { conclusion: 'stale' as never }],
  ['a commit that is not there', { head_sha: '1'.repeat(40) }],
  ['a shortened commit', { head_sha: 'abc1234' }],
])('a run is refused with %s, and nothing of it is kept', async (_, wrong) => {
  const { github, shop, checks } = await start()
  expect((await refusalOf(checks.create({ ...here, name: 'x', head_sha: shop.head(), ...wrong }))).status).toBe(422)
  expect(github.world.checkRuns).toEqual([])
})

test('the list of a ref gives the newest run of each name, and filters', async () => {
  const { shop, checks } = await start()
  const run = { ...here, head_sha: shop.head() }
  await checks.create({ ...run, name: 'API review', conclusion: 'failure' })
  const { data: second } = await checks.create({ ...run, name: 'API review', conclusion: 'success' })
  await checks.create({ ...run, name: 'API approval', status: 'in_progress' })
  await shop.addForeignCheckRun(shop.head(), { app: 'contract-tests', name: 'pact', conclusion: 'success' })
  const names = async (more: object): Promise<string[]> =>
    (await checks.listForRef({ ...here, ref: 'main', ...more })).data.check_runs.map(({ name }) => name).sort()
  expect(await names({})).toEqual(['API approval', 'API review', 'pact'])
  expect(await names({ filter: 'all' })).toEqual(['API approval', 'API review', 'API review', 'pact'])
  expect(await names({ app_id: 4711, status: 'completed' })).toEqual(['API review'])
  const { data } = await checks.listForRef({ ...here, ref: shop.head(), check_name: 'API review', per_page: 1 })
  expect([data.total_count, data.check_runs[0]?.id]).toEqual([1, second.id])
  const { data: suites } = await checks.listSuitesForRef({ ...here, ref: 'main' })
  expect(suites.check_suites.map(({ app, status }) => [app?.slug, status])).toEqual([
    ['specgate', 'in_progress'],
    ['contract-tests', 'completed'],
  ])
})

test('"Re-run" resets the suite, leaves the run as it is and tells the app', async () => {
  const { github, shop, checks } = await start()
  await shop.commit('topic', { 'a.txt': 'changed\n' })
  const pull = await shop.openPullRequest({ author: 'acme', branch: 'topic' })
  const action = { label: 'Explain', description: 'Say why', identifier: 'explain' }
  const { data } = await checks.create({
    ...here,
    name: 'API review',
    head_sha: pull.head,
    conclusion: 'failure',
    output,
    actions: [action],
  })
  const [run] = pull.checkRuns()
  if (run === undefined) throw new Error('The run is missing.')
  await shop.rerequest(run, 'mia')
  await shop.rerequestAll(pull.head, 'mia')
  await shop.pressButton(run, 'explain', 'mia')
  expect((await checks.get({ ...here, check_run_id: data.id })).data.conclusion).toBe('failure')
  expect((await checks.getSuite({ ...here, check_suite_id: run.suite.id })).data).toMatchObject({ status: 'queued', conclusion: null })
  expect(github.deliveries('check_run', 'rerequested')[0]?.payload).toMatchObject({
    check_run: { id: data.id, pull_requests: [{ number: 1 }] },
    sender: { login: 'mia' },
  })
  expect(github.deliveries('check_suite', 'rerequested')[0]?.payload).toMatchObject({ check_suite: { head_sha: pull.head } })
  expect(github.deliveries('check_run', 'requested_action')[0]?.payload).toMatchObject({ requested_action: { identifier: 'explain' } })
})

test('waiting ends when the run is there, and a wait in vain says what was there', async () => {
  const { shop, checks } = await start()
  const waiting = shop.waitForCheckRuns(shop.head(), { 'API review': 'success' })
  await checks.create({ ...here, name: 'API review', head_sha: shop.head(), conclusion: 'success', output })
  expect((await waiting)['API review']?.title).toBe('title')
  await expect(shop.waitForCheckRuns(shop.head(), { 'API approval': 'success' }, { timeoutMs: 50 })).rejects.toThrow(
    /there is "API review": success \(title\)/,
  )
})
