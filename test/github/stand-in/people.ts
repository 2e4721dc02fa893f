/** Who may do what: roles in repositories, given to a person or to a team, and membership of teams and their parents. */
import { accountOf, findAccount, type Repository, type RoleName, type Team, type World } from './state.ts'

const order: readonly RoleName[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin']

/** The highest role somebody has in a repository: own, by team, as owner, or by its being public. */
export function roleOf(world: World, repository: Repository, login: string): RoleName {
  const account = findAccount(world, login)
  if (account === undefined) return 'none'
  const key = account.login.toLowerCase()
  const roles: RoleName[] = [repository.roles.get(key) ?? 'none', repository.visibility === 'public' ? 'read' : 'none']
  const owner = accountOf(world, repository.owner)
  if (owner.login === account.login || owner.members.get(key) === 'admin') roles.push('admin')
  if (repository.visibility !== 'private' && owner.members.has(key)) roles.push('read')
  for (const team of world.teams) {
    const role = repository.roles.get(`@${team.organisation}/${team.slug}`.toLowerCase())
    if (role !== undefined && membersOf(world, team).has(key)) roles.push(role)
  }
  return roles.reduce((best, role) => (order.indexOf(role) > order.indexOf(best) ? role : best), 'none')
}

/** Active members of a team and of the teams below it, by login in lower case: what GitHub lists. */
export function membersOf(world: World, team: Team): Map<string, 'member' | 'maintainer'> {
  const members = new Map<string, 'member' | 'maintainer'>()
  for (const child of childrenOf(world, team)) for (const [login, role] of membersOf(world, child)) members.set(login, role)
  for (const [login, { role, state }] of team.members) if (state === 'active') members.set(login, role)
  return members
}

export function childrenOf(world: World, team: Team): Team[] {
  return world.teams.filter((child) => child.organisation === team.organisation && child.parent === team.slug)
}

/** GitHub's older four words: `maintain` counts as `write`, `triage` as `read`. */
export function legacyPermission(role: RoleName): 'admin' | 'write' | 'read' | 'none' {
  const words: Record<RoleName, 'admin' | 'write' | 'read' | 'none'> = {
    admin: 'admin',
    maintain: 'write',
    write: 'write',
    triage: 'read',
    read: 'read',
    none: 'none',
  }
  return words[role]
}

export function permissionFlags(role: RoleName): Record<string, boolean> {
  const atLeast = (least: RoleName): boolean => order.indexOf(role) >= order.indexOf(least)
  return {
    admin: atLeast('admin'),
    maintain: atLeast('maintain'),
    push: atLeast('write'),
    triage: atLeast('triage'),
    pull: atLeast('read'),
  }
}
