/** Photos and signatures of drivers, for the coordinator of their plan and for the carrier of their round. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { type Proof, ProofsSchema } from '../api.ts'
import { dispatchedTo } from '../dispatch.ts'
import { notFound } from '../errors.ts'
import type { Nouns } from '../store/store.ts'
import { planWithProblem, RouteParams } from './plans.ts'
import { type App, FileSchema, IdParams, IdSchema, refusals } from './service.ts'

export function proofRoutes(app: App): void {
  app.get(
    '/api/plans/:id/proofs',
    {
      config: { access: 'plan.read' },
      schema: {
        summary: 'Photos and signatures that drivers have sent, without their bytes',
        tags: ['drive'],
        params: IdParams,
        response: { 200: ProofsSchema, ...refusals },
      },
    },
    async ({ params, store }) => {
      await planWithProblem(store, params.id)
      return { items: [...(await store.proofs.list(params.id))] }
    },
  )

  app.get(
    '/api/plans/:id/proofs/:proof',
    {
      config: { access: 'plan.read' },
      schema: {
        summary: 'One photo or signature',
        tags: ['drive'],
        params: Type.Object({ ...IdParams.properties, proof: IdSchema }),
        response: { 200: FileSchema, ...refusals },
      },
    },
    async ({ params, store }, reply) =>
      await sendProof(reply, store, params.id, await store.proofs.list(params.id), params.proof),
  )

  app.get(
    '/api/my/sheets/:id/:route/proofs',
    {
      config: { access: 'my.sheets' },
      schema: {
        summary: 'Photos and signatures that the driver of a round of the own carrier has sent, without their bytes',
        tags: ['own'],
        params: RouteParams,
        response: { 200: ProofsSchema, ...refusals },
      },
    },
    async (request) => ({ items: await ownProofs(request) }),
  )

  app.get(
    '/api/my/sheets/:id/:route/proofs/:proof',
    {
      config: { access: 'my.sheets' },
      schema: {
        summary: 'One photo or signature of a round of the own carrier',
        tags: ['own'],
        params: Type.Object({ ...RouteParams.properties, proof: IdSchema }),
        response: { 200: FileSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const { params, store } = request
      return await sendProof(reply, store, params.id, await ownProofs(request), params.proof)
    },
  )
}

/** `visible`: those that whoever asks may see; any other is not there. */
async function sendProof(reply: FastifyReply, store: Nouns, plan: string, visible: readonly Proof[], id: string) {
  const listed = visible.find((proof) => proof.id === id)
  const proof = listed && (await store.proofs.get(plan, listed.route, id))
  if (!proof) throw notFound('proof', id)
  // shown, never run: an image of a stranger stays an image
  reply.header('content-disposition', 'inline').header('x-content-type-options', 'nosniff').type(proof.type)
  return reply.send(Buffer.from(proof.bytes))
}

/** Of a round that was dispatched to the carrier who asks; all others are not there. */
async function ownProofs({ params, members, store }: FastifyRequest<{ Params: { id: string; route: string } }>) {
  const plan = await store.plans.get(params.id)
  const data = plan && (await store.complexes.get(plan.complex))?.data
  const stored = data ? await store.dispatches.of(params.id) : []
  const isOwn = members.some(
    ({ complex, carrier }) =>
      plan !== undefined &&
      // what was sent before another plan took its place is still theirs
      (plan.state === 'confirmed' || plan.state === 'withdrawn') &&
      data !== undefined &&
      complex === plan.complex &&
      dispatchedTo(data, plan.plan, stored, carrier).some(({ route }) => route === params.route),
  )
  if (!isOwn) throw notFound('planRoute', params.route)
  return (await store.proofs.list(params.id)).filter(({ route }) => route === params.route)
}
