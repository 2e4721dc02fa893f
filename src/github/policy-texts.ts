/** The written policy of a repository and of its organisation, at one commit. What they mean is policy/'s business. */
import { gatherRulesets } from '../lint/team/gather-rulesets.ts'
import type { PolicyTexts, TextFile } from '../model/snapshot.ts'
import type { Tree } from '../openapi/gather.ts'
import { pinnedBy } from '../policy/extend.ts'
import { parsePolicy } from '../policy/parse-policy.ts'
import { policyPaths } from '../policy/policy-paths.ts'
import { askIfThere, PermanentFailure } from './client.ts'
import type { GitHubClient } from './client.ts'
import { readBlobs } from './blobs.ts'
import type { RepositoryAccess } from './repository.ts'

const all = [...policyPaths.all, ...policyPaths.rulesets]

/** Whether a path is one of the files that govern reviews. */
export function isPolicyPath(path: string): boolean {
  return all.some((known) => known === path)
}

export interface PolicyAt {
  readonly texts: PolicyTexts
  /** Sentences about policy files that are there but cannot be read. */
  readonly gaps: readonly string[]
}

/** The texts in a tree, the first of each kind. The organisation's text is not read here. */
export async function readPolicyTexts(access: RepositoryAccess, tree: Tree, commit: string): Promise<PolicyAt> {
  const gaps: string[] = []
  const read = async (paths: readonly string[]): Promise<readonly TextFile[]> => {
    const got = await readFiles(access, tree, { paths, from: `${access.owner}/${access.name}@${commit}` })
    gaps.push(...got.gaps)
    return got.files
  }
  const files = new Map((await read(all)).map((file) => [file.path, file]))
  const entry = policyPaths.rulesets.flatMap((path) => files.get(path) ?? [])[0]
  return { texts: textsOf(files, entry === undefined ? [] : await gatherRulesets(entry, read)), gaps }
}

/** The texts at these paths, as far as they are there; what is there and no readable text is a gap. */
async function readFiles(
  access: RepositoryAccess,
  tree: Tree,
  { paths, from }: { readonly paths: readonly string[]; readonly from: string },
) {
  const present = paths.flatMap((path) => {
    const entry = tree.get(path)
    return entry === undefined ? [] : [{ path, entry }]
  })
  const regular = present.filter(({ entry }) => entry.mode.startsWith('100'))
  const texts = await readBlobs(
    access,
    regular.map(({ entry }) => entry.blob),
  )
  const gaps = present.filter((file) => !regular.includes(file)).map(({ path }) => `\`${path}\` is not a regular file, so it was not read.`)
  const files: TextFile[] = []
  for (const { path, entry } of regular) {
    const got = texts.get(entry.blob)
    if (got !== undefined && 'text' in got) files.push({ path, text: got.text, from })
    else gaps.push(`\`${path}\` could not be read. ${got?.reason ?? ''}`.trim())
  }
  return { files, gaps }
}

function textsOf(files: ReadonlyMap<string, TextFile>, rulesets: readonly TextFile[]): PolicyTexts {
  const first = (paths: readonly string[]): TextFile | null =>
    paths.map((path) => files.get(path)).find((file) => file !== undefined) ?? null
  return {
    repository: first(policyPaths.repository),
    organisation: null,
    waivers: first(policyPaths.waivers),
    codeowners: first(policyPaths.codeowners),
    catalog: first(policyPaths.catalog),
    rulesets,
  }
}

/**
 * The organisation's policy: `specgate.yml` on the default branch of `<owner>/.github`; null where there is none or the app cannot see
 * that repository. Remembered for a minute, its absence for five.
 */
export async function readOrganisationPolicy(access: RepositoryAccess): Promise<TextFile | null> {
  const key = `${access.installation}:organisation:${access.owner.toLowerCase()}`
  const known = access.cache.spoken.get(key)
  if (known !== undefined && isTextFile(known.value)) return known.value
  const client = (await access.organisation()) ?? access.client
  let found: TextFile | null = null
  for (const path of policyPaths.organisation) found ??= await readContents(client, access.owner, path)
  access.cache.spoken.set(key, { value: found }, found === null ? { ttl: absentMs } : {})
  return found
}

/**
 * The file that a policy extends, at the commit it pins; null where the policy pins none, or where the app cannot see it: then the policy
 * cannot be used, and says so. A commit never changes, so what was read is kept.
 */
export async function readExtendedPolicy(access: RepositoryAccess, repository: TextFile | null): Promise<TextFile | null> {
  const parsed = repository === null ? null : parsePolicy(repository.text, repository.path)
  const pin = parsed !== null && 'policy' in parsed ? pinnedBy(parsed.policy) : null
  if (pin === null) return null
  const [owner = '', repo = ''] = pin.repository.split('/')
  const key = `${access.installation}:extended:${pin.repository.toLowerCase()}:${pin.path}@${pin.commit}`
  const known = access.cache.spoken.get(key)
  if (known !== undefined && isTextFile(known.value)) return known.value
  const isOwn = owner.toLowerCase() === access.owner.toLowerCase()
  const client = (isOwn ? await access.organisation() : null) ?? access.client
  const data = await readIfAllowed(client, { owner, repo, path: pin.path, ref: pin.commit })
  if (data === null) return null
  const found = { path: pin.path, text: textOf(data, `${pin.repository}/${pin.path}`), from: `${pin.repository}@${pin.commit}` }
  access.cache.spoken.set(key, { value: found })
  return found
}

/** An organisation that has no policy will not have one in this moment. */
const absentMs = 300_000

function isTextFile(value: unknown): value is TextFile | null {
  return value === null || (typeof value === 'object' && 'text' in value && 'path' in value && 'from' in value)
}

async function readContents(client: GitHubClient, owner: string, path: string): Promise<TextFile | null> {
  const data = await readIfAllowed(client, { owner, repo: '.github', path })
  if (data === null) return null
  return { path, text: textOf(data, `${owner}/.github/${path}`), from: `${owner}/.github@${'sha' in data ? data.sha.slice(0, 7) : ''}` }
}

type Contents = NonNullable<Awaited<ReturnType<typeof readIfAllowed>>>

function textOf(data: Contents, name: string): string {
  if (Array.isArray(data) || data.type !== 'file' || !('content' in data)) throw new PermanentFailure(`\`${name}\` is not a regular file.`)
  // Above 1 MB GitHub answers with an empty content and says so here; an empty policy would ask nothing.
  if (data.encoding !== 'base64') throw new PermanentFailure(`\`${name}\` is too large: GitHub hands out files of up to 1 MB.`)
  return Buffer.from(data.content, 'base64').toString('utf8')
}

interface Where {
  readonly owner: string
  readonly repo: string
  readonly path: string
  readonly ref?: string
}

async function readIfAllowed(client: GitHubClient, where: Where) {
  try {
    return await askIfThere('a policy in another repository', () =>
      client.request('GET /repos/{owner}/{repo}/contents/{path}', { ...where }),
    )
  } catch (error) {
    // A token for one repository may not read another private one: GitHub answers as if the app were not installed there.
    // A file over 1 MB gets the same status; it is there, and leaving it out would ask for less.
    if (error instanceof PermanentFailure && error.status === 403 && !isTooLarge(error)) return null
    throw error
  }
}

function isTooLarge({ cause }: PermanentFailure): boolean {
  return cause instanceof Error && /too[ _]large/i.test(cause.message)
}
