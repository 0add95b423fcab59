/**
 * The budget: every figure that is measured, by section, row and name. `measure` of a row answers a
 * figure by its name, or by what `of` says.
 *
 * - `judge`: what is held against the bounds. `ratio` (unless it says otherwise): ours to that of
 *   the server `against` (the bare one), round by round. `difference`: ours less theirs. `value`:
 *   ours.
 * - `must` is where we stop to find out why, `superb` is where we want to be; `atLeast` where more
 *   is better. Without them nothing is judged.
 * - `before` is what it was when the bounds were set.
 * - `judgedOn`: the Node on which the bounds hold, where they do not hold on each.
 * - `exact`: it is the same in each round.
 * - `guard`: above this value, on the Node of `GUARDED_NODE`, `npm run bench:guard` fails.
 */
export const GUARDED_NODE = 20

const VALUE = { judge: 'value' }
const DIFFERENCE = { judge: 'difference' }
const PACKETS = { against: 'packets' }
const READY = { against: 'ready' }
/** Counts of calls, the same in each round: a guard need leave little above them. */
const EXACT = { ...VALUE, exact: true }
/** On another Node they are only told: each compiles in its own way. */
const GUARDED = { judgedOn: GUARDED_NODE }

/**
 * Absolute: the bare server keeps nothing of a session, so that a multiple of what Node's socket
 * takes would say nothing of ours.
 */
const SESSION = { ...VALUE, ...atMost(5.5, 3.6) }

const COUNTS = {
  'count-keys': {
    functions: figure('functions optimised, 2000 keys', '', VALUE, GUARDED, atMost(38, 28, '53'), guard(57)),
    bytes: figure('allocated for each of 4000 keys', 'KiB', VALUE, atMost(2, 1.6, '2.5'), guard(2.65)),
  },
  'count-storm': {
    functions: figure('functions optimised, storm of 1000', '', VALUE, GUARDED, atMost(75, 50, '109'), guard(110)),
    bytes: figure('allocated for each of 1000 connections', 'KiB', VALUE, atMost(16, 11, '22.9'), guard(23.5)),
  },
  walks: {
    keyCalls: figure('calls for a key at the end of a line', '', EXACT, atMost(100, 70, '134'), guard(57)),
    keyFiles: figure('files on the way of a key', '', EXACT, atMost(24, 18, '29'), guard(24)),
    commandCalls: figure('calls for Enter behind a command', '', EXACT, atMost(210, 150, '275'), guard(155)),
    commandFiles: figure('files on the way of a command', '', EXACT, atMost(42, 30, '54'), guard(48)),
    messageCalls: figure('calls for a message to an idle session', '', EXACT, atMost(85, 60, '116'), guard(63)),
    messageFiles: figure('files on the way of a message', '', EXACT, atMost(19, 14, '24'), guard(22)),
  },
}

const COLD = {
  start: {
    prompt: figure('start → first prompt, over the bare one’s', 'ms', DIFFERENCE, atMost(90, 60, '+216; +165')),
  },
  connect: {
    p50: figure('connect → first prompt, connections 20–220, p50', 'µs', atMost(2.5, 1.8, '3.4 ×')),
    cpu: figure('the same, CPU for each, closing included', 'µs'),
  },
  storm: {
    first: figure('storm of 1000, CPU for each', 'µs', atMost(4.5, 3, '6–8 ×')),
    later: figure('4th to 8th storm in one process', 'µs', atMost(2.5, 1.8, '≈ 3 ×')),
    firstPackets: figure('storm of 1000, the bare one with the same packets', 'µs', of('first'), PACKETS),
    laterPackets: figure('4th to 8th storm, the bare one with the same packets', 'µs', of('later'), PACKETS),
    lost: figure('of 8000, not in', '', VALUE, atMost(0, 0)),
  },
  'storm-mute': {
    first: figure('storm, clients that never negotiate', 'µs', atMost(2.4, 1.8, '3.2 ×')),
    later: figure('4th to 8th such storm', 'µs'),
    firstPackets: figure('such a storm, the bare one with the same packets', 'µs', of('first'), PACKETS),
    laterPackets: figure('4th to 8th such storm, the same packets', 'µs', of('later'), PACKETS),
    lost: figure('of 8000, not in', '', VALUE, atMost(0, 0)),
  },
  keys: {
    first: figure('CPU per key, keys 1–100, one client', 'µs'),
    next: figure('CPU per key, keys 100–2000', 'µs', atMost(1.6, 1.3, '1.8–2.5 ×')),
    warm: figure('CPU per key, keys 10 k–30 k', 'µs', atMost(1.3, 1.2)),
  },
  commands: {
    first: figure('CPU per command, commands 1–1000, one client', 'µs', atMost(3.5, 2, '4.6 ×')),
    warm: figure('CPU per command, commands 10 k–30 k', 'µs'),
  },
  broadcast: {
    first: figure('message to 1000 half-typed lines, 1st, CPU for each', 'µs', atMost(3, 2, '4.5 ×')),
    steady: figure('4th to 20th such message, median', 'µs', atMost(1.5, 1.2, '1.5 ×')),
    worst: figure('the worst of them, over their median', '', VALUE, atMost(2.5, 1.6)),
  },
  bulk: {
    rateFirst: figure('bulk, 1st 64 MiB; the bare one ready-made', 'MiB/s', READY),
    rateSecond: figure('bulk, 2nd 64 MiB; the bare one ready-made', 'MiB/s', READY, atLeast(0.8, 0.9, '0.55 ×')),
    cpuSecond: figure('the same, CPU for each MiB', 'µs', READY, atMost(3.3, 2.5, '5.1 ×')),
    rateWarm: figure('bulk, 4th 64 MiB; the bare one ready-made', 'MiB/s', READY),
    cpuWarm: figure('the same, CPU for each MiB', 'µs', READY),
    rateConverting: figure('bulk, 4th 64 MiB; the bare one converts', 'MiB/s', of('rateWarm'), atLeast(0.8, 0.95)),
    cpuConverting: figure('the same, CPU for each MiB', 'µs', of('cpuWarm')),
  },
}

const COLD_SSH = {
  'ssh-start': {
    prompt: figure('start → first prompt, over the bare one’s', 'ms', DIFFERENCE),
  },
  'ssh-connect': {
    p50: figure('connect → first prompt, connections 20–220, p50', 'µs'),
    cpu: figure('the same, CPU for each', 'µs'),
  },
  'ssh-commands': {
    first: figure('CPU per command, commands 1–1000, one client', 'µs'),
    warm: figure('CPU per command, commands 5000–10 k', 'µs'),
  },
  'ssh-bulk': {
    rateFirst: figure('bulk, 1st 64 MiB; the bare one ready-made', 'MiB/s', READY),
    rateSecond: figure('bulk, 2nd 64 MiB; the bare one ready-made', 'MiB/s', READY, atLeast(0.7, 0.9, '0.46 ×')),
    cpuSecond: figure('the same, CPU for each MiB', 'µs', READY),
    rateConverting: figure('bulk, 4th 64 MiB; the bare one converts', 'MiB/s', of('rateWarm'), atLeast(0.8, 0.95)),
    cpuConverting: figure('the same, CPU for each MiB', 'µs', of('cpuWarm')),
  },
}

const WARM = {
  prompt: {
    speaking: figure('connect → first prompt, p50', 'µs', atMost(2.5, 1.7)),
    mute: figure('the same, a client that never negotiates', 'µs', atMost(2.5, 1.7)),
  },
  crowd: {
    few: figure('CPU per command, 50 clients', 'µs', atMost(1.5, 1.2)),
    many: figure('CPU per command, 200 clients', 'µs', atMost(1.5, 1.2)),
    p50: figure('command to prompt, 50 clients, p50', 'µs'),
  },
  pipelined: {
    rate: figure('pipelined commands, one client, 200 k', 'k/s', VALUE, atLeast(500, 1200)),
    cpu: figure('the same, CPU for each', 'µs'),
    line: figure('the same, a client in line mode', 'k/s', VALUE, atLeast(500, 1200)),
    linear: figure('rate at 200 k to that at 20 k', '', VALUE, atLeast(0.8, 0.95)),
  },
  typing: {
    one: figure('keystroke echo, 1 typing, p50', 'µs', atMost(1.5, 1.2)),
    many: figure('keystroke echo, 200 typing, p50', 'µs', atMost(1.5, 1.2)),
    cpuOne: figure('CPU per key, 1 typing', 'µs', atMost(1.3, 1.2)),
    cpuMany: figure('CPU per key, 200 typing', 'µs', atMost(1.3, 1.2)),
  },
  stalled: {
    p99: figure('others’ p99 while one has stopped reading 64 MiB', 'µs', atMost(2, 1.2)),
    cpu: figure('the same, CPU per command of theirs', 'µs'),
  },
  idle: {
    memory: figure('live memory for each of 5000 idle sessions', 'KiB', SESSION),
    used: figure('the same, each having run a command', 'KiB', SESSION),
    cpu: figure('CPU of 5000 idle sessions', '%', VALUE, atMost(0.5, 0)),
  },
  leftovers: {
    left: figure('left of each of 3000 closed by FIN, RST, in mid-command', 'KiB', VALUE, atMost(1, 0.1)),
    missed: figure('of them, ends that were not told', '', VALUE, atMost(0, 0)),
  },
  growth: {
    quick: figure('memory growth in 64 MiB, quick reader', 'MiB', VALUE, atMost(8, 5)),
    stalled: figure('memory growth, reader standing still', 'MiB', VALUE, atMost(2, 0.5)),
  },
}

const WARM_SSH = {
  'ssh-prompt': {
    prompt: figure('connect → first prompt, p50', 'µs', atMost(1.2, 1)),
    handshake: figure('connection and login, CPU for each', 'µs', atMost(1.2, 0.8)),
  },
  'ssh-hybrid': {
    handshake: figure('the same with ML-KEM, the bare one with curve25519', 'µs'),
  },
  'ssh-crowd': {
    cpu: figure('CPU per command, 50 clients', 'µs', atMost(1.5, 1.2)),
    p50: figure('command to prompt, 50 clients, p50', 'µs'),
  },
  'ssh-chacha': {
    rate: figure('bulk, 64 MiB, chacha20-poly1305', 'MiB/s', atLeast(0.8, 0.95)),
    cpu: figure('the same, CPU for each MiB', 'µs'),
  },
  'ssh-idle': {
    memory: figure('live memory for each of 1000 idle sessions', 'KiB', atMost(1.3, 1.1)),
  },
  'ssh-garbage': {
    calm: figure('command to prompt, 20 clients one after another, p99', 'µs'),
    attacked: figure('the same while 20 connections a second send garbage', 'µs'),
    cpu: figure('the same, CPU for each of those connections', 'µs'),
  },
}

const SCALE = {
  sessions: Object.fromEntries(
    [10, 100, 1000, 5000].map(count => [`sessions${count}`, figure(`CPU per command, ${count} sessions at it`, 'µs')]),
  ),
  registry: { cpu: figure('CPU per command, 50 clients, 2000 commands more', 'µs') },
  line: Object.fromEntries(
    [1, 100, 1000, 10_000].flatMap(length => [
      [`end${length}`, figure(`CPU per key at the end of ${length} characters`, 'µs')],
      [`start${length}`, figure(`CPU per key at the start of ${length} characters`, 'µs')],
    ]),
  ),
  history: {
    cpu: figure('CPU per command, one client, history full with 1000', 'µs'),
    recall: figure('CPU per key that recalls an entry of it', 'µs'),
  },
  'long-history': {
    cpu: figure('CPU per command, one client, history full with 100,000', 'µs'),
    recall: figure('CPU per key that recalls an entry of it', 'µs'),
  },
}

/** Each section is a table of `docs/PERFORMANCE.md`; in the order in which all is measured. */
export const BUDGET = {
  counts: COUNTS,
  cold: COLD,
  'cold-ssh': COLD_SSH,
  warm: WARM,
  'warm-ssh': WARM_SSH,
  scale: SCALE,
}

/** The figures of every row, by its name. */
export const FIGURES = Object.assign({}, ...Object.values(BUDGET))

function figure(name, unit, ...more) {
  return Object.assign({ name, unit }, ...more)
}

function atMost(must, superb, before) {
  return { must, superb, before }
}

function atLeast(must, superb, before) {
  return { must, superb, before, atLeast: true }
}

function of(measured) {
  return { of: measured }
}

function guard(highest) {
  return { guard: highest }
}
