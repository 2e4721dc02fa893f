/** Objects about people that protected operations return, returned by an open one too. */
import { responseSchemas } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { isOpen } from '../security.ts'
import { listed, namedAll } from '../sentences.ts'
import { componentOf } from '../identity.ts'
import { wordsOf } from '../../sensitive/words.ts'

export const responseUserObjectInPublic = defineRule({
  id: 'response-user-object-in-public',
  title: 'An open operation returns the object that protected operations return.',
  why: 'A schema made for the signed-in user usually holds more than the public may see; adding a property to it later publishes that property.',
  fix: 'Return a schema of its own from the public operation, with only what the public may see.',
  severity: 'warning',
  confidence: 'likely',
  category: 'API3:2023',
  cwe: 'CWE-213',
  since: '0.1',
  given: responseSchemas,
  reports: ({ visit, uses }) => {
    const component = componentOf(visit.node.pointer)
    if (component === null || component.rest !== '' || !isPerson(component.name)) return null
    const answers = uses().filter(({ operation, status }) => operation.kind === 'operation' && /^(?:2|default)/.test(status ?? ''))
    const open = answers.filter(({ operation }) => isOpen(operation))
    if (open.length === 0 || open.length === answers.length) return null
    return {
      at: visit.node,
      message: (reached) =>
        `${namedAll(reached)} requires no authentication and returns ${listed([component.name])}, which protected operations return as well.`,
      direction: 'response',
      sensitivity: ['personal'],
      uses: () => open,
      identity: { by: 'uses' },
    }
  },
})

const people = new Set(['user', 'account', 'customer', 'member', 'person', 'patient', 'employee', 'subscriber', 'profile'])

/** The last word of the name, or the one before `response`, `dto` and the like. */
function isPerson(component: string): boolean {
  const [section, ...name] = component.split('/')
  const words = wordsOf(name.join('/')).filter((word) => !/^(?:response|result|dto|model|schema|object|detail|full|base)$/.test(word))
  return section === 'schemas' && people.has(words.at(-1) ?? '')
}
