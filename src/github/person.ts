/** GitHub's accounts as the model's people. */
import type { Person } from '../model/snapshot.ts'

interface Account {
  readonly id: number | bigint
  readonly login: string
  readonly type?: string | undefined
}

/** Who GitHub shows for content of deleted accounts (docs.github.com, "Deleting your personal account"). */
const ghost: Person = { id: 10137, login: 'ghost', bot: false }

export function personOf(account: Account | null | undefined): Person {
  if (account === null || account === undefined) return ghost
  return { id: Number(account.id), login: account.login, bot: account.type === 'Bot' || account.login.endsWith('[bot]') }
}
