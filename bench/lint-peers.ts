/**
 * Answers the lint cases of other tools' own test suites (`../shared/corpus/peers`, or the folder given) by running the stock rulesets through our engine,
 * and prints how many agree. `--show` prints each disagreement. Usage: node bench/lint-peers.ts [--show] [FOLDER]
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lintDescription } from '../src/lint/lint.ts'
import type { ApiDescription, SourceDocument } from '../src/openapi/types.ts'

const args = process.argv.slice(2)
const folder = args.find((arg) => !arg.startsWith('--')) ?? new URL('../../shared/corpus/peers', import.meta.url).pathname
const shows = args.includes('--show')

interface Case {
  readonly rule: string
  readonly name: string
  readonly document?: unknown
  readonly documentText?: string
  readonly expected: readonly { readonly path: readonly string[] | null; readonly severity: number }[]
  readonly expectedCount: number
}

/** A description without our reader: the cases are fragments that are no valid descriptions. */
function fragment(value: unknown): ApiDescription {
  const root: any = value
  const text = JSON.stringify(value)
  const document: SourceDocument = { path: 'openapi.json', text, format: 'json', keys: null, value }
  return {
    path: 'openapi.json',
    version: root.swagger === undefined ? (String(root.openapi).startsWith('3.0') ? '3.0' : '3.1') : '2.0',
    root,
    documents: new Map([['openapi.json', document]]),
    problems: [],
  }
}

const rulesets: Record<string, (rule: string) => { extends: unknown; rule: string }> = {
  'spectral-owasp': (rule) => ({ extends: ['@stoplight/spectral-owasp-ruleset', 'off'], rule }),
  'spectral-oas': (rule) => ({ extends: ['spectral:oas', 'off'], rule }),
  'vacuum-owasp': (rule) => ({ extends: ['@stoplight/spectral-owasp-ruleset', 'off'], rule: vacuumNames[rule] ?? rule }),
}

/** Vacuum's names for the same rules, where Spectral's set has them. */
const vacuumNames: Record<string, string> = {
  'owasp-array-limit': 'owasp:api4:2023-array-limit',
  'owasp-constrained-additionalProperties': 'owasp:api3:2023-constrained-additionalProperties',
  'owasp-define-error-responses-401': 'owasp:api8:2023-define-error-responses-401',
  'owasp-integer-format': 'owasp:api4:2023-integer-format',
  'owasp-integer-limit': 'owasp:api4:2023-integer-limit',
  'owasp-jwt-best-practices': 'owasp:api2:2023-jwt-best-practices',
  'owasp-no-additionalProperties': 'owasp:api3:2023-no-additionalProperties',
  'owasp-no-api-keys-in-url': 'owasp:api2:2023-no-api-keys-in-url',
  'owasp-no-credentials-in-url': 'owasp:api2:2023-no-credentials-in-url',
  'owasp-no-http-basic': 'owasp:api2:2023-no-http-basic',
  'owasp-no-numeric-ids': 'owasp:api1:2023-no-numeric-ids',
  'owasp-protection-global-unsafe': 'owasp:api2:2023-write-restricted',
  'owasp-rate-limit-retry-after': 'owasp:api4:2023-rate-limit-retry-after',
  'owasp-security-hosts-https-oas3': 'owasp:api8:2023-no-server-http',
  'owasp-string-limit': 'owasp:api4:2023-string-limit',
  'owasp-string-restricted': 'owasp:api4:2023-string-restricted',
}

/** Cases that we answer otherwise on purpose, by name. Each was given to the stock `spectral` command (6.16.3) as well. */
const stockAgrees = 'The stock command answers as we do.'
const explained: Record<string, string> = {
  'valid case: additionalProperties set to false (oas3)': stockAgrees,
  'a directly self-referencing document from the filesystem':
    'It refers to its own file by name, which a case without files does not have.',
  'an indirectly self-referencing document from the filesystem': 'It refers to a file that a case without files does not have.',
  TestAuthInsecureSchemes_RunRule: 'The case is about another rule than the one it bears the name of.',
  TestCheckErrorResponse_SecurityEmptyObject_401_Skip: `Vacuum excuses operations that anybody may call; the rule of the set does not. ${stockAgrees}`,
  TestCheckSecurity_SecurityLocalSecurityEmpty: `Vacuum looks at empty alternatives; the rule of the set does not. ${stockAgrees} Our operation-unprotected does.`,
  TestFormatLimit_RunRule_WrongFormat: `Vacuum reads \`type\` as a list; the rule of the set compares it with a text. ${stockAgrees}`,
  TestNoAdditionalProperties_RunRule: `Vacuum reads \`type\` as a list; the rule of the set compares it with a text. ${stockAgrees}`,
}

for (const [suite, ruleset] of Object.entries(rulesets)) {
  const file = join(folder, `${suite}.jsonl`)
  if (!existsSync(file)) {
    console.log(`${suite}: the cases are not here (${file}).`)
    continue
  }
  const cases: Case[] = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
  let agreed = 0
  let known = 0
  for (const one of cases) {
    const { extends: extended, rule } = ruleset(one.rule)
    let value: unknown = one.document
    if (value === undefined && one.documentText !== undefined) value = (await import('yaml')).parse(one.documentText)
    const text = JSON.stringify({ extends: [extended], rules: { [rule]: true } })
    const { findings, notes, problems } = await lintDescription(fragment(value), null, {
      rulesets: [{ path: '.spectral.json', text, from: 'bench' }],
    })
    const found = findings.filter((finding) => finding.rule === rule)
    const agrees = suite === 'vacuum-owasp' ? found.length > 0 === one.expectedCount > 0 : found.length === one.expected.length
    if (agrees) agreed += 1
    else if (one.name in explained) {
      known += 1
      if (shows) console.log(`${suite} ${rule}: ${one.name}\n   ${explained[one.name] ?? ''}`)
    } else if (shows)
      console.log(
        `${suite} ${rule}: ${one.name}\n   expected ${JSON.stringify(one.expected.map((e) => e.path?.join('/')))}\n   found    ${JSON.stringify(found.map((f) => f.place.pointer))} ${notes.join(' ')} ${problems.map((p) => p.message).join(' ')}`,
      )
  }
  const unexplained = cases.length - agreed - known
  console.log(
    `${suite}: ${String(agreed)} of ${String(cases.length)} agree, ${String(known)} differ for a known reason, ${String(unexplained)} differ`,
  )
  if (unexplained > 0) process.exitCode = 1
}
