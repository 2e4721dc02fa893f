/** The page of a rule, grown from its metadata and its fixtures, so that what a page shows is what a test proves. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { CatalogueEntry } from '../src/catalogue.ts'

const fixtures = resolve(import.meta.dirname, '../fixtures')

/** Pages longer than this help nobody; bigger examples stay in the fixtures. Lines. */
const longestExample = 60

const whatClassesMean: Readonly<Record<string, string>> = {
  breaking: 'breaking: a client that works today may fail',
  dangerous: 'dangerous: a client may stumble, or it cannot be decided',
  nonbreaking: 'nonbreaking: no client fails',
  docs: 'docs: no message changes',
}

/** Markdown of one rule. */
export function rulePage(rule: CatalogueEntry): string {
  const facts = [
    rule.class === null ? null : `**Usual class:** ${whatClassesMean[rule.class] ?? rule.class}`,
    rule.severity === null ? null : `**Severity:** ${rule.severity === 'off' ? 'off in the recommended ruleset' : rule.severity}`,
    rule.category === null ? null : `**OWASP API Security Top 10:** ${rule.category}`,
    rule.cwe === null ? null : `**Weakness:** ${rule.cwe}`,
  ].filter((fact) => fact !== null)
  const sections = [
    `# ${rule.id}`,
    `${rule.title}.`.replace(/\.\.$/, '.'),
    facts.join('  \n'),
    `## Why it matters\n${rule.why}`,
    ...(rule.fix === '' ? [] : [`## What to do\n${rule.fix}`]),
    ...(rule.deviations.length === 0 ? [] : [`## Its class, case by case\n${rule.deviations.map(deviationLine).join('\n')}`]),
    ...examples(rule),
  ]
  return `${sections.join('\n\n')}\n`
}

/** The guards of src/diff/effect.ts, as people would say them. */
const guardWords: Readonly<Record<string, string>> = {
  sanctioned: 'it was deprecated and its sunset has passed',
  unstable: 'it is declared a draft or alpha',
  unbound: 'this side never sends it',
  error: 'it belongs to an error response',
  tolerated: 'readers are taken to cope with unknown values',
  open: 'the list is declared extensible',
  closed: 'the object admits no other properties',
  required: 'it must be present',
}

function deviationLine({ when, unless, class: changeClass, reason }: CatalogueEntry['deviations'][number]): string {
  const condition =
    when !== null ? `when ${guardWords[when] ?? when}` : unless !== null ? `unless ${guardWords[unless] ?? unless}` : 'otherwise'
  return `- **${changeClass}** ${condition}: ${reason}`
}

/** Markdown table of all rules. */
export function indexPage(rules: readonly CatalogueEntry[]): string {
  const row = (rule: CatalogueEntry) => `| [${rule.id}](${rule.id}.md) | ${rule.class ?? rule.severity ?? ''} | ${rule.title} |`
  const table = (kind: CatalogueEntry['kind'], column: string) =>
    [`| Rule | ${column} | What |`, '|---|---|---|', ...rules.filter((rule) => rule.kind === kind).map(row)].join('\n')
  return (
    [
      '# Rules',
      'Generated from the rules themselves; examples are fixtures that tests run.',
      '## Changes between base and head',
      'The class follows from one law: a client that sends values is hurt by a narrower set, a client that receives them by a wider one.',
      table('change', 'Usual class'),
      '## Security of one description',
      table('lint', 'Severity'),
    ].join('\n\n') + '\n'
  )
}

function examples(rule: CatalogueEntry): string[] {
  const folder = join(fixtures, rule.kind === 'change' ? 'rules' : 'lint-rules', rule.id)
  if (!existsSync(folder)) return []
  const names = readdirSync(folder).sort()
  const show = (prefix: string, title: string) =>
    names
      .filter((name) => name.startsWith(prefix))
      .map((name) => ({ name, text: exampleText(join(folder, name)) }))
      .sort((a, b) => a.text.length - b.text.length || (a.name < b.name ? -1 : 1))
      .slice(0, 1)
      .filter(({ text }) => text.split('\n').length <= longestExample)
      .map(({ name, text }) => `## ${title}: ${sentence(name.slice(prefix.length))}\n${text}`)
  return [...show('reports-', 'Reported'), ...show('allows-', 'Left alone')]
}

function sentence(slug: string): string {
  return slug.replace(/\.ya?ml$/, '').replaceAll('-', ' ')
}

function exampleText(path: string): string {
  const clean = (text: string) => text.replace(/ *# expect(-file)?:.*$/gm, '').trimEnd()
  if (!statSync(path).isDirectory()) return `\`\`\`yaml\n${clean(readFileSync(path, 'utf8'))}\n\`\`\``
  const side = (name: string) => {
    const file = ['yaml', 'json'].map((extension) => join(path, `${name}.${extension}`)).find(existsSync)
    return file === undefined ? '' : clean(readFileSync(file, 'utf8'))
  }
  return `\`\`\`diff\n${lineDiff(side('base').split('\n'), side('head').split('\n')).join('\n')}\n\`\`\``
}

/** The shortest edit between two small texts, by longest common subsequence of lines. */
function lineDiff(base: readonly string[], head: readonly string[]): string[] {
  const common = Array.from({ length: base.length + 1 }, () => new Array<number>(head.length + 1).fill(0))
  const at = (i: number, j: number) => common[i]?.[j] ?? 0
  for (let i = base.length - 1; i >= 0; i -= 1)
    for (let j = head.length - 1; j >= 0; j -= 1)
      (common[i] ?? [])[j] = base[i] === head[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: string[] = []
  for (let i = 0, j = 0; i < base.length || j < head.length;) {
    if (i < base.length && j < head.length && base[i] === head[j]) {
      lines.push(` ${base[i] ?? ''}`)
      i += 1
      j += 1
    } else if (i < base.length && (j >= head.length || at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`-${base[i] ?? ''}`)
      i += 1
    } else {
      lines.push(`+${head[j] ?? ''}`)
      j += 1
    }
  }
  return lines
}
