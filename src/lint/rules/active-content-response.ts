/** Answers that a browser would run, in an API that otherwise speaks JSON. */
import { operations, wholeOperation } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { named } from '../sentences.ts'

export const activeContentResponse = defineRule({
  id: 'active-content-response',
  title: 'An operation answers with content that browsers run.',
  why: 'HTML and SVG made from stored data run scripts in the API’s own origin.',
  fix: 'Answer with JSON, or send `Content-Disposition: attachment` and a strict `Content-Security-Policy` and describe them.',
  severity: 'warning',
  confidence: 'likely',
  category: 'API8:2023',
  cwe: 'CWE-79',
  since: '0.1',
  given: operations,
  reports: (operation) => {
    const active = operation.responses
      .filter(({ status }) => status.startsWith('2'))
      .flatMap(({ content }) => content.filter((media) => activeContent.test(media.type)))
    const speaksJson = operation.responses.some(({ content }) => content.some((media) => /json/i.test(media.type)))
    const [media] = active
    if (media === undefined || !speaksJson) return null
    return {
      at: operation.node,
      message: `${named(operation)} may answer with \`${media.type}\`, which browsers run.`,
      direction: 'response',
      uses: () => [wholeOperation(operation)],
      identity: { by: 'uses' },
    }
  },
})

const activeContent = /^(?:text\/html|application\/xhtml\+xml|image\/svg\+xml)\b/i
