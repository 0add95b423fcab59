/** Limits that only a session itself can enforce. */
export interface SessionLimits {
  /** Milliseconds to log in, and wrong tries, unless the shell sets them. */
  readonly loginTimeout: number
  /** Failed attempts before the session ends. */
  readonly maxLoginTries: number
  /** The most inputs of one connection that run in a second; further ones wait. */
  readonly maxCommandsPerSecond: number
  /** The most messages queued for a slow reader, in characters. */
  readonly maxQueuedMessages: number
  /** What happens to messages beyond that. */
  readonly slowReader: 'drop' | 'end'
}

/** The default limits. */
export const SESSION_LIMITS: SessionLimits = {
  loginTimeout: 120_000,
  maxLoginTries: 3,
  maxCommandsPerSecond: 1000,
  maxQueuedMessages: 64 * 1024,
  slowReader: 'drop',
}
