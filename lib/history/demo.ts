import type { HeardAlert } from "./heard-alert";
import { maintainPartitions } from "./maintenance";
import { storeAlerts } from "./store-alerts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DAYS = 7;

interface Habit {
  labels: Record<string, string>;
  summary: string;
  /** Minutes between two firings, and how long one lasts, roughly. */
  every: number;
  lasts: number;
  /** Fires now. */
  now?: true;
}

const shop = (alertname: string, team: string, severity: string, more: Record<string, string> = {}) => ({
  ...{ alertname, team, severity, cluster: "eu1", region: "eu-west" },
  ...more,
});

/** What fires at Meridian, an online shop. */
const HABITS: readonly Habit[] = [
  {
    labels: { alertname: "Watchdog", severity: "none", cluster: "eu1" },
    summary: "Alerting works.",
    every: 1440,
    lasts: 1440,
    now: true,
  },
  {
    labels: shop("ReplicationLagHigh", "database", "critical", { replica: "db-3", service: "orders-db" }),
    summary: "Replica db-3 is 94 s behind its primary.",
    every: 610,
    lasts: 22,
    now: true,
  },
  {
    labels: shop("ReplicationLagHigh", "database", "warning", { replica: "db-2", service: "orders-db" }),
    summary: "Replica db-2 is 31 s behind its primary.",
    every: 340,
    lasts: 18,
  },
  {
    labels: shop("DiskWillFill", "database", "warning", { instance: "db-1", service: "orders-db" }),
    summary: "The disk of db-1 is full in 20 hours.",
    every: 1500,
    lasts: 300,
    now: true,
  },
  {
    labels: shop("CheckoutErrorRateHigh", "payments", "critical", { service: "checkout" }),
    summary: "3.1 % of checkouts fail.",
    every: 1100,
    lasts: 14,
  },
  {
    labels: shop("RefundQueueSlow", "payments", "warning", { service: "refunds" }),
    summary: "Refunds wait 11 minutes.",
    every: 420,
    lasts: 35,
    now: true,
  },
  {
    labels: shop("CardProviderTimeouts", "payments", "warning", { service: "checkout" }),
    summary: "The card provider answers in 4 s.",
    every: 260,
    lasts: 9,
  },
  {
    labels: shop("NightlyExportFailed", "data", "warning", { service: "warehouse-export" }),
    summary: "The export of last night is not there.",
    every: 1440,
    lasts: 190,
  },
  {
    labels: shop("ScratchJobFailed", "data", "info", { service: "scratch-anna" }),
    summary: "A scratch job failed.",
    every: 180,
    lasts: 30,
  },
  {
    labels: { alertname: "CertificateExpiresSoon", severity: "warning", cluster: "us1", service: "ingress" },
    summary: "The certificate of shop.meridian.example ends in 9 days.",
    every: 2900,
    lasts: 700,
    now: true,
  },
  {
    labels: { alertname: "NodeNotReady", severity: "critical", cluster: "us1", node: "us1-worker-7" },
    summary: "us1-worker-7 does not answer.",
    every: 2100,
    lasts: 16,
  },
  {
    labels: { alertname: "PodRestarting", severity: "info", cluster: "eu1", service: "search" },
    summary: "A pod of search restarts again and again.",
    every: 95,
    lasts: 8,
  },
];

/** Gives a tenant a week of alerts to look at; the same ones each time, counted back from `now`. */
export async function seedDemoHistory(tenantId: string, now: Date): Promise<void> {
  await maintainPartitions();
  const alerts = HABITS.flatMap((habit, index) => firings(habit, index, now.getTime()));
  for (let day = DAYS - 1; day >= 0; day--) {
    const at = new Date(now.getTime() - day * DAY);
    const ended = alerts.filter(({ endsAt }) => endsAt <= at && endsAt.getTime() > at.getTime() - DAY);
    await storeAlerts(tenantId, ended, at);
  }
  const firing = alerts.filter(({ endsAt }) => endsAt > now);
  await storeAlerts(tenantId, firing, now);
}

function firings({ labels, summary, every, lasts, now: fires }: Habit, index: number, now: number): HeardAlert[] {
  const told = {
    labels,
    annotations: { summary, runbook_url: `https://runbooks.meridian.example/${labels.alertname}` },
    generatorURL: "https://prometheus.meridian.example/graph",
  };
  const found: HeardAlert[] = [];
  for (let round = 1; ; round++) {
    // Neither regular nor random: the demonstration is the same for everybody.
    const drift = ((round * 37 + index * 61) % 29) / 29;
    const start = now - (round * every + drift * every * 0.4) * MINUTE;
    if (start < now - (DAYS - 0.1) * DAY) break;
    const end = Math.min(start + lasts * (0.6 + drift) * MINUTE, now - MINUTE);
    found.push({ ...told, startsAt: new Date(start), endsAt: new Date(end) });
  }
  const began = now - Math.min(lasts, 47) * MINUTE;
  const still = fires ? [{ ...told, startsAt: new Date(began), endsAt: new Date(now + 6 * 60 * MINUTE) }] : [];
  return [...found.filter(({ endsAt }) => !fires || endsAt.getTime() < began), ...still];
}
