/** Answers that show how the server works inside. */
import { responseProperties } from '../collections.ts'
import type { Described } from '../described.ts'
import type { PropertySubject } from '../collections.ts'
import { defineRule } from '../rule.ts'
import type { Use } from '../rule.ts'
import { namedAll } from '../sentences.ts'
import { longTexts } from '../texts.ts'
import type { TextSubject } from '../texts.ts'
import { wordsOf } from '../../sensitive/words.ts'

export const errorLeak = defineRule({
  id: 'error-leak',
  title: 'An answer shows how the server works inside.',
  why: 'Stack traces and queries tell attackers the libraries, versions and tables to aim at.',
  fix: 'Return an identifier of the error, and keep the trace in the log.',
  severity: 'warning',
  confidence: 'likely',
  category: 'API8:2023',
  cwe: 'CWE-209',
  since: '0.1',
  given: (described: Described): readonly (PropertySubject | TextSubject)[] => [...responseProperties(described), ...longTexts(described)],
  reports: (subject) => ('text' in subject ? inExample(subject) : inSchema(subject)),
})

const telling = new Set([
  'stack',
  'stack trace',
  'stacktrace',
  'backtrace',
  'traceback',
  'exception',
  'sql',
  'sql query',
  'sql state',
  'debug',
  'debug info',
  'debug message',
  'debug data',
  'debug output',
  'debug trace',
  'debug log',
  'debug information',
  'inner exception',
  'stack track',
])

function inSchema(property: PropertySubject) {
  if (!telling.has(wordsOf(property.name).join(' '))) return null
  const uses = property.uses().filter((use) => isError(use) || isForDevelopers(property))
  if (uses.length === 0) return null
  return {
    at: property.node,
    message: (reached: readonly Use[]) =>
      `\`${property.name}\` in ${reached.every(isError) ? 'an error answer' : 'an answer'} of ${namedAll(reached)} shows how the server works inside.`,
    direction: 'response',
    sensitivity: ['internal'],
    uses: () => uses,
    identity: { by: 'uses' },
  } as const
}

/** Names that are for developers in any answer, where a word like `debug` alone may be a setting that clients read. */
function isForDevelopers({ name, effective }: PropertySubject): boolean {
  const inside = effective.types.some((type) => type === 'string' || type === 'object' || type === 'array')
  return inside && developersOnly.test(wordsOf(name).join(' '))
}

const developersOnly =
  /^(?:debug (?:info|information|data|output|message|log|trace)|stack trace|stacktrace|backtrace|traceback|inner exception|sql query)$/

function isError({ status }: Use): boolean {
  return status === 'default' || /^[45]/.test(status ?? '')
}

/** Lines of stack traces of Java, JavaScript, Python, .NET and Go. */
const frames =
  /\bat [\w$.<>]{3,120}\([\w$.]{1,80}\.(?:java|kt|scala):\d{1,6}\)|\bat .{1,120}\.(?:js|ts|mjs):\d{1,6}:\d{1,6}|Traceback \(most recent call last\)|\bat [\w.]{3,120}\(.{0,120}\) in .{1,120}\.cs:line \d|goroutine \d{1,9} \[running\]/

function inExample({ text, node }: TextSubject) {
  if (!/\/(?:examples?|x-examples?)\//.test(`${node.pointer}/`) || !frames.test(text.slice(0, 4_000))) return null
  return {
    at: node,
    message: 'An example contains a stack trace.',
    direction: 'response',
    sensitivity: ['internal'],
    identity: { by: 'value', value: text },
  } as const
}
