/** Who drives which round: read, and changed. */
import { useMutation, useQuery } from '@tanstack/react-query'
import type { Answer, Dispatch, Dispatches, PutDispatch } from '../../server/api.ts'
import { service } from './client.ts'
import { queryClient } from './queries.ts'

export const useDispatches = (plan: string | undefined) =>
  useQuery({
    queryKey: ['dispatch', plan],
    queryFn: ({ signal }) => service.dispatches(plan!, signal),
    enabled: plan !== undefined,
  })

export const usePutDispatch = (plan: string) =>
  useMutation({
    mutationFn: ({ route, body }: { readonly route: string; readonly body: PutDispatch }) =>
      service.putDispatch(plan, route, body),
    // somebody else may have changed it meanwhile
    onSettled: async () => await queryClient.invalidateQueries({ queryKey: ['dispatch', plan] }),
    onSuccess: (dispatch) => {
      queryClient.setQueryData<Dispatches>(['dispatch', plan], (known) => known && withDispatch(known, dispatch))
    },
  })

const withDispatch = (known: Dispatches, dispatch: Dispatch): Dispatches => ({
  ...known,
  items: known.items.map((one) => (one.route === dispatch.route ? dispatch : one)),
})

export const useOfferAll = (plan: string) =>
  useMutation({
    mutationFn: () => service.offerAll(plan),
    onSuccess: (dispatches) => queryClient.setQueryData(['dispatch', plan], dispatches),
  })

/** Of this version of the plan and of what was proposed: both may change. */
export const useProposal = (plan: string, planVersion: number, { route, version }: Dispatch) =>
  useQuery({
    queryKey: ['dispatch', plan, 'proposal', planVersion, route, version],
    queryFn: ({ signal }) => service.proposal(plan, route, signal),
  })

export const useTakeProposal = (plan: string, planVersion: number) =>
  useMutation({
    mutationFn: ({ route, version }: Dispatch) => service.takeProposal(plan, planVersion, route, version),
    onSettled: async () => {
      for (const queryKey of [['complexes'], ['plan'], ['dispatch']]) await queryClient.invalidateQueries({ queryKey })
    },
  })

export const useMyCarrier = (whose: string) =>
  useQuery({
    queryKey: ['my-carrier', whose],
    queryFn: ({ signal }) => service.myCarrier(whose, signal),
    staleTime: 0,
  })

export const useAnswer = (plan: string, route: string) =>
  useMutation({
    mutationFn: (body: Answer) => service.answerSheet(plan, route, body),
    onSettled: async () => await queryClient.invalidateQueries({ queryKey: ['sheets'] }),
  })

export const useJudgedTruck = (plan: string, route: string, version: number, vehicle: string | undefined) =>
  useQuery({
    queryKey: ['judged-truck', plan, route, version, vehicle],
    queryFn: ({ signal }) => service.judgeTruck(plan, route, vehicle!, signal),
    enabled: vehicle !== undefined,
  })
