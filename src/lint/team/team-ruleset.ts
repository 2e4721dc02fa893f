/**
 * A team's own ruleset (`.spectral.yaml`) as data: what it extends, its rules, aliases and overrides, with everything refused that would run code, read a
 * file outside the commit or fetch an address. What is refused is a problem with its line; the rest applies.
 */
import { Ruleset } from '@stoplight/spectral-core'
import owasp from '@stoplight/spectral-owasp-ruleset'
import { oas } from '@stoplight/spectral-rulesets'
import type { Problem } from '../../model/place.ts'
import type { TextFile } from '../../model/snapshot.ts'
import { isList, isObject } from '../../openapi/values.ts'
import { sourceOf } from '../spectral-run.ts'
import { readRulesetFile } from './ruleset-file.ts'
import type { Path, RulesetFile } from './ruleset-file.ts'
import { aliasTargets, checkFormats, checkRule } from './team-rule.ts'
import type { Aliases } from './team-rule.ts'
import { joinPath } from './repository-path.ts'

/** Rulesets of ours that a team may extend, by name: `specgate:security`. */
export type OwnRulesets = ReadonlyMap<string, unknown>

export interface TeamRuleset {
  /** What Spectral takes; null when nothing of the ruleset can be used. */
  readonly definition: unknown
  /** Where the entry file stands, as overrides see it. */
  readonly source: string
  readonly problems: readonly Problem[]
  /** Rulesets of ours that it extends. */
  readonly extended: ReadonlySet<string>
  /** Inherited rules to which it gives a severity of its own. */
  readonly adjusted: ReadonlySet<string>
}

/** Files that extend each other in a row. */
const maxNesting = 5
/** Rules in one file. */
const maxRules = 500

const topLevelKeys = new Set([
  'extends',
  'rules',
  'aliases',
  'formats',
  'overrides',
  'parserOptions',
  'documentationUrl',
  'description',
  '$schema',
])

/** Reads the entry file and those it extends, which come after it. Never throws for what they contain. */
export function teamRuleset(files: readonly TextFile[], own: OwnRulesets): TeamRuleset {
  const [entry] = files
  if (entry === undefined) return { definition: null, source: '', problems: [], extended: new Set(), adjusted: new Set() }
  const reader = new RulesetReader(files, own)
  const definition = reader.read(entry, 0)
  return { definition, source: sourceOf(entry.path), problems: reader.problems, extended: reader.extended, adjusted: reader.adjusted }
}

class RulesetReader {
  readonly problems: Problem[] = []
  readonly extended = new Set<string>()
  readonly adjusted = new Set<string>()
  private readonly files: ReadonlyMap<string, TextFile>
  private readonly own: OwnRulesets

  constructor(files: readonly TextFile[], own: OwnRulesets) {
    this.files = new Map(files.map((file) => [file.path, file]))
    this.own = own
  }

  read(written: TextFile, nesting: number): unknown {
    const file = readRulesetFile(written)
    if ('problems' in file) {
      this.problems.push(...file.problems)
      return null
    }
    this.refuseKeys(file)
    const definition = this.part(file, file.content, { at: [], nesting, aliases: {} })
    const overrides = this.overrides(file, nesting)
    return overrides.length === 0 ? definition : { ...definition, overrides }
  }

  private refuseKeys(file: RulesetFile): void {
    for (const key of Object.keys(file.content)) {
      if (key === 'functions' || key === 'functionsDir')
        this.refuse(file, [key], 'Own functions are not run; rules may name Spectral’s core functions only.')
      else if (!topLevelKeys.has(key)) this.refuse(file, [key], `The key \`${key}\` is not known.`)
    }
  }

  /** The file itself, or one of its overrides. */
  private part(file: RulesetFile, content: Readonly<Record<string, unknown>>, context: PartContext): Readonly<Record<string, unknown>> {
    const { at } = context
    const aliases = { ...context.aliases, ...this.aliases(file, content['aliases'], [...at, 'aliases']) }
    const formats = checkFormats(content['formats'], [...at, 'formats'])
    if ('refused' in formats) this.refuse(file, formats.refused.at, formats.refused.message)
    const extended = this.extends(file, content['extends'], context)
    const rules = this.rules(file, content['rules'], { at: [...at, 'rules'], aliases, extended })
    return {
      extends: extended,
      rules,
      ...(Object.keys(aliases).length === 0 ? {} : { aliases }),
      ...('refused' in formats || formats.rule === undefined ? {} : { formats: formats.rule }),
    }
  }

  private extends(file: RulesetFile, written: unknown, { at, nesting }: PartContext): readonly unknown[] {
    const list: readonly unknown[] = written === undefined ? [] : isList(written) && !isPair(written) ? written : [written]
    return list.flatMap((one, index) => {
      const place = isList(written) && !isPair(written) ? [...at, 'extends', index] : [...at, 'extends']
      const [name, level] = isPair(one) ? one : [one, undefined]
      const found =
        typeof name === 'string'
          ? this.named(file, name, { place, nesting })
          : this.refuse(file, place, 'What is extended is named by a text.')
      if (found === null) return []
      return level === undefined ? [found] : [[found, level]]
    })
  }

  /** One ruleset by its name; null when it is refused. */
  private named(file: RulesetFile, name: string, { place, nesting }: { readonly place: Path; readonly nesting: number }): unknown {
    if (name === 'spectral:oas') return oas
    if (name === '@stoplight/spectral-owasp-ruleset') return owasp
    const own = this.own.get(name)
    if (own !== undefined) {
      this.extended.add(name)
      return own
    }
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name) || name.startsWith('//'))
      return this.refuse(file, place, `\`${name.slice(0, 80)}\` is an address; nothing is fetched. Commit the ruleset and extend the file.`)
    if (/\.(?:[cm]?[jt]s)$/i.test(name)) return this.refuse(file, place, `\`${name}\` is JavaScript, which is not run.`)
    const target = this.files.get(joinPath(file.path, name))
    if (target === undefined)
      return this.refuse(
        file,
        place,
        `\`${name.slice(0, 80)}\` cannot be extended: known are spectral:oas, @stoplight/spectral-owasp-ruleset, ${[...this.own.keys()].join(', ')} and YAML or JSON files of this repository.`,
      )
    if (nesting >= maxNesting) return this.refuse(file, place, `Rulesets extend each other more than ${String(maxNesting)} times in a row.`)
    return this.read(target, nesting + 1)
  }

  private rules(
    file: RulesetFile,
    written: unknown,
    { at, aliases, extended }: { readonly at: Path; readonly aliases: Aliases; readonly extended: readonly unknown[] },
  ): Readonly<Record<string, unknown>> {
    if (written === undefined) return {}
    if (!isObject(written)) {
      this.refuse(file, at, '`rules` is a map of rules by name.')
      return {}
    }
    const inherited = inheritedNames(extended)
    const accepted: [string, unknown][] = []
    for (const [name, value] of Object.entries(written).slice(0, maxRules)) {
      const rule = this.rule(file, value, { at: [...at, name], name, aliases, inherited })
      if (rule === null) continue
      accepted.push([name, rule])
      if (typeof rule === 'string') this.adjusted.add(name)
    }
    if (Object.keys(written).length > maxRules) this.refuse(file, at, `Only the first ${String(maxRules)} rules are used.`)
    return Object.fromEntries(accepted)
  }

  private rule(file: RulesetFile, written: unknown, context: RuleContext): unknown {
    const { at, name, aliases, inherited } = context
    const checked =
      isObject(written) && inherited.has(name) && written['then'] === undefined ? checkAdjustment(written) : checkRule(written, at, aliases)
    if ('refused' in checked) return this.refuse(file, checked.refused.at, checked.refused.message)
    if (!isObject(checked.rule))
      return inherited.has(name) ? checked.rule : this.refuse(file, at, `The rule \`${name}\` is not defined in what this ruleset extends.`)
    if (checked.rule['then'] === undefined) return checked.rule['severity']
    const reason = refusedBySpectral(name, checked.rule, aliases)
    return reason === null ? checked.rule : this.refuse(file, at, reason)
  }

  private aliases(file: RulesetFile, written: unknown, at: Path): Aliases {
    if (written === undefined) return {}
    if (!isObject(written)) {
      this.refuse(file, at, '`aliases` is a map of expressions by name.')
      return {}
    }
    return Object.fromEntries(
      Object.entries(written).flatMap(([name, alias]): [string, unknown][] => {
        if (aliasTargets(alias).length === 0)
          this.refuse(file, [...at, name], 'An alias is a list of expressions, or `targets` with `formats` and `given`.')
        else return [[name, typeof alias === 'string' ? [alias] : withFormats(alias)]]
        return []
      }),
    )
  }

  private overrides(file: RulesetFile, nesting: number): readonly unknown[] {
    const written = file.content['overrides']
    if (written === undefined) return []
    if (!isList(written)) return this.refuse(file, ['overrides'], '`overrides` is a list.') ?? []
    return written.flatMap((override, index) => {
      const at = ['overrides', index]
      const files = isObject(override) ? override['files'] : undefined
      if (
        !isObject(override) ||
        !isList(files) ||
        !files.every((glob) => typeof glob === 'string' && glob.length <= 200 && !/[({][^)}]*[({]/.test(glob))
      ) {
        this.refuse(file, at, 'An override needs `files`: a list of plain globs.')
        return []
      }
      const own = isObject(file.content['aliases']) ? this.aliases(file, file.content['aliases'], ['aliases']) : {}
      const inherits = {
        ...file.content,
        ...override,
        extends: [...listed(file.content['extends']), ...listed(override['extends'])],
        rules: override['rules'],
      }
      const part = this.overridePart(file, inherits, { at, nesting, aliases: own })
      return [{ files, ...part }]
    })
  }

  /** An override may adjust every rule of the file and of what it extends. */
  private overridePart(
    file: RulesetFile,
    content: Readonly<Record<string, unknown>>,
    context: PartContext,
  ): Readonly<Record<string, unknown>> {
    const known = Object.keys(isObject(file.content['rules']) ? file.content['rules'] : {})
    const silent = new RulesetReader([...this.files.values()], this.own)
    const extended = [
      ...silent.extends(file, content['extends'], context),
      { rules: Object.fromEntries(known.map((name) => [name, placeholder])) },
    ]
    const rules = this.rules(file, content['rules'], { at: [...context.at, 'rules'], aliases: context.aliases, extended })
    return { rules, ...(Object.keys(context.aliases).length === 0 ? {} : { aliases: context.aliases }) }
  }

  private refuse(file: RulesetFile, at: Path, message: string): null {
    this.problems.push(file.problem(at, message))
    return null
  }
}

interface PartContext {
  readonly at: Path
  readonly nesting: number
  readonly aliases: Aliases
}

interface RuleContext {
  readonly at: Path
  readonly name: string
  readonly aliases: Aliases
  readonly inherited: ReadonlySet<string>
}

/** Stands for a rule of the file itself where only its name matters. */
const placeholder = { given: '$', then: { function: () => undefined } }

/** `["spectral:oas", "all"]` */
function isPair(value: unknown): value is readonly [unknown, string] {
  return isList(value) && value.length === 2 && (value[1] === 'all' || value[1] === 'recommended' || value[1] === 'off')
}

function listed(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return isList(value) && !isPair(value) ? value : [value]
}

/** A map that gives an inherited rule another severity only. */
function checkAdjustment(written: Readonly<Record<string, unknown>>): ReturnType<typeof checkRule> {
  return { rule: { severity: written['severity'] ?? true } }
}

function withFormats(alias: unknown): unknown {
  if (!isObject(alias) || !isList(alias['targets'])) return alias
  return {
    ...alias,
    targets: alias['targets'].map((target) => {
      const formats = isObject(target) ? checkFormats(target['formats'], []) : { rule: [] }
      return isObject(target) ? { given: aliasTargets(target['given']), formats: 'refused' in formats ? [] : (formats.rule ?? []) } : target
    }),
  }
}

function inheritedNames(extended: readonly unknown[]): ReadonlySet<string> {
  try {
    return new Set(Object.keys(new Ruleset({ extends: extended, rules: {} }).rules))
  } catch {
    return new Set()
  }
}

/** Asks Spectral about one rule by itself, so that one bad rule does not cost the others. */
function refusedBySpectral(name: string, rule: unknown, aliases: Aliases): string | null {
  try {
    new Ruleset({ rules: { [name]: rule }, ...(Object.keys(aliases).length === 0 ? {} : { aliases }) })
    return null
  } catch (error) {
    const reasons: unknown = error instanceof Error && 'errors' in error ? error.errors : [error]
    const first: unknown = isList(reasons) ? reasons[0] : error
    return `The rule is refused: ${first instanceof Error ? first.message : 'it has the wrong shape'}`.slice(0, 300)
  }
}
