/** Repeatable choices: the same seed gives the same ones on every machine. */
export class Choices {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** A number from 0 to below the limit. */
  below(limit: number): number {
    // mulberry32, in the public domain
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }

  /** One of the values, of which there must be some. */
  one<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T
  }

  /** The values in another order. */
  shuffled<T>(values: readonly T[]): readonly T[] {
    const mixed = [...values]
    for (let last = mixed.length - 1; last > 0; last--) {
      const other = this.below(last + 1)
      ;[mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T]
    }
    return mixed
  }
}
