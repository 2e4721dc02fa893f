/** Writes what is generated and committed: the page of every rule, their index, and the policy's JSON Schema. A test proves them current. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { catalogueEntries } from '../src/catalogue.ts'
import { policyJsonSchema } from '../src/policy/policy-json-schema.ts'
import { indexPage, rulePage } from './rule-pages.ts'

const root = resolve(import.meta.dirname, '..')

/** Path below the repository → text, for everything that is generated. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const entries = catalogueEntries()
  return new Map([
    ['docs/rules/README.md', indexPage(entries)],
    ...entries.map((entry) => [`docs/rules/${entry.id}.md`, rulePage(entry)] as const),
    ['policies/policy.schema.json', `${JSON.stringify(policyJsonSchema(), null, 2)}\n`],
  ])
}

if (import.meta.main) {
  const files = generatedFiles()
  mkdirSync(join(root, 'docs/rules'), { recursive: true })
  for (const name of readdirSync(join(root, 'docs/rules'))) if (!files.has(`docs/rules/${name}`)) rmSync(join(root, 'docs/rules', name))
  for (const [path, text] of files) writeFileSync(join(root, path), text)
  console.log(`${String(files.size)} files written`)
}
