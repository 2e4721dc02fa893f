/** Names of files from clients, which servers open. */
import { parameters } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { namedAll } from '../sentences.ts'
import { wordsOf } from '../../sensitive/words.ts'

export const filePathInput = defineRule({
  id: 'file-path-input',
  title: 'A client names a file that the server may open.',
  why: 'With `../` in it the name leads anywhere on the disk: configuration, keys, other people’s files.',
  fix: 'Take an identifier instead of a path, or bound the name with an anchored `pattern` without `/` and `\\`.',
  severity: 'notice',
  confidence: 'likely',
  category: 'API8:2023',
  cwe: 'CWE-22',
  since: '0.1',
  given: parameters,
  reports: ({ parameter, operations, effective: { keywords, types }, uses }, { settings }) => {
    if (parameter.in !== 'query' || !(types.length === 0 || types.includes('string')) || restricting.some((keyword) => keyword in keywords))
      return null
    const words = wordsOf(parameter.name).join(' ')
    if (!fileNames.has(words) && !(words === 'path' && operations.every(({ path }) => servesFiles(path)))) return null
    return {
      at: parameter.node,
      message: (reached) =>
        `Query parameter \`${parameter.name}\` of ${namedAll(reached)} may be the path of a file that the server opens.`,
      severity: settings.comparing ? 'warning' : 'notice',
      direction: 'request',
      uses,
      identity: { by: 'uses' },
    }
  },
})

const restricting = ['enum', 'const', 'pattern', 'format']

const fileNames = new Set([
  'file',
  'filename',
  'file name',
  'filepath',
  'file path',
  'local file',
  'template',
  'template path',
  'include',
  'dir',
  'directory',
])

function servesFiles(path: string): boolean {
  return /\/(?:files?|download|read|include|static|raw|content)s?(?:[/-]|$)/i.test(path)
}
