/** A policy change is reviewed like code: what it would mean is told, and it decides nothing. */
import { expect, test } from 'vitest'
import { decide } from '../../src/policy/decide.ts'
import { summariseReplay } from '../../src/policy/replay.ts'
import { api, breakingNeeds, changed, element, enforcing, input, review, type InputChanges } from './build.ts'

const base = breakingNeeds('{ approvals: { from: "@kim" } }')
const touching: InputChanges = { changedFiles: [changed('openapi.yaml'), changed('.github/specgate.yml')] }
const because = (decision: ReturnType<typeof decide>) =>
  decision.rules.find(({ rule }) => rule === 'changes of the policy')?.because.join('\n') ?? ''

test('the proposed policy is tried on the very pull request that proposes it', () => {
  const proposed = { repository: enforcing('- { name: no breaks, when: { class: breaking }, deny: true }') }
  const decision = decide(input({ ...touching, policy: { repository: base }, proposed, people: { reviews: [review('kim')] } }))
  expect(decision.preview).toMatchObject({ status: 'blocked', mode: 'enforce', asking: ['no breaks'] })
  expect(because(decision)).toContain('If the proposed policy were in force, this pull request would be blocked by “no breaks”.')
  expect(because(decision)).toContain('Rule “breaking changes” is removed.')
})

test('and decides nothing: the rules of base stand', () => {
  const lenient = { repository: 'version: 1\nmode: off' }
  const plain = decide(input({ ...touching, policy: { repository: base } }))
  const { preview, ...decision } = decide(input({ ...touching, policy: { repository: base }, proposed: lenient }))
  expect(preview).toMatchObject({ status: 'not-applicable', mode: 'off' })
  expect([decision.status, decision.mode, decision.denied]).toEqual([plain.status, plain.mode, plain.denied])
})

test('a proposed policy with mistakes has no preview', () => {
  expect(decide(input({ ...touching, policy: { repository: base }, proposed: { repository: 'version: 1\nrulez: 1' } })).preview).toBe(
    undefined,
  )
})

test('nor has a pull request that leaves the policy alone, even when its branch is behind', () => {
  expect(decide(input({ policy: { repository: base }, proposed: { repository: 'version: 1' } })).preview).toBe(undefined)
})

test('who would lose and gain operations is counted', () => {
  const operations = { 'GET /a': element(), 'GET /b': element(), 'GET /c': element({ file: 'c.yaml' }) }
  const { preview } = decide(
    input({
      changedFiles: [changed('openapi.yaml'), changed('.github/CODEOWNERS')],
      apis: [api({ operations })],
      policy: { repository: base, codeowners: '* @acme/pci' },
      proposed: { repository: base, codeowners: '* @acme/web\nc.yaml @acme/pci' },
    }),
  )
  expect(preview?.owners).toEqual(['2 operations would lose the owner `@acme/pci`.', '2 operations would gain the owner `@acme/web`.'])
})

test('a replay counts what would be held more or less strictly, and not what only has another name', () => {
  const decisions = (policy: string) => decide(input({ policy: { repository: policy } }))
  const denies = decisions(enforcing('- { name: no breaks, when: { class: breaking }, deny: true }'))
  const asks = decisions(base)
  const renamed = decisions(base.replace('breaking changes', 'another name'))
  const free = decisions('version: 1\nmode: enforce')
  const others = decisions(base.replace('@kim', '@tom'))
  const summary = summariseReplay([
    { name: 'a', before: asks, after: denies },
    { name: 'b', before: asks, after: renamed },
    { name: 'c', before: asks, after: free },
    { name: 'd', before: asks, after: others },
  ])
  expect(summary.different.map(({ name, before, after }) => [name, before, after])).toEqual([
    ['a', 'people', 'forbidden'],
    ['c', 'people', 'free'],
    ['d', 'people', 'people'],
  ])
  expect(summary.sentence).toBe('4 changes of an API: 1 held more strictly, 1 held less strictly, 1 asking others.')
})
