import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { diffSarif, lintSarif, reviewSarif } from '../../src/render/sarif.ts'
import { apiReview, change, diffResult, fingerprint, judgedFinding, lintFinding, lintResult, place, problem, review } from '../builders.ts'
import { hostileTexts } from './hostile-texts.ts'
import { stories } from './stories.ts'

/** The parts of SARIF 2.1.0 that GitHub reads, as strict as the standard and GitHub's documented limits make them. */
const message = { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } } }
const location = {
  type: 'object',
  required: ['physicalLocation'],
  properties: {
    physicalLocation: {
      type: 'object',
      required: ['artifactLocation', 'region'],
      properties: {
        artifactLocation: {
          type: 'object',
          required: ['uri'],
          // A relative reference without scheme, query, fragment or leading slash (RFC 3986).
          properties: {
            uri: { type: 'string', pattern: "^(?!/)(?:[A-Za-z0-9\\-._~!$&'()*+,;=@/]|%[0-9A-F]{2})+$" },
            uriBaseId: { const: '%SRCROOT%' },
          },
        },
        region: {
          type: 'object',
          required: ['startLine'],
          properties: {
            startLine: { type: 'integer', minimum: 1 },
            startColumn: { type: 'integer', minimum: 1 },
            endLine: { type: 'integer', minimum: 1 },
          },
          additionalProperties: false,
        },
      },
    },
  },
}
const level = { enum: ['none', 'note', 'warning', 'error'] }
const sarifSchema = {
  type: 'object',
  required: ['version', 'runs', '$schema'],
  properties: {
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        required: ['tool', 'results', 'automationDetails'],
        properties: {
          automationDetails: { type: 'object', required: ['id'], properties: { id: { type: 'string', pattern: '/$' } } },
          tool: {
            type: 'object',
            required: ['driver'],
            properties: {
              driver: {
                type: 'object',
                required: ['name', 'rules', 'semanticVersion'],
                properties: {
                  rules: {
                    type: 'array',
                    maxItems: 25_000,
                    uniqueItems: true,
                    items: {
                      type: 'object',
                      required: ['id', 'shortDescription', 'fullDescription', 'help', 'defaultConfiguration', 'properties'],
                      properties: {
                        id: { type: 'string' },
                        shortDescription: message,
                        fullDescription: message,
                        help: message,
                        defaultConfiguration: { type: 'object', properties: { level } },
                        properties: {
                          type: 'object',
                          properties: {
                            tags: { type: 'array', maxItems: 10, items: { type: 'string', minLength: 1 } },
                            'security-severity': { type: 'string', pattern: '^\\d+\\.\\d$' },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          invocations: {
            type: 'array',
            items: {
              type: 'object',
              required: ['executionSuccessful'],
              properties: {
                executionSuccessful: { type: 'boolean' },
                toolExecutionNotifications: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['message'],
                    properties: { message, level, locations: { type: 'array', items: location } },
                  },
                },
              },
            },
          },
          results: {
            type: 'array',
            maxItems: 5000,
            items: {
              type: 'object',
              required: ['ruleId', 'ruleIndex', 'level', 'message', 'partialFingerprints'],
              properties: {
                ruleId: { type: 'string' },
                ruleIndex: { type: 'integer', minimum: 0 },
                level,
                message,
                locations: { type: 'array', minItems: 1, items: location },
                partialFingerprints: { type: 'object', additionalProperties: { type: 'string', minLength: 1 } },
                suppressions: {
                  type: 'array',
                  items: { type: 'object', required: ['kind'], properties: { kind: { enum: ['inSource', 'external'] } } },
                },
              },
            },
          },
        },
      },
    },
  },
}

const validate = new Ajv({ allErrors: true, strict: false }).compile(sarifSchema)
const tool = { version: '0.1.0', rulesUrl: 'https://docs.acme.example/rules/' }

function parsed(sarif: string) {
  const log = JSON.parse(sarif)
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true)
  const [run] = log.runs
  for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
  return run
}

test.each(Object.entries(stories))('the story of %s is valid SARIF', (_, story) => {
  const review = story()
  expect(parsed(reviewSarif(review, tool)).results).toHaveLength(review.findings.length)
})

test.each(hostileTexts.map((text) => [JSON.stringify(text).slice(0, 60), text]))('%s leaves SARIF valid', (_, text) => {
  const finding = judgedFinding({ message: text, why: text, fix: text, place: place({ file: `specs/${text}`, line: 0, column: 0 }) })
  parsed(reviewSarif(review({ findings: [finding], gaps: [text], apis: [apiReview({ notes: [text] })] }), tool))
  parsed(
    diffSarif(
      diffResult({ changes: [change({ message: text, head: place({ file: `a/${text}` }) })], problems: [problem({ message: text })] }),
      tool,
    ),
  )
  parsed(lintSarif(lintResult({ findings: [lintFinding({ message: text })], notes: [text] }), tool))
})

test('a result names its rule, line, weakness and a fingerprint that survives moves', () => {
  const finding = judgedFinding({
    category: 'API3:2023',
    cwe: 'CWE-522',
    place: place({ file: 'specs/a b.yaml', line: 88 }),
    security: 'exposure',
  })
  const run = parsed(reviewSarif(review({ findings: [finding] }), tool))
  expect(run.results[0]).toMatchObject({
    ruleId: 'response-property-removed',
    level: 'error',
    locations: [{ physicalLocation: { artifactLocation: { uri: 'specs/a%20b.yaml' }, region: { startLine: 88 } } }],
    partialFingerprints: { 'specgate/v1': finding.fingerprint },
  })
  expect(run.tool.driver.rules[0].properties.tags).toEqual([
    'security',
    'external/owasp/api3:2023',
    'external/cwe/cwe-522',
    'breaking',
    'exposure',
  ])
})

test('what is settled is suppressed, what could not be read makes the run unsuccessful', () => {
  const settled = judgedFinding({ settled: 'waived', fingerprint: fingerprint('abcdef') })
  expect(parsed(reviewSarif(review({ findings: [settled] }), tool)).results[0].suppressions).toMatchObject([
    { kind: 'external', justification: 'waived' },
  ])
  const unread = review({ apis: [apiReview({ state: 'not-evaluated', problems: [problem()] })] })
  expect(parsed(reviewSarif(unread, tool)).invocations[0]).toMatchObject({ executionSuccessful: false })
})

test('more results than GitHub keeps are cut, and the cut is said', () => {
  const findings = Array.from({ length: 5001 }, () => lintFinding())
  const run = parsed(lintSarif(lintResult({ findings }), tool))
  expect(run.results).toHaveLength(5000)
  expect(run.invocations[0].toolExecutionNotifications.at(-1).message.text).toBe('1 more results were left out.')
})
