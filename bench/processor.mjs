/**
 * What the system charges to a process, in nanoseconds by its scheduler, and not in ticks of ten
 * milliseconds: a broadcast is one or two ticks.
 */
import { readdirSync, readFileSync } from 'node:fs'

/**
 * Microseconds of processor time so far: `all` threads, and the `main` one. The difference is the
 * engine's: most of it compiles what has become hot, some collects garbage.
 */
export function processorTime(pid) {
  const time = { all: 0, main: 0 }
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const micros = threadTime(pid, thread)
    time.all += micros
    if (Number(thread) === pid) time.main = micros
  }
  return time
}

/** A thread may have ended since it was listed. */
function threadTime(pid, thread) {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]) / 1000
  } catch (error) {
    if (error.code === 'ESRCH' || (error.code === 'ENOENT' && Number(thread) !== pid)) return 0
    throw error
  }
}

export function since(before, now) {
  return { all: now.all - before.all, main: now.main - before.main }
}

/** Of so many operations, that of one. */
export function perOperation({ all, main }, count) {
  return { all: all / count, main: main / count }
}
