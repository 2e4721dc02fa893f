/**
 * Runs a ruleset through spectral-core, by its public interface. The engine gets a parsed document, never text, a file or an address; every rule
 * is given `$` only, so it compiles nobody's expression. What a rule finds is kept by us: the engine sees a ticket, and says with which severity it counts.
 */
import { Spectral } from '@stoplight/spectral-core'
import type { RulesetDefinition, Ruleset } from '@stoplight/spectral-core'
import type { Severity } from '../model/finding.ts'
import { referenceTarget } from '../openapi/reference-target.ts'
import type { ApiDescription } from '../openapi/types.ts'
import { textField } from '../openapi/values.ts'

/** Maps and lists within each other that are searched for references. */
const maxDepth = 600

export interface TicketResult {
  readonly rule: string
  readonly ticket: number
  readonly severity: Severity
}

/** Hands out tickets for what rules find. */
export interface TicketOffice<Found> {
  readonly issue: (found: Found) => { readonly message: string; readonly path: [] }
  readonly redeem: (ticket: number) => Found | undefined
}

/** An office with no tickets out. */
export function ticketOffice<Found>(): TicketOffice<Found> {
  const issued: Found[] = []
  return {
    issue: (found) => ({ message: String(issued.push(found) - 1), path: [] }),
    redeem: (ticket) => issued[ticket],
  }
}

type Resolver = NonNullable<NonNullable<ConstructorParameters<typeof Spectral>[0]>['resolver']>

/**
 * Runs the ruleset, whose functions answer with tickets. `written` is the document as the functions should see it, `resolved` the same with references followed.
 * Throws what the engine throws; functions contain their own failures.
 */
export async function runThroughSpectral(
  ruleset: Ruleset | RulesetDefinition,
  api: ApiDescription,
  { written, resolved }: { readonly written: unknown; readonly resolved: unknown },
): Promise<readonly TicketResult[]> {
  const resolver: unknown = {
    uriCache: {},
    resolve: () => Promise.resolve({ result: resolved, graph: graphOf(api), errors: [], refMap: {} }),
  }
  if (!isResolver(resolver)) return []
  const spectral = new Spectral({ resolver })
  spectral.setRuleset(ruleset)
  // A plain object on purpose: the engine writes out and parses again whatever it does not recognise, its own `ParsedDocument` included.
  const parsed = { data: written, diagnostics: [], ast: undefined, lineMap: undefined }
  const results = await spectral.run(
    { parsed, getLocationForJsonPath: () => undefined, source: sourceOf(api.path) },
    { ignoreUnknownFormat: true },
  )
  return results.flatMap(({ code, message, severity }) =>
    /^\d+$/.test(message) ? [{ rule: String(code), ticket: Number(message), severity: severityOf(severity) }] : [],
  )
}

/** Where the engine believes the document to be: below a folder of its own, so that no path leaves it. */
export function sourceOf(path: string): string {
  return `/repository/${path}`
}

/** What functions that look for unused components ask: every place that a reference names. */
function graphOf(api: ApiDescription): unknown {
  const source = sourceOf(api.path)
  const places = (): readonly string[] => [...referencedPlaces(api)].map((pointer) => `${source}#${pointer}`)
  return { getNodeData: () => ({ refMap: {} }), overallOrder: places }
}

/** Pointers into the root document that references of any of its files lead to. */
function referencedPlaces(api: ApiDescription): ReadonlySet<string> {
  const places = new Set<string>()
  const visit = (file: string, value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > maxDepth) return
    const ref = textField(value, '$ref')
    const target = ref === null ? null : referenceTarget(file, ref)
    if (target !== null && !('refused' in target) && target.file === api.path) places.add(target.fragment)
    for (const child of Object.values(value)) visit(file, child, depth + 1)
  }
  for (const { path, value } of api.documents.values()) visit(path, value, 0)
  return places
}

function isResolver(value: unknown): value is Resolver {
  return typeof value === 'object' && value !== null && 'resolve' in value && typeof value.resolve === 'function'
}

/** Spectral's error, warn, info and hint (LSP 3.17, DiagnosticSeverity, from 0). */
export function severityOf(diagnostic: number): Severity {
  return diagnostic === 0 ? 'error' : diagnostic === 1 ? 'warning' : 'notice'
}
