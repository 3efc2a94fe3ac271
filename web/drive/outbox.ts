/**
 * What waits to be sent. Events are written to the phone before the screen says so: each under a key of its own in localStorage, which is
 * there at once and after a reload, and is removed only when the service has said that it has it. Photos are too large for that and lie in
 * IndexedDB. Both go out in the order in which they came; sent twice they are one, by their ids.
 */
import type { DriveEvent, DriveProof } from '../../server/api.ts'
import type { DriveClient } from './client.ts'

/** Of one request; a day of a driver is a few. */
const BATCH = 100

export type Held = Omit<DriveProof, 'now' | 'data'> & { readonly blob: Blob }

export interface RefusedRecord {
  readonly id: string
  readonly message: string
}

export interface Outbox {
  /** In the order in which they happened. */
  events(): readonly DriveEvent[]
  /** False: the phone has no room left; it is kept as long as the page is open. */
  add(events: readonly DriveEvent[]): boolean
  addProof(proof: Held): Promise<boolean>
  proofs(): Promise<number>
  /** Records that the service will never take, and why. */
  refused(): readonly RefusedRecord[]
  /** Sends everything there is. Throws what stopped it; what was sent before is gone from here, once `taken` has seen it. */
  flush(client: DriveClient, taken: (events: readonly DriveEvent[]) => void): Promise<void>
}

/** `link`: the id in the token. */
export function openOutbox(link: string): Outbox {
  const prefix = `milkrun.drive.out.${link}.`
  const refusedKey = `milkrun.drive.refused.${link}`
  // what the phone had no room for
  const unkept = new Map<string, DriveEvent>()
  let unkeptProofs: Held[] = []

  const keys = () =>
    Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '')
      .filter((key) => key.startsWith(prefix))
      .sort()
  const entries = (): [string, DriveEvent][] => [
    ...keys().flatMap((key): [string, DriveEvent][] => {
      const text = localStorage.getItem(key)
      return text === null ? [] : [[key, JSON.parse(text) as DriveEvent]]
    }),
    ...unkept,
  ]
  const refused = () => JSON.parse(localStorage.getItem(refusedKey) ?? '[]') as RefusedRecord[]
  const refuse = (records: readonly RefusedRecord[]) => {
    if (records.length === 0) return
    const known = refused()
    const added = records.filter(({ id }) => !known.some((one) => one.id === id))
    localStorage.setItem(refusedKey, JSON.stringify([...known, ...added].slice(-50)))
  }

  return {
    events: () => entries().map(([, event]) => event),
    add(events) {
      let isKept = true
      const from = Number(
        keys()
          .at(-1)
          ?.slice(prefix.length, prefix.length + 9) ?? 0,
      )
      events.forEach((event, index) => {
        const key = `${prefix}${String(from + index + 1).padStart(9, '0')}.${event.id}`
        try {
          localStorage.setItem(key, JSON.stringify(event))
        } catch {
          unkept.set(key, event)
          isKept = false
        }
      })
      return isKept
    },
    async addProof(proof) {
      try {
        await withStore('readwrite', (store) => store.put({ ...proof, link }, `${link}.${proof.at}.${proof.id}`))
        return true
      } catch {
        unkeptProofs.push(proof)
        return false
      }
    },
    proofs: async () => (await proofsOf(link)).length + unkeptProofs.length,
    refused,
    async flush(client, taken) {
      for (let list = entries().slice(0, BATCH); list.length > 0; list = entries().slice(0, BATCH)) {
        const answer = await client.send(list.map(([, event]) => event))
        refuse(answer.refused)
        taken(list.flatMap(([, event]) => (answer.taken.includes(event.id) ? [event] : [])))
        const over = new Set([...answer.taken, ...answer.refused.map(({ id }) => id)])
        for (const [key, { id }] of list) {
          if (!over.has(id)) continue
          localStorage.removeItem(key)
          unkept.delete(key)
        }
        // an answer that takes nothing would be asked for ever
        if (over.size === 0) break
      }
      for (const [key, { link: _, blob, ...proof }] of await proofsOf(link)) {
        await sendOne(client, proof, blob, refuse)
        await withStore('readwrite', (store) => store.delete(key))
      }
      for (const { blob, ...proof } of [...unkeptProofs]) {
        await sendOne(client, proof, blob, refuse)
        unkeptProofs = unkeptProofs.filter(({ id }) => id !== proof.id)
      }
    },
  }
}

async function sendOne(
  client: DriveClient,
  proof: Omit<DriveProof, 'now' | 'data'>,
  blob: Blob,
  refuse: (records: readonly RefusedRecord[]) => void,
): Promise<void> {
  try {
    await client.sendProof({ ...proof, data: await base64Of(blob) })
  } catch (error) {
    const { status = 0, message = '' } = error as { status?: number; message?: string }
    // this picture will never be taken; the next may be
    if (![400, 413, 415, 422].includes(status)) throw error
    refuse([{ id: proof.id, message }])
  }
}

const base64Of = async (blob: Blob): Promise<string> =>
  await new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(blob)
  })

const asPromise = async <T>(request: IDBRequest<T>): Promise<T> =>
  await new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

async function withStore<T>(mode: IDBTransactionMode, use: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open('milkrun.drive', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('proofs')
  const db = await asPromise(opening)
  try {
    const transaction = db.transaction('proofs', mode)
    const result = await asPromise(use(transaction.objectStore('proofs')))
    // a full phone says so when the transaction ends
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
      transaction.onerror = () => reject(transaction.error)
    })
    return result
  } finally {
    db.close()
  }
}

async function proofsOf(link: string): Promise<[string, Held & { link: string }][]> {
  const range = IDBKeyRange.bound(`${link}.`, `${link}.\uffff`)
  const [keys, values] = await Promise.all([
    withStore('readonly', (store) => store.getAllKeys(range)),
    withStore('readonly', (store) => store.getAll(range)),
  ]).catch(() => [[], []] as const)
  return keys.map((key, index) => [String(key), values[index] as Held & { link: string }])
}
