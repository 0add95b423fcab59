/** What the rounds of a row say of its figures, beside the budget. */
import { summary } from './statistics.mjs'

/**
 * `rounds`: by server, what it came to; `node`: the major version of Node. Answers the figure with
 * `ours` and `theirs` (medians; of processor time `all` and `main`), what is judged as a `summary`,
 * and the verdict; `undefined` where the run has not measured it. A value is judged without a bare
 * server, too, and then has no `theirs`.
 */
export function judged(key, figure, rounds, node) {
  const [ours, theirs] = [rounds[serverOf(rounds, 'ours')], rounds[serverOf(rounds, figure.against ?? 'bare')]].map(
    server => server?.map(round => round[figure.of ?? key]),
  )
  const alone = figure.judge === 'value' && theirs === undefined
  if (!ours?.length || !(theirs?.length || alone) || ours[0] === undefined) return undefined
  const judge = JUDGES[figure.judge ?? 'ratio']
  const outcome = summary(ours.map((value, round) => judge(allOf(value), alone ? undefined : allOf(theirs[round]))))
  return {
    ...figure,
    ours: middleOf(ours),
    theirs: alone ? undefined : middleOf(theirs),
    outcome,
    verdict: (figure.judgedOn ?? node) === node ? verdictOn(outcome.median, figure) : '',
  }
}

const JUDGES = {
  ratio: (ours, theirs) => ours / theirs,
  difference: (ours, theirs) => ours - theirs,
  value: ours => ours,
}

/** `superb`, `must` or `missed`; nothing where the budget says nothing. */
function verdictOn(value, { must, superb, atLeast = false }) {
  if (must === undefined) return ''
  const reaches = bound => (atLeast ? value >= bound : value <= bound)
  return reaches(superb) ? 'superb' : reaches(must) ? 'must' : 'missed'
}

/** Ours over SSH is `ours-ssh`, and so on. */
function serverOf(rounds, role) {
  return role in rounds ? role : `${role}-ssh`
}

function allOf(value) {
  return typeof value === 'number' ? value : value.all
}

/** `main` only of processor time. */
function middleOf(values) {
  return {
    all: summary(values.map(allOf)).median,
    ...(typeof values[0] === 'number' ? {} : { main: summary(values.map(({ main }) => main)).median }),
  }
}
