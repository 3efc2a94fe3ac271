import { type Certificate, explainShipments, type ShipmentExplanation } from '../../solver/index.ts'
import type { ExplainTask } from './tasks.ts'

/** With the price of the shipment where the plan has a certificate. */
export function explainStored({ problem, travel, plan, shipment, certificate }: ExplainTask): ShipmentExplanation[] {
  return explainShipments(problem, travel, plan, { shipment, prices: pricesOf(certificate) })
}

/** [shipment] its price in the proof. */
export const pricesOf = (certificate: Certificate | undefined): Map<string, number> =>
  new Map([...(certificate?.prices ?? []), ...(certificate?.alone ?? [])].map(({ shipment, krw }) => [shipment, krw]))
