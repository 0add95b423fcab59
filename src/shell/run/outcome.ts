/** Exit statuses, as POSIX shells use them: what `ssh host command` ends with. */
export const STATUS = { ok: 0, failed: 1, usage: 2, unknown: 127, interrupted: 130, terminated: 143 } as const

/** A status now, where nothing had to be waited for; most commands end at once, and cost no promise. */
export type Outcome = number | Promise<number>
