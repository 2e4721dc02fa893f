/** Real-looking keys and tokens anywhere in the text of a description. The value itself is never repeated. */
import { defineRule } from '../rule.ts'
import { longTexts } from '../texts.ts'
import type { TextSubject } from '../texts.ts'
import { isMadeUp, shapeOf } from '../../sensitive/value-shapes.ts'
import type { ValueShape } from '../../sensitive/value-shapes.ts'

export const exampleSecret = defineRule({
  id: 'example-secret',
  title: 'The description contains what looks like a real key.',
  why: 'Descriptions are published, mirrored and indexed; a key in an example is found by scanners within minutes.',
  fix: 'Revoke the key, then replace it by one that is plainly made up (`sk_live_EXAMPLE`). Removing it from the file does not remove it from the history.',
  severity: 'error',
  confidence: 'likely',
  category: 'API8:2023',
  cwe: 'CWE-798',
  since: '0.1',
  given: (described) => secretsIn(longTexts(described)),
  reports: ({ first, places, shape }) => ({
    at: first.node,
    message: `The text under \`${first.key === '' ? 'a list' : first.key}\` contains ${shape.name}${places > 1 ? `, as do ${String(places - 1)} more` : ''}.`,
    sensitivity: [shape.sensitivity],
    identity: { by: 'value', value: first.text },
  }),
})

interface Secret {
  readonly first: TextSubject
  readonly places: number
  readonly shape: ValueShape
}

/** Keys under which a text is a rule or a reference, never a value. */
const notValues = new Set(['$ref', 'pattern'])

/** Each secret once, however often it is written. */
function secretsIn(texts: readonly TextSubject[]): readonly Secret[] {
  const found = new Map<string, Secret>()
  for (const subject of texts) {
    if (notValues.has(subject.key)) continue
    const known = found.get(subject.text)
    const shape = known?.shape ?? shapeOf(subject.text)
    if (shape === null || !shape.usable || isMadeUp(subject.text)) continue
    found.set(subject.text, { first: known?.first ?? subject, places: (known?.places ?? 0) + 1, shape })
  }
  return [...found.values()]
}
