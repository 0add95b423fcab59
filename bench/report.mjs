import { cpus } from 'node:os'

export function heading({ pinned, rounds }) {
  const where = pinned ? 'server and client on a core each' : 'not pinned: taskset is missing'
  return [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus()[0].model} × ${cpus().length}; ${where}; ${rounds} rounds, median (least … greatest)`,
    `${'row'.padEnd(10)} ${'figure'.padEnd(58)} ${'ours'.padStart(9)} ${'bare'.padStart(9)}        ratio (spread)              must   superb`,
  ].join('\n')
}

export function lineOf({ row, name, unit, ours, bare, ratio, must, superb, judge, verdict }) {
  const spread =
    ratio.median > 0 && Number.isFinite(ratio.median)
      ? `${number(ratio.median).padStart(5)} × (${number(ratio.least)} … ${number(ratio.greatest)})`
      : ''
  const bounds =
    must === undefined
      ? ''
      : [must, superb].map(bound => `${bound}${judge === 'value' ? '' : ' ×'}`.padStart(7)).join(' ')
  return `${row.padEnd(10)} ${name.padEnd(58)} ${number(ours.median).padStart(9)} ${number(bare.median).padStart(9)} ${unit.padEnd(5)} ${spread.padEnd(26)} ${bounds} ${verdict}`
}

/** Three digits that count. */
export function number(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
