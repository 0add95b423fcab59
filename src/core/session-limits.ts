/** Limits that only a session itself can keep. */
export interface SessionLimits {
  /** Milliseconds to log in, and wrong tries, where the shell does not say. */
  readonly loginTimeout: number
  /** Failed attempts before the session ends. */
  readonly maxLoginTries: number
  /** Inputs of one connection that are run in a second; more wait. */
  readonly maxCommandsPerSecond: number
  /** How much of messages may be queued for a slow reader, in characters. */
  readonly maxQueuedMessages: number
  /** What becomes of messages beyond that. */
  readonly slowReader: 'drop' | 'end'
}

/** What each is where nobody says. */
export const SESSION_LIMITS: SessionLimits = {
  loginTimeout: 120_000,
  maxLoginTries: 3,
  maxCommandsPerSecond: 1000,
  maxQueuedMessages: 64 * 1024,
  slowReader: 'drop',
}
