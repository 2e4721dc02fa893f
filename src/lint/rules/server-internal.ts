/** Servers inside, or for tests, in a description that others read. */
import { addressOf, isLoopback, isPrivate } from '../addresses.ts'
import { servers } from '../collections.ts'
import { defineRule } from '../rule.ts'
import { textField } from '../../openapi/values.ts'

export const serverInternal = defineRule({
  id: 'server-internal',
  title: 'The description names an internal or non-production server.',
  why: 'Names of internal hosts tell attackers where to look, and test servers hold real data more often than anybody believes.',
  fix: 'Publish production servers only, or say in the server’s description that it is a sandbox.',
  severity: 'warning',
  confidence: 'likely',
  category: 'API9:2023',
  cwe: 'CWE-200',
  since: '0.1',
  given: servers,
  reports: ({ server, uses }) => {
    const { host } = addressOf(server.url)
    const inside = isPrivate(host) || isLoopback(host)
    const trial = (host ?? '').split(/[.-]/).some((label) => trialLabels.has(label))
    if (!inside && !trial) return null
    const meant = /sandbox|test|mock|demo|local|develop|staging/i.test(textField(server.node.value, 'description') ?? '')
    return {
      at: server.node,
      message: `Server \`${server.url}\` ${isLoopback(host) ? 'is the reader’s own machine' : inside ? 'stands in a private network' : 'is not a production server'}.`,
      severity: meant || isLoopback(host) ? 'notice' : 'warning',
      uses,
      identity: { by: 'place', name: server.url, content: server.url },
    }
  },
})

/** Whole labels of host names; `attest.example.com` is no test server. */
const trialLabels = new Set([
  'dev',
  'develop',
  'development',
  'test',
  'testing',
  'qa',
  'uat',
  'staging',
  'stage',
  'stg',
  'preprod',
  'preview',
  'int',
  'integration',
])
