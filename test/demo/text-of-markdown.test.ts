/** Check runs in a terminal: nothing is lost, nothing is cut. */
import { expect, test } from 'vitest'
import { textOfMarkdown } from './text-of-markdown.ts'

test.each([
  ['a heading and a paragraph', '### ❌ Cannot **merge** `yet`\n\nTwo words.', ['❌ Cannot merge yet', 'Two words.']],
  ['a narrow table', '| A | B |\n|---|:-:|\n| ✅ | two |\n| three | 4 |', ['A      B', '✅     two', 'three  4']],
  [
    'a table too wide',
    '| # | What | Where |\n|---|---|---|\n| 1 | a long sentence about something | a/long/path.yaml:12 |',
    ['1 a long sentence about something', '    Where: a/long/path.yaml:12'],
  ],
  [
    'a folded list',
    '<details><summary>Reached (2)</summary>\n\n- `GET /a`\n- `GET /b`\n\n</details>',
    ['▸ Reached (2)', '• GET /a', '• GET /b'],
  ],
  ['a quotation', '> one\n> two', ['│ one', '│ two']],
  ['a hidden marker', '<!-- specgate:x -->\n\n<sub>small</sub>', ['small']],
  [
    'a long sentence',
    'one two three four five six seven eight nine ten eleven',
    ['one two three four five six seven eight', 'nine ten eleven'],
  ],
])('%s', (_, markdown, lines) => {
  expect(textOfMarkdown(markdown, 40)).toEqual(lines)
})
