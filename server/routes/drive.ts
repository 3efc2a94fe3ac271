/** The phone of a driver: no account, a link that opens its round and nothing else. */
import type { FastifyRequest } from 'fastify'
import { DAY_S, type Locale } from '../../solver/index.ts'
import {
  type Drive,
  DriveDigitsSchema,
  DriveEventsSchema,
  DriveProofSchema,
  DriveSchema,
  DriveSeenSchema,
  DriveTakenSchema,
  type Message,
  MOST_PROOF_BYTES,
} from '../api.ts'
import { carrierOf } from '../dispatch.ts'
import { DRIVE_LIMIT, driverOf, letIn, type Opened, readLink, refuseExpired } from '../drive/door.ts'
import { cleanImage } from '../drive/image.ts'
import { clockOff, eventsOf, LATE_DAYS, type Passage, passageOf, putRight, recordEvents } from '../drive/record.ts'
import { describeRound } from '../drive/round.ts'
import { openRound, sameStop } from '../drive/standing.ts'
import { localeOf, Refusal } from '../errors.ts'
import type { Nouns } from '../store/store.ts'
import { type App, refusals, type Service } from './service.ts'

/** In base64, with what stands around it. */
const MOST_PROOF_BODY = Math.ceil((MOST_PROOF_BYTES * 4) / 3) + 4096
const LATE_MS = LATE_DAYS * DAY_S * 1000

export function driveRoutes(app: App, { everybodys, linkSecret, legsOf }: Service): void {
  const limited = { access: 'drive.open', rateLimit: { ...DRIVE_LIMIT, keyGenerator: driverOf(linkSecret) } } as const

  /** The link and what belongs to it, once the phone was let in. `late`: what was done before the end of the link may still come in. */
  async function open(request: FastifyRequest, { late = false, given }: { late?: boolean; given?: string } = {}) {
    const opened = await readLink(everybodys, linkSecret, request)
    const now = new Date()
    refuseExpired(opened.link, late ? new Date(now.getTime() - LATE_MS) : now)
    const round = await openRound(opened.store, opened.link)
    if (!round) throw withdrawn()
    const people = await peopleOf(opened, round.plan.id, round.round.vehicle)
    const digits = people.dispatch?.phone?.replace(/\D/g, '').slice(-4)
    await letIn(opened, request, digits?.length === 4 ? digits : undefined, given)
    return { ...round, store: opened.store, people, now }
  }

  async function describe(
    { plan, round, stands, link, store, people, now }: Awaited<ReturnType<typeof open>>,
    locale: Locale,
  ): Promise<Drive> {
    const problem = (await store.problems.get(plan.problem))!.problem
    const { data, carrier, dispatch } = people
    const alone = { ...plan.plan, routes: [round], direct: [] }
    const legs = stands ? (await legsOf(alone, problem)).get(round.id) : undefined
    const told = describeRound(round, plan.plan, problem, legs)
    const passage = await passageOf(store, link, { plan: plan.id, round })
    const whom = (one: { name?: string; phone?: string } | undefined) =>
      one && { ...(one.name !== undefined && { name: one.name }), ...(one.phone !== undefined && { phone: one.phone }) }
    const coordinator = whom(data?.coordinator)
    const carrierWhom = whom(carrier)
    return {
      state: stands ? 'open' : 'withdrawn',
      plan: plan.id,
      revised: link.plans[0] !== plan.id,
      title: data?.complex.name[locale] ?? problem.name,
      ...told,
      ...(!stands && { stops: [], lines: [], rests: [] }),
      ...(dispatch?.plate !== undefined && { plate: dispatch.plate }),
      ...(dispatch?.driver !== undefined && { driver: dispatch.driver }),
      ...(dispatch?.note !== undefined && { note: dispatch.note }),
      ...(carrierWhom && { carrier: carrierWhom }),
      ...(coordinator && { coordinator }),
      now: now.toISOString(),
      expiresAt: link.expiresAt.toISOString(),
      events: await eventsOf(store, passage),
      messages: await messagesTo(store, passage),
      proofs: (await store.proofs.ofLink(link.id)).map(({ id }) => id),
    }
  }

  app.get(
    '/api/drive',
    {
      config: limited,
      schema: {
        summary:
          'The round of a link: stops, goods, whom to call, what was recorded. The token comes in X-Milkrun-Link, the key of the phone in X-Milkrun-Phone',
        tags: ['drive'],
        response: { 200: DriveSchema, ...refusals },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store')
      return await describe(await open(request), localeOf(request.headers['accept-language']))
    },
  )

  app.post(
    '/api/drive/phone',
    {
      config: { ...limited, rateLimit: { ...limited.rateLimit, max: 20 } },
      schema: {
        summary: "Let another phone in, which knows the last four digits of the driver's number",
        tags: ['drive'],
        body: DriveDigitsSchema,
        response: { 200: DriveSchema, ...refusals },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store')
      const opened = await open(request, { given: request.body.digits })
      return await describe(opened, localeOf(request.headers['accept-language']))
    },
  )

  app.post(
    '/api/drive/events',
    {
      config: limited,
      schema: {
        summary:
          'What the driver did, in order, hours late and any number of times: each id is kept once. Those refused are named; the others are kept',
        tags: ['drive'],
        body: DriveEventsSchema,
        response: { 200: DriveTakenSchema, ...refusals },
      },
    },
    async (request) => {
      const { plan, round, link, store, now } = await open(request, { late: true })
      const locale = localeOf(request.headers['accept-language'])
      const offS = clockOff(request.body.now, now)
      return await store.once(link.complex, undefined, async (nouns) => {
        const held = (await nouns.links.hold(link.id)) ?? link
        const passage = await passageOf(nouns, held, { plan: plan.id, round })
        const { events } = request.body
        return await recordEvents(nouns, passage, events, {
          offS,
          now,
          until: link.expiresAt,
          say: (words) => words[locale],
        })
      })
    },
  )

  app.post(
    '/api/drive/seen',
    {
      config: limited,
      schema: {
        summary: 'The driver has read these messages',
        tags: ['drive'],
        body: DriveSeenSchema,
        response: { 200: DriveSchema, ...refusals },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store')
      const opened = await open(request)
      const { plan, round, link, store } = opened
      const { rounds } = await passageOf(store, link, { plan: plan.id, round })
      for (const [id, { id: route }] of rounds)
        await store.messages.seen(
          id,
          'coordinator',
          request.body.messages.map((message) => ({ id: message, route })),
        )
      return await describe(opened, localeOf(request.headers['accept-language']))
    },
  )

  app.post(
    '/api/drive/proofs',
    {
      config: limited,
      bodyLimit: MOST_PROOF_BODY,
      schema: {
        summary: 'A photo or a signature. The same id again is that one',
        tags: ['drive'],
        body: DriveProofSchema,
        response: { 200: DriveTakenSchema, ...refusals },
      },
    },
    async (request) => {
      const { plan, round, link, store, now } = await open(request, { late: true })
      const { id, data, plan: by, stop, at, now: phoneNow, ...about } = request.body
      const bytes = Buffer.from(data, 'base64')
      const image = cleanImage(bytes)
      if (!image) throw notAPicture()
      if (image.bytes.length > MOST_PROOF_BYTES) throw tooLarge()
      const offS = clockOff(phoneNow, now)
      const from = (await passageOf(store, link, { plan: plan.id, round })).rounds.get(by)
      const to = from && stop !== undefined ? sameStop(from, round, stop) : undefined
      const isCurrent = stop === undefined || to !== undefined || !from
      const where = isCurrent ? to : stop
      await store.proofs.add(link.id, {
        ...about,
        id,
        plan: isCurrent ? plan.id : by,
        route: round.id,
        ...(where !== undefined && { stop: where }),
        type: image.type,
        size: image.bytes.length,
        bytes: image.bytes,
        at: putRight(at, offS, now).toISOString(),
      })
      return { taken: [id], refused: [], clockOffS: offS }
    },
  )
}

/** Whichever of its plans they were written for. */
async function messagesTo(store: Nouns, { rounds }: Passage): Promise<Message[]> {
  const all = await Promise.all(
    [...rounds].map(async ([plan, { id }]) =>
      (await store.messages.of(plan)).filter(({ route, from }) => route === id && from === 'coordinator'),
    ),
  )
  return all.flat().sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

/** Who drives the round and whom to call. */
async function peopleOf({ link, store }: Opened, plan: string, vehicle: string) {
  const data = (await store.complexes.get(link.complex))?.data
  const dispatch = (await store.dispatches.of(plan)).find(({ route }) => route === link.route)
  return { data, dispatch, carrier: data && carrierOf(data, dispatch, vehicle) }
}

const withdrawn = (): Refusal =>
  new Refusal(410, 'drive.withdrawn', {
    ko: '이 운행은 취소되었습니다. 담당자에게 전화하세요.',
    en: 'This round was withdrawn. Call the coordinator.',
  })

const notAPicture = (): Refusal =>
  new Refusal(415, 'proof.type', {
    ko: '사진(JPEG, PNG)이 아니거나 파일이 끊겼습니다. 다시 찍어 주세요.',
    en: 'This is no photo (JPEG, PNG), or it was cut off. Take it again.',
  })

const tooLarge = (): Refusal =>
  new Refusal(413, 'proof.tooLarge', {
    ko: '사진이 1.5 MB보다 큽니다. 이 페이지에서 다시 찍으면 줄여서 보냅니다.',
    en: 'The photo is larger than 1.5 MB. Take it again on this page, which makes it smaller.',
  })
