/** What somebody asked a check run for: to be made again, or one of the buttons; and whether they may ask. */
import { readPermissions } from '../github/people.ts'
import type { PullRequestNow } from '../github/pull-request.ts'
import type { RepositoryAccess } from '../github/repository.ts'
import type { ActionIdentifier } from '../render/context.ts'

export interface Wish {
  readonly button: ActionIdentifier
  /** Login of whoever pressed it. */
  readonly by: string
}

/** A re-run that nobody has to be asked about: GitHub's own button, or our own finding. */
export const anything = 'asked'

const buttons: readonly ActionIdentifier[] = ['recheck', 'draft-waiver', 'explain-policy']

export function isButton(identifier: string): identifier is ActionIdentifier {
  return buttons.some((button) => button === identifier)
}

/** As it is stored with the job. */
export function writeWish({ button, by }: Wish): string {
  return `${button} ${by}`
}

/** null for a plain re-run. */
function readWish(stored: string): Wish | null {
  const [button = '', by = ''] = stored.split(' ')
  return isButton(button) && by !== '' ? { button, by } : null
}

/** What a stored wish comes to: new runs, and the button whose answer they hold. Of people who may not ask it comes to nothing. */
export async function heardWish(
  access: RepositoryAccess,
  pull: PullRequestNow,
  stored: string | null,
): Promise<{ readonly isFresh: boolean; readonly asked: Exclude<ActionIdentifier, 'recheck'> | null }> {
  if (stored === null) return { isFresh: false, asked: null }
  const wish = readWish(stored)
  if (wish === null) return { isFresh: true, asked: null }
  const isHeard = await mayWish(access, pull, wish)
  return { isFresh: isHeard, asked: isHeard && wish.button !== 'recheck' ? wish.button : null }
}

/** The author and people with write access may press what the app answers; GitHub shows the buttons to others, too. */
async function mayWish(access: RepositoryAccess, pull: PullRequestNow, { by }: Wish): Promise<boolean> {
  if (by.toLowerCase() === pull.facts.author.login.toLowerCase()) return true
  const permission = (await readPermissions(access, [by]))[by.toLowerCase()] ?? 'none'
  return ['write', 'maintain', 'admin'].includes(permission)
}
