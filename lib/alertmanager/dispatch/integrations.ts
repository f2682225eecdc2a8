import type { Config, IntegrationKey } from "../config/types";
import { INTEGRATIONS } from "../integrations";
import { isObject, items, textOf } from "../validation/context";

/** One way in which a receiver is told. */
export interface NotifiedIntegration {
  /** As in upstream's metrics: `webhook`, `msteamsv2`. */
  readonly name: string;
  /** Among those of the same name, from 0. */
  readonly idx: number;
  readonly sendResolved: boolean;
}

/** The integrations of each receiver; the notification log knows them by name and index. */
export function integrationsByReceiver(config: Config): Map<string, NotifiedIntegration[]> {
  const found = new Map<string, NotifiedIntegration[]>();
  for (const receiver of items(config.receivers as never)) {
    if (!isObject(receiver)) continue;
    const integrations = Object.entries(INTEGRATIONS).flatMap(([key, { fields }]) => {
      const usual = fields.find((field) => field.key === "send_resolved")?.default === true;
      return items(receiver[key as IntegrationKey]).map((written, idx) => {
        const sendResolved =
          isObject(written) && typeof written.send_resolved === "boolean" ? written.send_resolved : usual;
        return { name: key.replace(/_configs$/, ""), idx, sendResolved };
      });
    });
    found.set(textOf(receiver.name), integrations);
  }
  return found;
}
