/** What a description says about its own ownership, stability and audience, for the policy. Base wins: a pull request cannot hand itself to another owner. */
import type { ApiFacts, ElementFacts, Stability, Visibility } from '../model/api-facts.ts'
import { entriesOfMap, entryNodes, followedMap, mapNode, childNode, rootNode } from './nodes.ts'
import { rawOperations, rawWebhooks, type RawOperation } from './operations.ts'
import type { ApiDescription, JsonObject, Node } from './types.ts'
import { field, flagField, isList, isObject, textField, textsField } from './values.ts'

/** The facts of a description that exists on at least one side; with neither, empty facts. */
export function apiFacts(base: ApiDescription | null, head: ApiDescription | null, id: string): ApiFacts {
  const shown = head ?? base
  const ruling = base ?? head
  return {
    id,
    path: shown?.path ?? '',
    title: textField(infoOf(shown), 'title') ?? '',
    files: [...new Set([base, head].flatMap((api) => [...(api?.documents.keys() ?? [])]))],
    version: { base: versionOf(base), head: versionOf(head) },
    sides: base === null ? 'head' : head === null ? 'base' : 'both',
    owners: documentOwners(ruling),
    stability: firstOf(documentParts(ruling), stabilityOf),
    visibility: firstOf(documentParts(ruling), visibilityOf),
    operations: elements(operationFacts, base, head),
    components: elements(componentFacts, base, head),
    tagOwners: Object.fromEntries(tagOwnersOf(ruling)),
    ownersAtHead: head === null ? [] : allOwners(head),
    ownersAtBase: base === null ? [] : allOwners(base),
  }
}

function versionOf(api: ApiDescription | null): string | null {
  const version = field(infoOf(api), 'version')
  return typeof version === 'string' || typeof version === 'number' ? String(version) : null
}

/** The Info Object, wherever it is kept. */
function infoOf(api: ApiDescription | null): JsonObject | null {
  return api === null ? null : (followedMap(api, childNode(rootNode(api), 'info'))?.value ?? null)
}

/** The root before `info`: the nearer to the whole, the stronger. */
function documentParts(api: ApiDescription | null): readonly unknown[] {
  return api === null ? [] : [api.root, infoOf(api)]
}

function documentOwners(api: ApiDescription | null): readonly string[] {
  return [...new Set(documentParts(api).flatMap(ownersOf))]
}

type Elements = ReadonlyMap<string, ElementFacts>

/** Elements of both sides by name; what base says of one wins over what head says. */
function elements(
  factsOf: (api: ApiDescription, onBase: boolean) => Elements,
  base: ApiDescription | null,
  head: ApiDescription | null,
): Record<string, ElementFacts> {
  const atHead = head === null ? [] : [...factsOf(head, false)]
  const atBase = base === null ? [] : [...factsOf(base, true)]
  return Object.fromEntries(new Map([...atHead, ...atBase]))
}

function operationFacts(api: ApiDescription, onBase: boolean): Elements {
  const raws = [...rawOperations(api), ...rawWebhooks(api)]
  return new Map(raws.map((raw) => [`${raw.key.method} ${raw.key.path}`, factsOfOperation(raw, onBase)]))
}

function factsOfOperation({ node, pathItem }: RawOperation, onBase: boolean): ElementFacts {
  const facts = elementFacts([node.value, pathItem.value], onBase)
  return { ...facts, file: node.file, tags: textsField(node.value, 'tags'), deprecated: flagField(node.value, 'deprecated') }
}

function componentFacts(api: ApiDescription, onBase: boolean): Elements {
  return new Map(
    componentSections(api).flatMap(([section, map]) =>
      entriesOfMap(map).map(
        ([name, node]) =>
          [
            `${section}/${name}`,
            { ...elementFacts([node.value], onBase), file: node.file, deprecated: flagField(node.value, 'deprecated') },
          ] as const,
      ),
    ),
  )
}

/** Swagger 2.0 keeps components at the top; their names here are those of OpenAPI 3. */
const swaggerSections = [
  ['definitions', 'schemas'],
  ['parameters', 'parameters'],
  ['responses', 'responses'],
  ['securityDefinitions', 'securitySchemes'],
] as const

function componentSections(api: ApiDescription): readonly (readonly [string, Node<JsonObject>])[] {
  const root = rootNode(api)
  const written =
    api.version === '2.0'
      ? swaggerSections.map(([key, section]) => [section, childNode(root, key)] as const)
      : entryNodes(api, root, 'components')
  return written.flatMap(([section, node]) => {
    const map = section.startsWith('x-') ? null : mapNode(node)
    return map === null ? [] : [[section, map] as const]
  })
}

/** What the parts say together: the first that says something counts; owners of the first that names any. */
function elementFacts(parts: readonly unknown[], onBase: boolean): ElementFacts {
  return {
    file: '',
    tags: [],
    owners: parts.map(ownersOf).find((owners) => owners.length > 0) ?? [],
    stability: firstOf(parts, stabilityOf),
    visibility: firstOf(parts, visibilityOf),
    deprecated: false,
    sunset: firstOf(parts, sunsetOf),
    onBase,
  }
}

function firstOf<P, T>(parts: readonly P[], read: (part: P) => T | null): T | null {
  for (const part of parts) {
    const found = read(part)
    if (found !== null) return found
  }
  return null
}

function tagOwnersOf(api: ApiDescription | null): ReadonlyMap<string, readonly string[]> {
  const tags = field(api?.root, 'tags')
  const named = (isList(tags) ? tags : []).map((tag) => [textField(tag, 'name') ?? '', ownersOf(tag)] as const)
  return new Map(named.filter(([name, owners]) => name !== '' && owners.length > 0))
}

/** Every owner that is written anywhere in the description, sorted. */
function allOwners(api: ApiDescription): readonly string[] {
  const operations = [...rawOperations(api), ...rawWebhooks(api)].flatMap(({ node, pathItem }) => [
    ...ownersOf(node.value),
    ...ownersOf(pathItem.value),
  ])
  const components = componentSections(api).flatMap(([, map]) => Object.values(map.value).flatMap(ownersOf))
  return [...new Set([...documentOwners(api), ...[...tagOwnersOf(api).values()].flat(), ...operations, ...components])].sort()
}

const ownerKeys = ['x-owner', 'x-owners', 'x-api-owner', 'x-team'] as const

/** `x-owner: "@acme/api"`, a list, a text with several separated by commas or spaces, or a map with `name` or `team`. */
function ownersOf(part: unknown): readonly string[] {
  return ownerKeys.flatMap((key) => {
    const written = field(part, key)
    const items = isList(written) ? written : [written]
    return items.flatMap((item) => {
      const text = typeof item === 'string' ? item : isObject(item) ? (textField(item, 'team') ?? textField(item, 'name')) : null
      return text === null ? [] : splitOwners(text)
    })
  })
}

/** Handles (`@acme/api @bob`) are separated by commas or spaces, other names (`Payments Team`) by commas. */
function splitOwners(text: string): readonly string[] {
  const separator = text.includes('@') ? /[\s,]+/ : /,/
  return text
    .split(separator)
    .map((owner) => owner.trim())
    .filter((owner) => owner !== '')
}

const stabilityWords: ReadonlyMap<string, Stability> = new Map([
  ['draft', 'draft'],
  ['experimental', 'draft'],
  ['wip', 'draft'],
  ['alpha', 'alpha'],
  ['preview', 'beta'],
  ['beta', 'beta'],
  ['stable', 'stable'],
  ['ga', 'stable'],
  ['production', 'stable'],
  ['generally available', 'stable'],
  ['deprecated', 'deprecated'],
  ['legacy', 'deprecated'],
])

/** `x-stability-level` (oasdiff), `x-stability`, `x-state`. */
function stabilityOf(part: unknown): Stability | null {
  return firstOf(
    ['x-stability-level', 'x-stability', 'x-state'],
    (key) => stabilityWords.get(textField(part, key)?.trim().toLowerCase() ?? '') ?? null,
  )
}

const visibilityWords: ReadonlyMap<string, Visibility> = new Map([
  ['public', 'public'],
  ['external', 'public'],
  ['external-public', 'public'],
  ['partner', 'partner'],
  ['external-partner', 'partner'],
  ['internal', 'internal'],
  ['private', 'internal'],
  ['company-internal', 'internal'],
  ['component-internal', 'internal'],
  ['business-unit-internal', 'internal'],
])

/** `x-internal` (Redocly, a flag), `x-audience` (Zalando's words), `x-visibility`. */
function visibilityOf(part: unknown): Visibility | null {
  const flag = field(part, 'x-internal')
  if (flag === true || flag === 'true') return 'internal'
  return firstOf(['x-audience', 'x-visibility'], (key) => visibilityWords.get(textField(part, key)?.trim().toLowerCase() ?? '') ?? null)
}

/** `x-sunset` as an ISO date; a time behind it is dropped, anything else is no date. */
function sunsetOf(part: unknown): string | null {
  return /^\s*(\d{4}-\d{2}-\d{2})(?:[T\s].*)?$/.exec(textField(part, 'x-sunset') ?? '')?.[1] ?? null
}
