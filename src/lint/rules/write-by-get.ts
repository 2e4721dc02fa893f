/** Reads, by their method, that change data, by their name. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'
import { wordsOf } from '../../sensitive/words.ts'
import type { Operation } from '../../openapi/types.ts'

export const writeByGet = defineRule({
  id: 'write-by-get',
  title: 'A GET operation changes data.',
  why: 'Browsers, crawlers and caches send GET requests unasked and repeat them: a link or an image on any page deletes what its reader may delete, and no preflight and no token stands in between.',
  fix: 'Use POST, PUT, PATCH or DELETE.',
  severity: 'warning',
  confidence: 'likely',
  category: 'API8:2023',
  cwe: 'CWE-650',
  since: '0.1',
  given: operations,
  reports: (operation) => {
    const word = operation.method === 'GET' ? changingWord(operation) : undefined
    if (word === undefined) return null
    return {
      at: operation.node,
      message: `${named(operation)} changes data by its name (\`${word}\`), and anything that follows a link calls it.`,
      direction: 'request',
      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})

/** First words of operation ids and of last segments that can only mean a change. */
const changing = new Set(
  'delete remove destroy drop purge wipe flush truncate create insert update shutdown reboot createdb dropdb resetdb'.split(' '),
)
/** Only in operation ids: as segments these are things as often as acts. */
const changingIds = new Set([
  ...changing,
  'add',
  'set',
  'edit',
  'save',
  'disable',
  'enable',
  'ban',
  'promote',
  'transfer',
  'withdraw',
  'approve',
])

const reading = new Set(
  'get list find read fetch show search check view retrieve describe query can is has count preview new form'.split(' '),
)

/** The telling word, or undefined. What the operation id says wins over the path; forms for creating and editing are reads. */
function changingWord({ operationId, path }: Operation): string | undefined {
  const idWords = wordsOf(operationId?.split('.').at(-1) ?? '')
  const [first = ''] = idWords
  if (reading.has(first)) return undefined
  if (changingIds.has(first)) return isForm(idWords) ? undefined : first
  const fixed = path.split('/').filter((segment) => segment !== '' && !segment.startsWith('{'))
  const last = fixed.at(-1) ?? ''
  const [word = '', ...others] = wordsOf(last)
  const isNoun = last.toLowerCase().startsWith(`${word}s`)
  return changing.has(word) && !isNoun && !isForm(others) ? word : undefined
}

function isForm(words: readonly string[]): boolean {
  return words.some((word) =>
    /^(?:form|meta|metadata|schema|option|template|preview|status|url|info|event|log|history|token|request)$/.test(word),
  )
}
