/** Messages of rules: `{{property}}` and a few more names are filled in; expressions are refused when the ruleset is read. */
import { isList, isObject } from '../../openapi/values.ts'

export interface MessageFacts {
  readonly error: string
  readonly path: readonly (string | number)[]
  readonly description: string
  readonly value: unknown
}

const names = ['error', 'path', 'property', 'description', 'value'] as const
const printable = ['property', 'value', 'error', 'path', 'description']
const placeholder = /#?\{\{([^{}]{0,200})\}\}/g
/** Values longer than this are cut. */
const longestValue = 200

/** Why a template is refused, or null. */
export function refusedTemplate(template: string): string | null {
  for (const match of template.matchAll(placeholder)) {
    if (match[0].startsWith('#')) {
      if (!isPrint(match[1] ?? '')) return `The message contains the expression \`${match[0].slice(0, 60)}\`; expressions are not run.`
    } else if (!names.some((name) => name === match[1]?.trim()))
      return `The message names \`${match[0].slice(0, 60)}\`, which is not known.`
  }
  return null
}

function isPrint(expression: string): boolean {
  const printed = /^\s*print\(\s*["']?(\w+)["']?\s*\)\s*$/.exec(expression)?.[1]
  return printed !== undefined && printable.includes(printed)
}

/** The message with its names filled in. */
export function filledTemplate(template: string, facts: MessageFacts): string {
  return template.replace(placeholder, (_, inner: string) => {
    const printed = /print\(\s*["']?(\w+)/.exec(inner)?.[1]
    if (printed === 'property') return facts.path.length === 0 ? 'The document ' : `"${propertyOf(facts)}" property `
    return textFor(printed ?? inner.trim(), facts)
  })
}

function textFor(name: string, facts: MessageFacts): string {
  switch (name) {
    case 'error':
      return facts.error
    case 'description':
      return facts.description
    case 'property':
      return propertyOf(facts)
    case 'path':
      return `#${facts.path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`
    default:
      return valueText(facts.value)
  }
}

function propertyOf({ path }: MessageFacts): string {
  return String(path.at(-1) ?? '')
}

function valueText(value: unknown): string {
  if (isList(value)) return 'Array[]'
  if (isObject(value)) return 'Object{}'
  return typeof value === 'string' ? `"${value.slice(0, longestValue)}"` : String(value)
}
