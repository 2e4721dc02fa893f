import { openQueue } from '../../src/server/queue.ts'
import { openStore } from '../../src/server/store.ts'
import { setTimeout as sleep } from 'node:timers/promises'
const log: any = { debug() {}, info() {}, warn: (...a: any[]) => console.log(...a), error() {} }
const store = await openStore({ databaseUrl: process.env.DB ?? null, dataDir: '/tmp/stress-' + process.pid }, log)
const queue = await openQueue<any>(store, { concurrency: 4, log, parse: (x: any) => x })
const last = new Map<string, number>(),
  ran = new Map<string, number>(),
  late: number[] = []
const put = new Map<string, number>()
await queue.work(async ({ key, work }) => {
  await sleep(Math.random() * 60)
  if (put.get(key)) late.push(Date.now() - put.get(key)!)
  ran.set(key, Math.max(ran.get(key) ?? 0, work))
  return { kind: 'done' }
})
for (let i = 1; i <= 400; i++) {
  const key = 'k' + Math.floor(Math.random() * 6)
  last.set(key, i)
  put.set(key, Date.now())
  await queue.put({ key, group: 'g' + (i % 2), work: i }, { priority: i % 5 === 0 ? -10 : 0 })
  await sleep(Math.random() * 40)
}
const t = Date.now()
while ([...last].some(([k, n]) => (ran.get(k) ?? 0) < n) && Date.now() - t < 30000) await sleep(10)
console.log(
  'settled after',
  Date.now() - t,
  'missing',
  [...last].filter(([k, n]) => (ran.get(k) ?? 0) < n),
  'max late',
  Math.max(...late),
  'n',
  late.length,
  await queue.depth(),
)
process.exit(0)
