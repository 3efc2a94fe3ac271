/** A store that forgets at exit: for trying out, for tests, and as the model of what every store must do. */
import type { Job } from '../api.ts'
import type { Field, LearnedNames } from '../imports/columns.ts'
import { newId } from './ids.ts'
import type { ComplexRecord, PlanRecord, ProblemRecord, Store } from './store.ts'

export function memoryStore(): Store {
  const complexes = new Map<string, ComplexRecord>()
  const problems = new Map<string, ProblemRecord>()
  // in order of their latest change, oldest first
  const plans = new Map<string, PlanRecord>()
  const jobs = new Map<string, Job>()
  const mappings = new Map<string, LearnedNames>()

  return {
    complexes: {
      async add(data) {
        complexes.set(data.complex.id, { data, days: [] })
      },
      async list() {
        return [...complexes.values()]
      },
      async get(id) {
        return complexes.get(id)
      },
      async setDay(id, date, problem) {
        const complex = complexes.get(id)
        if (!complex) throw new Error(`day ${date} for an unknown complex ${id}`)
        const others = complex.days.filter((day) => day.date !== date)
        const days = [...others, { date, problem }].sort((a, b) => a.date.localeCompare(b.date))
        complexes.set(id, { ...complex, days })
      },
    },
    mappings: {
      async get(complex) {
        return mappings.get(complex) ?? {}
      },
      async learn(complex, mapping) {
        const taught = (Object.entries(mapping) as [Field, string][]).map(([field, name]) => [name, field] as const)
        mappings.set(complex, { ...mappings.get(complex), ...Object.fromEntries(taught) })
      },
    },
    problems: {
      async add(problem) {
        const id = newId()
        problems.set(id, { id, problem })
        return id
      },
      async list() {
        return [...problems.values()]
      },
      async get(id) {
        return problems.get(id)
      },
    },
    plans: {
      async put(record) {
        plans.delete(record.id)
        plans.set(record.id, record)
      },
      async get(id) {
        return plans.get(id)
      },
      async newestOf(problem) {
        return [...plans.values()].findLast((record) => record.problem === problem)?.id
      },
      async remove(id) {
        plans.delete(id)
      },
    },
    jobs: {
      async put(job) {
        jobs.set(job.id, job)
      },
      async get(id) {
        return jobs.get(id)
      },
    },
  }
}
