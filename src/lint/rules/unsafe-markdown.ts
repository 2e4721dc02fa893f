/** Text that runs scripts where the documentation is shown. */
import { defineRule } from '../rule.ts'
import { proseTexts } from '../texts.ts'

export const unsafeMarkdown = defineRule({
  id: 'unsafe-markdown',
  title: 'A description contains active HTML.',
  why: 'Documentation pages and developer portals show descriptions as Markdown; a script in one runs with the reader’s session.',
  fix: 'Remove the HTML; Markdown has links and images of its own.',
  severity: 'error',
  confidence: 'certain',
  category: 'API8:2023',
  cwe: 'CWE-79',
  since: '0.1',
  given: proseTexts,
  reports: ({ text, key, node }) => {
    const bare = text.replace(/```[\s\S]{0,20000}?```/g, '').replace(/`[^`\n]{0,2000}`/g, '')
    return active.test(bare)
      ? { at: node, message: `The text under \`${key}\` contains active HTML.`, identity: { by: 'value', value: text } }
      : null
  },
})

const active =
  /<script\b|<iframe\b|<object\b|<embed\b|<svg\b[^>]{0,500}\bon\w{3,20}\s?=|<[a-z]{1,20}\b[^<>]{0,500}[\s"'/]on(?:click|error|load|mouseover|focus|toggle|begin|animation\w{0,10})\s?=|(?:href|src|action)\s?=\s?["']?\s?javascript:|\]\(\s?javascript:/i
