/** Commands in comments and buttons on check runs, as people use them: answered by a sign and in the one summary, never by a comment. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { PullRequestHandle, RepositoryHandle } from '../github/stand-in/handles.ts'
import { startApp } from './app.ts'
import type { TestApp } from './app.ts'
import { files, policy, users } from './shop.ts'

let app: TestApp
let shop: RepositoryHandle

const rights = `${policy}waivers: { grantors: "@acme/council", max_age: 120d }
break_glass: { by: "@acme/on-call" }
`

beforeAll(async () => {
  app = await startApp()
  const { github } = app
  github.team('acme', 'api-owners', { members: ['mia', 'tom'] })
  github.team('acme', 'council', { members: ['kim'] })
  github.team('acme', 'on-call', { members: ['ola'] })
  for (const login of ['ana', 'eve', 'pat']) github.user(login)
  shop = await github.createRepository(
    'acme',
    'shop',
    { ...files, '.github/specgate.yml': rights },
    {
      roles: {
        ana: 'write',
        mia: 'write',
        tom: 'write',
        kim: 'write',
        ola: 'write',
        pat: 'write',
        eve: 'read',
        '@acme/api-owners': 'write',
      },
    },
  )
})
afterAll(() => app.stop())
afterEach(() => {
  expect(app.github.violations).toEqual([])
})

const withoutName = users.replace('    name: { type: string }\n', '').replace('[id, name]', '[id]')
const waiting = { 'API review': 'failure', 'API approval': 'in_progress' }
const green = { 'API review': 'success', 'API approval': 'success' }
const ours = (pull: PullRequestHandle) => pull.state.comments.filter(({ user }) => user === 'specgate[bot]')
const summary = (pull: PullRequestHandle): string => ours(pull)[0]?.body ?? ''
const idIn = (text: string): string => /`([0-9a-f]{6})`/.exec(text)?.[1] ?? ''
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

let branches = 0
async function open(): Promise<{ pull: PullRequestHandle; id: string }> {
  const branch = `topic-${(branches += 1)}`
  await shop.commit(branch, { 'api/schemas/users.yaml': `${withoutName}# ${branch}\n` }, { author: 'ana' })
  const pull = await shop.openPullRequest({ author: 'ana', branch })
  await pull.waitForCheckRuns(waiting)
  await app.quiet()
  return { pull, id: idIn(summary(pull)) }
}

async function say(pull: PullRequestHandle, who: string, text: string) {
  const comment = pull.comment(who, text)
  await app.quiet()
  return comment.reactions.map(({ content }) => content)
}

test('an owner approves one finding by a comment: a sign at the comment, green checks, and no further comment', async () => {
  const { pull, id } = await open()
  expect(await say(pull, 'mia', `Fine with me.\n\n/specgate approve ${id}`)).toEqual(['+1'])
  await pull.waitForCheckRuns(green)
  expect(summary(pull)).toMatch(/settled/)
  expect(ours(pull)).toHaveLength(1)

  await pull.push({ 'README.md': 'Unrelated\n' }, { author: 'ana' })
  await pull.waitForCheckRuns(green)
  await pull.push({ 'api/schemas/users.yaml': withoutName.replace('required: [id]', 'required: []') }, { author: 'ana' })
  await pull.waitForCheckRuns({ 'API approval': 'in_progress' })
})

test('somebody who may not is told so in the summary, once, and the request for it takes nothing away from those who may', async () => {
  const { pull, id } = await open()
  const text = `/specgate waive ${id} kind=agreed until=${inDays(60)} Every client has agreed to live without it.`
  expect(await say(pull, 'ana', text)).toEqual(['-1'])
  expect(summary(pull)).toContain('may not grant it')
  expect(summary(pull)).toContain('@acme/council')
  expect(await say(pull, 'kim', text)).toEqual(['+1'])
  const runs = await pull.waitForCheckRuns(green)
  expect(runs['API review']?.summary).toContain('Every client has agreed to live without it')
  expect(ours(pull)).toHaveLength(1)
})

test('a comment that somebody edits grants nothing, whatever it said before', async () => {
  const { pull, id } = await open()
  const comment = pull.comment('mia', `/specgate explain ${id}`)
  await app.quiet()
  expect(summary(pull)).toContain('Rule `breaking changes need an owner`')
  pull.editComment(comment, 'pat', `/specgate approve ${id}`)
  await app.quiet()
  expect(comment.reactions.map(({ content }) => content)).toEqual(['+1', '-1'])
  expect(summary(pull)).toContain('edited after it was written')
  await pull.waitForCheckRuns(waiting)
})

test('what cannot be understood is answered with what can', async () => {
  const { pull, id } = await open()
  expect(await say(pull, 'mia', `/specgate aprove ${id}`)).toEqual(['confused'])
  expect(summary(pull)).toContain('did you mean `approve`')
  expect(await say(pull, 'mia', `> /specgate approve ${id}`)).toEqual([])
  expect(await say(pull, 'eve', `/specgate recheck`)).toEqual(['-1'])
})

test('in the thread of a finding its id need not be said', async () => {
  const { pull } = await open()
  const [thread] = pull.state.reviewComments
  if (thread === undefined) throw new Error('There is no thread.')
  const reply = await pull.reply('kim', thread, '/specgate not-an-issue "never read by any client"')
  await app.quiet()
  expect(reply.reactions.map(({ content }) => content)).toEqual(['+1'])
  await pull.waitForCheckRuns(green)
  expect(pull.state.reviewComments.filter(({ user }) => user === 'specgate[bot]')).toHaveLength(1)
})

test('recheck makes new check runs, once for each comment', async () => {
  const { pull } = await open()
  const before = Math.max(...pull.checkRuns().map(({ id }) => id))
  expect(await say(pull, 'ana', '/specgate recheck')).toEqual(['+1'])
  await pull.waitForCheckRuns(waiting, { after: before })
  const runs = pull.checkRuns().length
  await pull.label('again', 'ana')
  await app.quiet()
  expect(pull.checkRuns()).toHaveLength(runs)
})

test('breaking the glass is green for one commit, says so everywhere, and leaves the owners asked', async () => {
  const { pull } = await open()
  expect(await say(pull, 'mia', '/specgate break-glass "INC-91"')).toEqual(['-1'])
  expect(await say(pull, 'ola', '/specgate break-glass "INC-91: checkout is down"')).toEqual(['+1'])
  const runs = await pull.waitForCheckRuns(green)
  expect(runs['API review']?.title).toMatch(/^⚠ Bypassed by @ola/)
  expect(runs['API approval']?.title).toContain('INC-91')
  expect(summary(pull)).toContain('set aside for this commit')
  expect([...pull.state.requestedTeams]).toEqual(['api-owners'])
  await pull.push({ 'README.md': 'More\n' }, { author: 'ana' })
  await pull.waitForCheckRuns(waiting)
})

test('buttons answer in the check run, for those who work on the pull request', async () => {
  const { pull, id } = await open()
  const [first] = pull.checkRuns().filter(({ name }) => name === 'API review')
  if (first === undefined) throw new Error('There is no check run.')
  expect(first.actions.map(({ identifier }) => identifier)).toEqual(['recheck', 'draft-waiver', 'explain-policy'])
  await shop.pressButton(first, 'draft-waiver', 'eve')
  await app.quiet()
  const count = pull.checkRuns().length
  await shop.pressButton(first, 'draft-waiver', 'ana')
  await app.quiet()
  const review = () => pull.checkRuns().findLast(({ name }) => name === 'API review')
  expect(pull.checkRuns().length).toBeGreaterThan(count)
  expect(review()?.summary).toMatch(new RegExp(`id: response-property-removed-${id}[\\s\\S]*granted_by: "@acme/council"`))
  await shop.pressButton(review() ?? first, 'explain-policy', 'ana')
  await app.quiet()
  expect(review()?.summary).toMatch(/\*\*The policy\*\* .* has 1 rules? here/)
})

test('a waiver by comment holds in the merge queue', async () => {
  const { pull, id } = await open()
  await say(pull, 'kim', `/specgate waive ${id} until=${inDays(30)} Every client has agreed to live without it.`)
  await pull.waitForCheckRuns(green)
  const group = await shop.mergeGroup([pull], 'ana')
  await shop.waitForCheckRuns(group.headSha, green)
})

test('what cannot be evaluated after a command is said on the head, although a comment names no commit', async () => {
  const { pull } = await open()
  app.github.faults.push({ method: 'GET', path: `/repos/acme/shop/compare/*${pull.head}`, status: 404, body: { message: 'Not Found' } })
  pull.comment('mia', '/specgate recheck')
  const runs = await pull.waitForCheckRuns({ 'API review': 'failure', 'API approval': 'failure' })
  expect(runs['API review']?.title).toMatch(/^Not evaluated/)
  app.github.faults.length = 0
})
