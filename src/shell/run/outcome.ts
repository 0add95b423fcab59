/** A status now, where nothing had to be waited for; most commands end at once, and cost no promise. */
export type Outcome = number | Promise<number>
