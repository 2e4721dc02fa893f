/** What a description itself says about a property's sensitivity: `x-data-classification`, `x-pii`, `x-sensitive` and their relatives. */
import type { Sensitivity } from '../model/change.ts'

/** A class somebody wrote down; `public` says that the property is nobody's secret. */
export type Classification = Sensitivity | 'public'

/** Extensions whose value names a class, as a text, a list of texts or `{ class: ... }`. */
const classNaming = [
  'x-data-classification',
  'x-classification',
  'x-data-class',
  'x-sensitivity',
  'x-privacy',
  'x-privacy-class',
  'x-data-category',
  'x-gdpr',
  'x-security-classification',
]

/** Extensions that say yes or no, and what a yes means. */
const switches: ReadonlyMap<string, Sensitivity> = new Map([
  ['x-pii', 'personal'],
  ['x-personal-data', 'personal'],
  ['x-personal', 'personal'],
  ['x-personally-identifiable', 'personal'],
  ['x-phi', 'health'],
  ['x-pci', 'financial'],
  ['x-secret', 'credential'],
  ['x-sensitive', 'internal'],
  ['x-confidential', 'internal'],
  ['x-internal-data', 'internal'],
])

const classes: ReadonlyMap<string, Classification> = new Map(
  Object.entries({
    credential: 'secret credential credentials password key restricted-secret',
    token: 'token tokens session',
    personal: 'pii spi personal personal-data personally-identifiable gdpr sensitive-personal special-category identifying contact',
    financial: 'financial payment pci cardholder chd pan bank',
    health: 'phi hipaa health medical',
    internal: 'internal confidential restricted sensitive highly-confidential strictly-confidential company-confidential high',
    public: 'public none non-sensitive open low unclassified',
  } satisfies Record<Classification, string>).flatMap(([name, words]) =>
    words.split(' ').map((word): [string, Classification] => [word, classNamed(name)]),
  ),
)

function classNamed(name: string): Classification {
  switch (name) {
    case 'credential':
    case 'token':
    case 'personal':
    case 'financial':
    case 'health':
    case 'public':
      return name
    default:
      return 'internal'
  }
}

/** The class written on a schema, or null when nothing is written. A class with an unknown name counts as `internal`. */
export function classificationOf(schema: Readonly<Record<string, unknown>>): Classification | null {
  for (const extension of classNaming) {
    const written = Object.hasOwn(schema, extension) ? classWritten(schema[extension]) : null
    if (written !== null) return written
  }
  for (const [extension, meaning] of switches) {
    if (!Object.hasOwn(schema, extension)) continue
    const value = schema[extension]
    if (value === false || value === null) continue
    return classWritten(value) ?? meaning
  }
  return null
}

function classWritten(value: unknown): Classification | null {
  if (typeof value === 'string')
    return value.trim() === '' || /^(?:true|yes)$/i.test(value) ? null : (classes.get(spelling(value)) ?? 'internal')
  if (Array.isArray(value)) return classWritten(value[0])
  if (typeof value !== 'object' || value === null) return null
  const inner = Object.entries(value).find(([key]) => /^(?:class|classification|category|level|type)$/.test(key))
  return inner === undefined ? null : classWritten(inner[1])
}

function spelling(value: string): string {
  return value
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
}
