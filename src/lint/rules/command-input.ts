/** Texts from clients that servers run: commands and queries. */
import { parameters, requestProperties } from '../collections.ts'
import type { ParameterSubject, PropertySubject } from '../collections.ts'
import type { Described } from '../described.ts'
import { defineRule } from '../rule.ts'
import { namedAll } from '../sentences.ts'
import { wordsOf } from '../../sensitive/words.ts'

export const commandInput = defineRule({
  id: 'command-input',
  title: 'A client gives a command or a query that the server may run.',
  why: 'Text that becomes part of a command line or of SQL runs with the server’s own rights: one request reads or deletes everything.',
  fix: 'Take the parts that may vary, each bounded by `enum` or an anchored `pattern`, and build the command or query from bound parameters.',
  severity: 'warning',
  confidence: 'likely',
  category: 'API8:2023',
  cwe: 'CWE-77',
  since: '0.1',
  given: (described: Described): readonly (ParameterSubject | PropertySubject)[] => [
    ...parameters(described).filter(({ parameter }) => parameter.in === 'query' || parameter.in === 'path'),
    ...requestProperties(described),
  ],
  reports: (subject, { settings }) => {
    const inAddress = 'parameter' in subject
    const name = inAddress ? subject.parameter.name : subject.name
    if (!isCommand(name) || !takesAnyText(subject)) return null
    const uses = inAddress ? subject.uses() : subject.uses().filter(({ trail }) => /^(?:\.[\w-]+){1,2}$/.test(trail))
    if (uses.length === 0) return null
    return {
      at: inAddress ? subject.parameter.node : subject.node,
      message: (reached) => `\`${name}\` in requests to ${namedAll(reached)} looks like a command or a query that the server runs.`,
      severity: inAddress || settings.comparing ? 'warning' : 'notice',
      direction: 'request',
      uses: () => uses,
      identity: { by: 'uses' },
    }
  },
})

const commands = new Set([
  'command',
  'cmd',
  'shell',
  'exec',
  'eval',
  'sql',
  'sql query',
  'raw query',
  'raw sql',
  'shell command',
  'bash',
  'system command',
])

/** The name itself, or one that ends in `sql`: `order_by_sql`. */
function isCommand(name: string): boolean {
  const words = wordsOf(name)
  return commands.has(words.join(' ')) || (words.length > 1 && words.at(-1) === 'sql')
}

const restricting = ['enum', 'const', 'pattern', 'format']

function takesAnyText({ effective: { keywords, types } }: ParameterSubject | PropertySubject): boolean {
  const text = types.includes('string') || (types.length === 0 && keywords['properties'] === undefined && keywords['items'] === undefined)
  return text && !restricting.some((keyword) => keyword in keywords)
}
