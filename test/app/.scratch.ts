import { startApp } from './app.ts'
import { files, users, policy } from './shop.ts'
const app = await startApp()
const { github } = app
github.team('acme', 'api-owners', { members: ['mia', 'tom'] })
const withoutName = users.replace('    name: { type: string }\n', '').replace('[id, name]', '[id]')
const repo = await app.github.createRepository('acme', 'shop', files)
await repo.commit('topic', { 'api/schemas/users.yaml': withoutName })
const pull = await repo.openPullRequest({ author: 'acme', branch: 'topic' })
await pull.waitForCheckRuns({ 'API review': 'failure' })
for (let i = 0; i < 6; i++) {
  const t = Date.now()
  const n = github.requests().length
  const id = pull.checkRuns().at(-1)!.id
  await pull.push({ 'api/schemas/users.yaml': withoutName + '# ' + i + '\n' })
  try {
    await pull.waitForCheckRuns({ 'API review': 'failure', 'API approval': 'in_progress' }, { after: id })
  } catch (e) {
    console.log(String(e))
    console.log(
      github
        .requests()
        .slice(n)
        .map((r) => `${r.at} ${r.method} ${r.path} ${r.status}`)
        .join('\n'),
      github
        .deliveries()
        .slice(-6)
        .map((d) => `${d.event} ${d.action} ${d.status} ${d.deliveredAt}`)
        .join('\n'),
    )
  }
  console.log('push to result', Date.now() - t, 'requests', github.requests().length - n)
}
console.log(app.log())
console.log(
  await (await fetch(`http://127.0.0.1:${app.running().port}/metrics`)).text().then((t) =>
    t
      .split('\n')
      .filter((l) => l.startsWith('specgate') && !l.includes('bucket'))
      .join('\n'),
  ),
)
process.exit(0)
