/**
 * sfc32, a small fast counting generator: same seed, same numbers, on any machine.
 * Doty-Humphrey (2010), PractRand; passes its tests to the terabytes.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(seed: number) {
    this.a = seed | 0
    this.b = Math.floor(seed / 4294967296) | 0
    this.c = 0x9e3779b9 | 0
    for (let k = 0; k < 12; k++) this.next()
  }

  /** 32 random bits, signed. */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0
    return t
  }

  /** Uniform in [0, 1). */
  unit(): number {
    return (this.next() >>> 0) / 4294967296
  }

  /** Uniform integer in [0, below). */
  below(below: number): number {
    return Math.floor(this.unit() * below)
  }

  shuffle(list: Int32Array, length: number): void {
    for (let k = length - 1; k > 0; k--) {
      const other = this.below(k + 1)
      const swap = list[k]
      list[k] = list[other]
      list[other] = swap
    }
  }
}
