/**
 * GitHub's Markdown for the demo page: GFM, and of raw HTML only the harmless elements GitHub keeps, with no attribute but safe links.
 * What it shows comes from pull requests, so nothing else gets through.
 */
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { escapeHtml, Html } from './html.ts'

/** What GFM itself makes, and what GitHub lets people write. */
const elements = new Set(
  'a blockquote br code del details em h1 h2 h3 h4 h5 h6 hr input kbd li ol p pre strong sub summary sup table tbody td th thead tr ul'.split(
    ' ',
  ),
)
const attributes: Readonly<Record<string, RegExp>> = {
  href: /^(?:https?:\/\/|#|\.{0,2}\/)/i,
  align: /^(?:left|right|center)$/,
  class: /^(?:language-[\w-]+|contains-task-list|task-list-item)$/,
  type: /^checkbox$/,
  checked: /^$/,
  disabled: /^$/,
  open: /^$/,
  start: /^\d+$/,
}

export function renderMarkdown(text: string): Html {
  const rendered = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
  return new Html(sanitise(rendered))
}

/** Rebuilds every tag from its allowed parts; comments go, other tags become text. */
function sanitise(rendered: string): string {
  return rendered.replace(
    /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-zA-Z][\w-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<|>/g,
    (whole: string, slash: string | undefined, name: string | undefined, rest: string | undefined) => {
      if (whole.startsWith('<!--')) return ''
      if (name === undefined || !elements.has(name.toLowerCase())) return escapeHtml(whole)
      return slash === '/' ? `</${name.toLowerCase()}>` : `<${name.toLowerCase()}${allowedAttributes(rest ?? '')}>`
    },
  )
}

function allowedAttributes(written: string): string {
  const found = [...written.matchAll(/([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g)]
  return found
    .map(([, name = '', double, single, bare]) => ({ name: name.toLowerCase(), value: double ?? single ?? bare ?? '' }))
    .filter(({ name, value }) => Object.hasOwn(attributes, name) && attributes[name]?.test(value) === true)
    .map(({ name, value }) => ` ${name}="${value.replaceAll('"', '&quot;')}"`)
    .join('')
}
