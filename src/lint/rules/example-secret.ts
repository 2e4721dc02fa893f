/** Real-looking keys and tokens anywhere in the text of a description. The value itself is never repeated. */
import { defineRule } from '../rule.ts'
import { longTexts } from '../texts.ts'
import { isMadeUp, shapeOf } from '../../sensitive/value-shapes.ts'

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
  given: longTexts,
  reports: ({ text, node, key }) => {
    const shape = shapeOf(text)
    if (shape === null || !shape.usable || key === '$ref' || key === 'pattern' || isMadeUp(text)) return null
    return {
      at: node,
      message: `The text under \`${key === '' ? 'a list' : key}\` contains ${shape.name}.`,
      sensitivity: [shape.sensitivity],
      identity: { by: 'value', value: text },
    }
  },
})
