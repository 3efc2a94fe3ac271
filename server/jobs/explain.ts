import { explainShipments, type ShipmentExplanation } from '../../solver/index.ts'
import type { ExplainTask } from './tasks.ts'

/** With the price of the shipment where the plan has a certificate. */
export function explainStored({ problem, travel, plan, shipment, certificate }: ExplainTask): ShipmentExplanation[] {
  const priced = [...(certificate?.prices ?? []), ...(certificate?.alone ?? [])]
  const prices = new Map(priced.map((entry) => [entry.shipment, entry.krw]))
  return explainShipments(problem, travel, plan, { shipment, prices })
}
