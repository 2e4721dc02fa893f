import { startApp } from './app.ts'
import { files, users, policy } from './shop.ts'
const app = await startApp()
const { github } = app
const withoutName = users.replace('    name: { type: string }\n', '').replace('[id, name]', '[id]')
const lenient = await app.github.createRepository('acme', 'lenient', { ...files, '.github/specgate.yml': 'version: 1\nmode: off\n' })
await lenient.commit('topic', { 'api/schemas/users.yaml': withoutName })
const pull = await lenient.openPullRequest({ author: 'acme', branch: 'topic' })
await pull.waitForCheckRuns({ 'API review': 'success' })
const n = github.requests().length
await lenient.commit('main', { '.github/specgate.yml': policy })
try {
  await pull.waitForCheckRuns({ 'API review': 'failure' }, { timeoutMs: 6000 })
} catch (e) {
  console.log(String(e))
}
console.log(app.log())
console.log(
  github
    .requests()
    .slice(n)
    .map((r) => `${r.method} ${r.path}?${r.query} ${r.status}`)
    .join('\n'),
)
console.log(
  github
    .deliveries()
    .map((d) => `${d.event} ${d.action} ${d.status}`)
    .join('\n'),
)
console.log(JSON.stringify((github.deliveries('push').at(-1)?.payload as any)?.commits))
process.exit(0)
