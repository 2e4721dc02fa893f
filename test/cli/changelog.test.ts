/** `specgate changelog`, as a release job runs it. */
import { expect, test } from 'vitest'
import { folderWith, git, repositoryWith, specgate } from './run-specgate.ts'

const users = (version: string, more = '') => `openapi: 3.1.0
info: { title: Users, version: ${version} }
paths:
  /users:
    get: { responses: { '200': { description: All users } } }
${more}`
const orders = `  /orders:
    get: { responses: { '200': { description: All orders } } }
`

test('two files: Markdown by default, JSON on request, and always 0', () => {
  const folder = folderWith({ 'a.yaml': users('1.0.0'), 'b.yaml': users('1.1.0', orders) })
  const { stdout, status } = specgate(folder, 'changelog', 'a.yaml', 'b.yaml')
  expect({ stdout, status }).toEqual({ status: 0, stdout: expect.stringMatching(/^## Users 1\.0\.0 → 1\.1\.0\n\n[\s\S]*`GET \/orders`/) })
  expect(JSON.parse(specgate(folder, 'changelog', 'a.yaml', 'b.yaml', '--format', 'json').stdout)).toMatchObject({
    schema: 'specgate/changelog@1',
    apis: [{ title: 'Users', version: { base: '1.0.0', head: '1.1.0' } }],
  })
  expect(specgate(folder, 'changelog', 'b.yaml', 'b.yaml').stdout).toBe('**No change.**\n')
})

test('two tags: every description in them, by its path', () => {
  const folder = repositoryWith(
    { 'a/openapi.yaml': users('1.0.0'), 'b/openapi.yaml': users('1.0.0') },
    { 'a/openapi.yaml': users('2.0.0', orders) },
  )
  git(folder, 'tag', 'v2')
  const { apis } = JSON.parse(specgate(folder, 'changelog', 'main', 'v2', '--format', 'json').stdout)
  expect(apis).toMatchObject([{ id: 'a/openapi.yaml', version: { base: '1.0.0', head: '2.0.0' } }])
})

test('a side that cannot be read is 2, with its line on standard error', () => {
  const folder = folderWith({ 'a.yaml': users('1.0.0'), 'b.yaml': 'openapi: 3.1.0\ninfo: [unclosed\n' })
  const { status, stderr } = specgate(folder, 'changelog', 'a.yaml', 'b.yaml')
  expect(status).toBe(2)
  expect(stderr).toMatch(/b\.yaml:\d+: /)
})
