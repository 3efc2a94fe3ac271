import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { evaluateSolution, type Format, parseInstance, solveInstance } from '../../solver/index.ts'
import { Random } from '../../solver/random.ts'
import { cvrplibText, lilimText, optionalText } from './generate.ts'
import { type Case, findCases } from './instances.ts'
import { appendRecord, type BenchRecord, keyOf, readRecords } from './records.ts'
import { referee } from './referee.ts'
import { type Finding, signed, summarize } from './report.ts'
import { runFresh } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'milkrun-bench-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('instances', () => {
  test('are those that the list names and the folder holds, each in its class', () => {
    const write = (format: string, list: string, files: readonly string[]) => {
      mkdirSync(join(folder, format))
      writeFileSync(join(folder, format, 'bks.csv'), `instance,vehicles,cost,set\n${list}\n`)
      for (const file of files) writeFileSync(join(folder, format, file), '')
    }
    // 201 nodes are 200 customers; X-n9-k2 is not there
    write('cvrplib', 'X-n201-k9,9,100,cvrp-x\nX-n202-k9,9,100,cvrp-x\nX-n9-k2,2,9,cvrp-x', [
      'X-n201-k9.vrp',
      'X-n202-k9.vrp',
    ])
    write('solomon', 'R101,19,1650.8,solomon\nR101#distance,20,1642.88,solomon\nr1_4_1,40,10372.31,gh400', [
      'R101.txt',
      'r1_4_1.txt',
    ])
    write('optional', 'mro,,5.5,derived', ['mro.json', 'mro.txt'])
    expect(
      findCases(folder).map(({ name, group, objective, best }) => [name, group, objective, best.vehicles]),
    ).toEqual([
      ['X-n201-k9', 'CVRP up to 200', 'distance', 9],
      ['X-n202-k9', 'CVRP 200–600', 'distance', 9],
      ['R101', 'VRPTW 100–200', 'vehicles', 19],
      ['R101#distance', 'VRPTW distance', 'distance', 20],
      ['r1_4_1', 'VRPTW 400–1000', 'vehicles', 40],
      ['mro', 'optional', 'cost', null],
    ])
    expect(findCases(folder).map(({ path }) => path)).toContain(join(folder, 'optional', 'mro.json'))
  })
})

describe('the tables', () => {
  const instance: Case = {
    name: 'lr1',
    path: '',
    format: 'lilim',
    objective: 'vehicles',
    group: 'PDPTW Li-Lim 100',
    best: { vehicles: 4, cost: 200 },
  }
  const run = (seed: number, vehicles: number, cost: number, feasible = true): Finding => ({
    ...{ instance: 'lr1', seconds: 10, seed, vehicles, cost, feasible, iterations: 1000 },
  })

  test('compare costs at equal vehicles only, where vehicles come first', () => {
    // 210 and 203 against 200: +5 and +1.5 %; the run with a fifth vehicle is cheaper, and is no gap
    const { classes, instances } = summarize([instance], [run(1, 4, 210), run(2, 5, 150), run(3, 4, 203)])
    expect(classes).toHaveLength(1)
    expect(classes[0]).toMatchObject({ instances: 1, runs: 3, infeasible: 0 })
    expect(classes[0].meanGap).toBeCloseTo(3.25)
    expect(classes[0].worstGap).toBeCloseTo(5)
    expect(classes[0].meanExtraVehicles).toBeCloseTo(1 / 3)
    expect(classes[0].shareWithBestVehicles).toBeCloseTo(2 / 3)
    expect(instances[0].cost).toEqual({ mean: 563 / 3, min: 150, max: 210 })
  })

  test('compare costs alone, where vehicles do not count', () => {
    const { classes } = summarize([{ ...instance, objective: 'distance' }], [run(1, 5, 150), run(2, 4, 210)])
    expect(classes[0].meanGap).toBeCloseTo(-10)
    expect(classes[0].meanExtraVehicles).toBeNull()
  })

  test('count an infeasible run and leave its cost out', () => {
    const { classes } = summarize([instance], [run(1, 4, 210), run(2, 1, 5, false)])
    expect(classes[0]).toMatchObject({ runs: 2, infeasible: 1, shareWithBestVehicles: 0.5 })
    expect(classes[0].meanGap).toBeCloseTo(5)
  })

  test('show no minus before nothing', () => {
    expect([signed(-0.001), signed(-0.01), signed(2)]).toEqual(['+0.00', '−0.01', '+2.00'])
  })
})

describe('the file of runs', () => {
  test('gives back what was written, without the line that was cut off', () => {
    const path = join(folder, 'new', 'runs.jsonl')
    expect(readRecords(path)).toEqual([])
    const record = { code: 'a', instance: 'lr1', seconds: 10, seed: 1, threads: 1, clock: 'wall', cost: 5 }
    appendRecord(path, record as BenchRecord)
    writeFileSync(path, '{"code":"a","insta', { flag: 'a' })
    expect(readRecords(path)).toEqual([record])
  })

  test('keeps apart what was measured otherwise', () => {
    const key = { code: 'a', instance: 'lr1', seconds: 10, seed: 1, threads: 1, clock: 'wall' } as const
    const others = [{ code: 'b' }, { seconds: 60 }, { seed: 2 }, { threads: 2 }, { clock: 'cpu' as const }]
    expect(new Set([key, ...others.map((other) => ({ ...key, ...other }))].map(keyOf)).size).toBe(6)
    expect(keyOf({ ...key, cost: 5 } as BenchRecord)).toBe(keyOf(key))
  })
})

interface Sample {
  readonly format: Format
  readonly text: string
  readonly base: string
}

function sample(format: Format, seed: number): Sample {
  if (format === 'cvrplib')
    return { format, text: cvrplibText({ customers: 40, depot: 'random', perRoute: 6, seed }), base: '' }
  if (format === 'lilim') return { format, text: lilimText({ orders: 25, seed }), base: '' }
  const { base, json } = optionalText({ orders: 25, seed }, 'base.txt')
  return { format, text: json, base }
}

function solve({ format, text, base }: Sample): string {
  let solution = ''
  for (const step of solveInstance(
    parseInstance(text, format, () => base),
    { seed: 1, iterations: 300 },
  ))
    solution = step.solution
  return solution
}

/** Swaps, drops, doubles or moves visits, between lines too. */
function tamper(solution: string, random: Random): string {
  const lines = solution.split('\n').filter((line) => /^(Route|Direct)/.test(line))
  const words = lines.map((line) => line.split(' '))
  const first = (line: string) => line.split(' ').findIndex((word) => word.endsWith(':')) + 1
  const pick = (): [number, number] => {
    const line = random.below(lines.length)
    const from = first(lines[line])
    return [line, from + random.below(Math.max(1, words[line].length - from))]
  }
  const [[lineA, a], [lineB, b]] = [pick(), pick()]
  const [wordA, wordB] = [words[lineA][a], words[lineB][b]]
  if (wordA === undefined || wordB === undefined) return solution
  const kind = random.below(4)
  if (kind === 0) {
    words[lineA][a] = wordB
    words[lineB][b] = wordA
  } else if (kind === 1) words[lineA].splice(a, 1)
  else if (kind === 2) words[lineB].splice(b, 0, wordA)
  else words[lineB].splice(b, 0, ...words[lineA].splice(a, 1))
  return words.map((line) => line.join(' ')).join('\n')
}

describe.each(['cvrplib', 'lilim', 'optional'] as const)('generated instances, %s', (format) => {
  test('repeat by their seed', () => {
    expect(sample(format, 1)).toEqual(sample(format, 1))
    expect(sample(format, 1)).not.toEqual(sample(format, 2))
  })

  test('can be solved, and the referee says what the solver says', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const { text, base } = sample(format, seed)
      const solution = solve({ format, text, base })
      const own = evaluateSolution(
        parseInstance(text, format, () => base),
        solution,
      )
      const verdict = referee(text, format, solution, () => base)
      expect(verdict).toMatchObject({ faults: [], vehicles: own.vehicles })
      expect(own.feasible).toBe(true)
      expect(verdict.cost).toBeCloseTo(own.cost, 6)
    }
  })

  test('the referee refuses a tampered solution wherever the solver does', () => {
    const random = new Random(1)
    const verdicts = { refused: 0, accepted: 0 }
    const { text, base } = sample(format, 3)
    const literature = parseInstance(text, format, () => base)
    const solution = solve({ format, text, base })
    for (let k = 0; k < 300; k++) {
      const tampered = tamper(solution, random)
      const own = evaluateSolution(literature, tampered)
      const { faults, cost } = referee(text, format, tampered, () => base)
      expect(faults.length === 0, tampered).toBe(own.feasible)
      if (own.feasible) expect(cost).toBeCloseTo(own.cost, 6)
      verdicts[own.feasible ? 'accepted' : 'refused']++
    }
    // moves and swaps inside a route may stay feasible; a visit that is gone or there twice never
    expect(verdicts.refused).toBeGreaterThan(100)
    expect(verdicts.accepted).toBeGreaterThan(0)
  })
})

describe('a run in a process of its own', () => {
  const spec = { format: 'lilim', seconds: 0.5, clock: 'cpu', seed: 1, threads: 1 } as const

  test('returns a judged solution', async () => {
    const path = join(folder, 'lilim.txt')
    writeFileSync(path, lilimText({ orders: 10, seed: 1 }))
    const result = await runFresh({ ...spec, path })
    expect(result).toMatchObject({ feasible: true, faults: [] })
    expect(result.vehicles).toBeGreaterThan(0)
    expect(result.peakMb).toBeGreaterThan(10)
  })

  test('tells what went wrong', async () => {
    const path = join(folder, 'broken.txt')
    writeFileSync(path, 'nothing')
    await expect(runFresh({ ...spec, path })).rejects.toThrow(/broken\.txt: .*FormatError/)
  })
})
