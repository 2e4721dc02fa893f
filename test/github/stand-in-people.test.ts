/** Teams within teams, and who may do what. */
import { expect, test } from 'vitest'
import { clientOf, refusalOf, startGitHub } from './support.ts'

const here = { owner: 'acme', repo: 'shop' }

test('a team’s members include those of the teams below it, and nobody who has not accepted', async () => {
  const github = await startGitHub()
  github.team('acme', 'api', { members: ['mia'] })
  github.team('acme', 'payments', { members: ['tom'], parent: 'api', pending: ['kim'] })
  github.team('acme', 'appsec', { members: ['eve'], secret: true })
  await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const { teams, orgs } = clientOf(github, 'acme').rest
  const members = async (slug: string): Promise<string[]> =>
    (await teams.listMembersInOrg({ org: 'acme', team_slug: slug })).data.map(({ login }) => login).sort()
  expect(await members('api')).toEqual(['mia', 'tom'])
  expect(await members('payments')).toEqual(['tom'])
  expect((await teams.getByName({ org: 'acme', team_slug: 'payments' })).data).toMatchObject({ privacy: 'closed', parent: { slug: 'api' } })
  expect((await teams.getByName({ org: 'acme', team_slug: 'appsec' })).data).toMatchObject({ privacy: 'secret', parent: null })
  expect((await teams.listChildInOrg({ org: 'acme', team_slug: 'api' })).data.map(({ slug }) => slug)).toEqual(['payments'])
  expect((await teams.getMembershipForUserInOrg({ org: 'acme', team_slug: 'payments', username: 'kim' })).data.state).toBe('pending')
  expect((await refusalOf(teams.getMembershipForUserInOrg({ org: 'acme', team_slug: 'payments', username: 'mia' }))).status).toBe(404)
  expect((await refusalOf(teams.listMembersInOrg({ org: 'acme', team_slug: 'none' }))).status).toBe(404)
  expect((await orgs.checkMembershipForUser({ org: 'acme', username: 'tom' })).status).toBe(204)
})

test('another organisation’s teams do not exist for an installation', async () => {
  const github = await startGitHub()
  github.team('other', 'api', { members: ['mia'] })
  await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  expect((await refusalOf(clientOf(github, 'acme').rest.teams.listMembersInOrg({ org: 'other', team_slug: 'api' }))).status).toBe(404)
})

test.each([
  ['ana', 'admin', 'admin'],
  ['mia', 'write', 'maintain'],
  ['tom', 'read', 'triage'],
  ['eve', 'none', 'none'],
])('%s has %s (%s)', async (username, permission, role) => {
  const github = await startGitHub()
  github.team('acme', 'owners', { members: ['mia'] })
  for (const login of ['ana', 'tom', 'eve']) github.user(login)
  await github.createRepository(
    'acme',
    'shop',
    { 'a.txt': 'a\n' },
    { roles: { ana: 'admin', '@acme/owners': 'maintain', mia: 'read', tom: 'triage' } },
  )
  const { data } = await clientOf(github, 'acme').rest.repos.getCollaboratorPermissionLevel({ ...here, username })
  expect([data.permission, data.role_name]).toEqual([permission, role])
})

test('accounts say what they are', async () => {
  const github = await startGitHub()
  github.bot('renovate[bot]')
  await github.createRepository('acme', 'shop', { 'a.txt': 'a\n' })
  const { rest } = clientOf(github, 'acme')
  expect((await rest.users.getByUsername({ username: 'renovate[bot]' })).data.type).toBe('Bot')
  expect((await rest.orgs.get({ org: 'acme' })).data.login).toBe('acme')
  expect((await refusalOf(rest.users.getByUsername({ username: 'nobody' }))).status).toBe(404)
})
