/**
 * For tests of shells: a user without a network, a screen without a window, and a clock that moves
 * only on request. Reading screens needs the packages `@xterm/headless` and
 * `@xterm/addon-unicode11`.
 */
export { connect, TestClient } from './client.ts'
export type { ConnectOptions } from './client.ts'
export { ManualClock } from './manual-clock.ts'
export { MemoryConnection } from './memory-connection.ts'
export type { MemoryConnectionOptions } from './memory-connection.ts'
export type { Screenshot } from './screen.ts'
export type { Key } from '../terminal/key.ts'
