/** The board and what is written to drivers, as the screen reads and changes it. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { service } from './client.ts'
import { queryClient } from './queries.ts'

/** Silence changes what is expected, too. */
export const LOOK_EVERY_MS = 30_000

export const useBoard = (plan: string | undefined) =>
  useQuery({
    queryKey: ['board', plan],
    queryFn: ({ signal }) => service.board(plan!, signal),
    enabled: plan !== undefined,
    refetchInterval: LOOK_EVERY_MS,
    // the last one stays in sight while the next is on its way
    placeholderData: (before) => (before?.plan === plan ? before : undefined),
  })

export function useMessages(plan: string) {
  const look = () => queryClient.invalidateQueries({ queryKey: ['board', plan] })
  const send = useMutation({
    mutationFn: ({ id, text, route }: { id: string; text: string; route: string | undefined }) =>
      service.sendMessage(plan, { id, text, ...(route !== undefined && { routes: [route] }) }),
    onSuccess: look,
  })
  const read = useMutation({
    mutationFn: (messages: readonly { readonly id: string; readonly route: string }[]) =>
      service.readMessages(plan, messages),
    onSuccess: look,
  })
  return { send, read }
}
