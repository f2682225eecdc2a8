import { isLoaded, type Loaded } from "../config/resolve/load";
import { INTEGRATION_KEYS, type IntegrationKey } from "../config/types";
import type { RouteMatch } from "../routing";
import type { StoredAlert } from "./alerts";
import { BUILDERS } from "./builders";
import { Notification, type Run } from "./notification";
import { NotifyError } from "./request";
import { Settings } from "./settings";

/** One integration of a receiver. */
export interface Channel {
  key: IntegrationKey;
  index: number;
  settings: Settings;
  /** What it remembers from one notification to the next. */
  memory: Map<string, string>;
}

export function channelsOf(receiver: Loaded): Channel[] {
  return INTEGRATION_KEYS.flatMap((key) => {
    const list = receiver[key];
    return (Array.isArray(list) ? list : []).flatMap((item, index) =>
      isLoaded(item) ? [{ key, index, settings: new Settings(item), memory: new Map<string, string>() }] : [],
    );
  });
}

/** The alerts that the integration is told of. */
export function shownTo({ settings }: Channel, alerts: readonly StoredAlert[]): readonly StoredAlert[] {
  const all = settings.flag("send_resolved") || alerts.every(({ endsAt }) => endsAt === null);
  return all ? alerts : alerts.filter(({ endsAt }) => endsAt === null);
}

/** What an integration sends about alerts of one group: what is on its way stays so when an error follows. */
export interface Delivery {
  notification: Notification;
  error: NotifyError | null;
}

/** @throws NotifyCrash where the program dies */
export function deliver(
  run: Run,
  { key, settings, memory }: Channel,
  route: RouteMatch,
  alerts: readonly StoredAlert[],
  reason: string,
): Delivery {
  const notification = new Notification(run, settings, route, alerts, reason, memory);
  try {
    BUILDERS[key](notification);
    return { notification, error: null };
  } catch (error) {
    if (error instanceof NotifyError) return { notification, error };
    throw error;
  }
}
