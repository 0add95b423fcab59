/**
 * The users who go on working: a process of their own, so that what an attack costs the attackers' process is not counted as theirs. Tells, beside
 * the times of the answers, how late this process itself was: what the server has no part in.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { User } from './soak-user.mjs'

let users = []
const tasks = {
  async logIn({ port, count }) {
    users = await Promise.all(Array.from({ length: count }, () => User.logIn(port)))
  },
  /** How long each answer took, in milliseconds, sorted. */
  async work({ seconds }) {
    const late = monitorEventLoopDelay({ resolution: 1 })
    late.enable()
    const end = performance.now() + seconds * 1000
    const times = await Promise.all(users.map(user => user.work(end)))
    late.disable()
    return { times: times.flat().sort((a, b) => a - b), late: late.percentile(99) / 1e6 }
  },
  async leave() {
    for (const user of users) user.leave()
  },
}

process.on('disconnect', () => process.exit())
process.on('message', ({ task, ...options }) => void tasks[task](options).then(answer => process.send(answer ?? {})))
