/** `specgate rules` and `specgate explain`. */
import { existsSync, readFileSync } from 'node:fs'
import { catalogueEntries, type CatalogueEntry } from '../catalogue.ts'
import { nearestWord } from '../policy/suggest.ts'
import { exitCode, UsageError, type ExitCode } from './fail.ts'
import { print } from './print.ts'
import { colours } from './terminal.ts'

/** Prints the whole catalogue. */
export async function runRules(flags: { readonly format: 'text' | 'json' }): Promise<ExitCode> {
  const rules = catalogueEntries()
  await print(flags.format === 'json' ? JSON.stringify({ schema: 'specgate/rules@1', rules }, null, 2) : rules.map(line).join('\n'))
  return exitCode.fine
}

function line(rule: CatalogueEntry): string {
  return `${(rule.class ?? rule.severity ?? '').padEnd(12)} ${colours.bold(rule.id.padEnd(48))} ${rule.title}`
}

/** Prints the page of a rule, as it stands in docs/rules. */
export async function runExplain(id: string): Promise<ExitCode> {
  const rules = catalogueEntries()
  const rule = rules.find((one) => one.id === id)
  if (rule === undefined) {
    const nearest = nearestWord(
      id,
      rules.map((one) => one.id),
    )
    const hint = nearest === null ? '' : ` Did you mean \`${nearest}\`?`
    throw new UsageError(`No rule is called \`${id}\`.${hint} \`specgate rules\` lists them all.`)
  }
  const page = new URL(`../../docs/rules/${rule.id}.md`, import.meta.url)
  await print(existsSync(page) ? readFileSync(page, 'utf8') : [`# ${rule.id}`, rule.title, rule.why, rule.fix].join('\n\n'))
  return exitCode.fine
}
