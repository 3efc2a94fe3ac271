/** The links of drivers, read again while somebody looks: their phones tell nobody else. */
import { useMutation, useQuery } from '@tanstack/react-query'
import type { DriverLinks } from '../../server/api.ts'
import { type ProofsOf, service } from './client.ts'
import { queryClient } from './queries.ts'

const AGAIN_MS = 15_000

export const useLinks = (plan: string | undefined) =>
  useQuery({
    queryKey: ['links', plan],
    queryFn: ({ signal }) => service.links(plan!, signal),
    enabled: plan !== undefined,
    refetchInterval: AGAIN_MS,
  })

export type LinkAct = 'revoke' | 'renew' | 'release'

/** Without a link: makes those that are missing. */
export const useLinkAct = (plan: string) =>
  useMutation({
    mutationFn: (given: { readonly act: LinkAct; readonly link: string } | undefined) =>
      given ? service.changeLink(plan, given.link, given.act) : service.makeLinks(plan),
    onSuccess: (links: DriverLinks) => queryClient.setQueryData(['links', plan], links),
  })

export const useProofs = (of: ProofsOf) =>
  useQuery({
    queryKey: ['proofs', of],
    queryFn: ({ signal }) => service.proofs(of, signal),
    refetchInterval: AGAIN_MS,
  })
