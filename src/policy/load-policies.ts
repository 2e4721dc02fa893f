/** Reads the three governing files of a base branch together: organisation, repository, waivers; and what each may not say to the others. */
import type { Problem } from '../model/place.ts'
import type { PolicyTexts, TextFile } from '../model/snapshot.ts'
import { isPinnedText, pinnedBy, withExtended } from './extend.ts'
import { locatePolicy, locateWaivers, type LocatedPolicy, type LocatedWaivers, type Policy } from './parse-policy.ts'
import { governedKeys } from './words.ts'

export interface LoadedPolicies {
  readonly organisation: LocatedPolicy | null
  /** Together with what it extends. */
  readonly repository: LocatedPolicy | null
  /** The repository's own file alone. */
  readonly written: LocatedPolicy | null
  readonly waivers: LocatedWaivers | null
  /** Mistakes in these files, all on the side of base. */
  readonly problems: readonly Problem[]
  /** Files that exist and cannot be used: nothing is approved while there are any. */
  readonly unusable: readonly string[]
}

const loaded = new WeakMap<PolicyTexts, LoadedPolicies>()

/** Remembered for the object, because settings, facts and decision of one review ask for the same texts. */
export function loadPolicies(texts: PolicyTexts): LoadedPolicies {
  const known = loaded.get(texts)
  if (known !== undefined) return known
  const policies = load(texts)
  loaded.set(texts, policies)
  return policies
}

function load(texts: PolicyTexts): LoadedPolicies {
  const organisation = readFile(texts.organisation, readPolicy)
  const written = readFile(texts.repository, readPolicy)
  const waivers = readFile(texts.waivers, readWaivers)
  const overreach = written.value === null ? [] : forbiddenKeys(written.value, organisation.value)
  const own = written.value === null ? null : withoutForbidden(written.value, organisation.value)
  const { extended, unread, isElsewhere } = readExtended(own, texts)
  const files = [organisation, written, waivers, extended]
  const problems = [...files.flatMap((file) => file.problems), ...overreach, ...unread]
  const unusable = [...files.map(({ problems: mistakes }) => mistakes), unread].flatMap((mistakes) => mistakes[0]?.file ?? [])
  return {
    organisation: isElsewhere && organisation.value !== null ? withoutRecommendations(organisation.value) : organisation.value,
    repository: own === null || extended.value === null ? own : withExtended(own, extended.value.policy),
    written: own,
    waivers: waivers.value,
    problems: problems.map((problem) => ({ ...problem, side: 'base' })),
    unusable: [...new Set(unusable)],
  }
}

interface Extended {
  readonly extended: FileReading<LocatedPolicy>
  /** One problem when a file is pinned and that very file was not read. */
  readonly unread: readonly Problem[]
  /** The repository takes its recommendations from elsewhere, or from nowhere. */
  readonly isElsewhere: boolean
}

function readExtended(own: LocatedPolicy | null, texts: PolicyTexts): Extended {
  const pin = own === null ? null : pinnedBy(own.policy)
  const isRead = pin !== null && isPinnedText(pin, texts.extended)
  const extended = readFile(isRead ? (texts.extended ?? null) : null, readPolicy)
  const isElsewhere = extended.value !== null || own?.policy.extends === 'none'
  return { extended, unread: own === null || isRead ? [] : unpinned(own, texts), isElsewhere }
}

interface FileReading<T> {
  readonly value: T | null
  readonly problems: readonly Problem[]
}

type Reading<T> = T | { readonly problems: readonly Problem[] }

function readFile<T extends object>(file: TextFile | null, read: (text: string, path: string) => Reading<T>): FileReading<T> {
  if (file === null) return { value: null, problems: [] }
  const result = read(file.text, file.path)
  return 'problems' in result ? { value: null, problems: result.problems } : { value: result, problems: [] }
}

/** Texts that are remembered; the oldest is forgotten first. Larger ones are refused anyway, so they are not kept. */
const mostRemembered = 32
const largestRemembered = 64 * 1024

/** Most reviews meet a text that was read before: a policy changes rarely, and reading it takes longer than deciding. */
function remembering<T>(read: (text: string, path: string) => T): (text: string, path: string) => T {
  const known = new Map<string, T>()
  return (text, path) => {
    if (text.length > largestRemembered) return read(text, path)
    const key = `${path}\n${text}`
    const found = known.get(key) ?? read(text, path)
    known.delete(key)
    known.set(key, found)
    const [oldest] = known.keys()
    if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest)
    return found
  }
}

const readPolicy = remembering(locatePolicy)
const readWaivers = remembering(locateWaivers)

/** What a repository wrote although it may not. */
function forbiddenKeys({ policy, problemAt }: LocatedPolicy, organisation: LocatedPolicy | null): Problem[] {
  const keys = forbidden(organisation).filter((key) => policy[key] !== undefined)
  const floorNames = new Set((organisation?.policy.org?.floor?.rules ?? []).map(({ name }) => name.trim().toLowerCase()))
  return [
    ...keys.map((key) =>
      problemAt([key], `The organisation's policy does not let repositories set \`${key}\`; it has no effect here.`, 'key'),
    ),
    ...(policy.extends === 'none' && organisation?.policy.org?.allow_repo !== undefined
      ? [
          problemAt(
            ['extends'],
            "The organisation's policy says what repositories may set, so it cannot be left out; `extends: none` has no effect here.",
          ),
        ]
      : []),
    ...(policy.org === undefined
      ? []
      : [problemAt(['org'], "`org` belongs in the organisation's own file; it has no effect here.", 'key')]),
    ...(policy.rules ?? []).flatMap((rule, index) =>
      floorNames.has(rule.name.trim().toLowerCase())
        ? [problemAt(['rules', index, 'name'], "The organisation's floor has a rule of this name; choose another one.")]
        : [],
    ),
  ]
}

/** What an organisation recommends, as opposed to what it enforces: a repository that extends nothing goes without it. */
const recommended: readonly (keyof Policy)[] = ['rules', 'freeze', 'owners', 'classify', 'versioning', 'rulesets', 'review']

/** The floor, whoever owns and grants, and what the floor's rules need in order to be judged. An organisation that says what may be set keeps all. */
function withoutRecommendations(organisation: LocatedPolicy): LocatedPolicy {
  if (organisation.policy.org?.allow_repo !== undefined) return organisation
  const { version, ...rest } = organisation.policy
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !recommended.some((one) => one === key)))
  return { ...organisation, policy: { version, ...kept } }
}

function forbidden(organisation: LocatedPolicy | null): readonly (typeof governedKeys)[number][] {
  const allowed = organisation?.policy.org?.allow_repo
  return allowed === undefined ? [] : governedKeys.filter((key) => !allowed.includes(key))
}

function withoutForbidden(written: LocatedPolicy, organisation: LocatedPolicy | null): LocatedPolicy {
  const keys = new Set<string>([...forbidden(organisation), 'org'])
  const { version, ...rest } = written.policy
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !keys.has(key)))
  return { ...written, policy: { version, ...kept } }
}

/** `extends` with a commit holds only when that very commit was read. */
function unpinned({ policy, problemAt }: LocatedPolicy, { organisation }: PolicyTexts): Problem[] {
  const pin = pinnedBy(policy)
  if (pin === null || isPinnedText(pin, organisation)) return []
  return [problemAt(['extends'], `The policy extends \`${policy.extends ?? ''}\`, which was not read; nothing is approved without it.`)]
}
