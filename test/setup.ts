import fc from 'fast-check'

/**
 * Properties walk the same cases each time, so that a red run says that the change is at fault. `ANSWERBACK_SEED=$RANDOM npm run unit` walks others; the
 * long forms (`npm run fuzz`) always do.
 */
fc.configureGlobal({ seed: Number(process.env['ANSWERBACK_SEED'] ?? 1) })
