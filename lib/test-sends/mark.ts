import type { PostedAlert } from "@/lib/alertmanager";
import type { TestCase } from "./contract";

export const TEST_MARK = "[TEST]";
/** Keeps a test out of every real group: its incidents are its own. */
export const TEST_LABEL = "signalbox_test";

interface Sample {
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
}

const SAMPLE: Sample = {
  labels: { alertname: "SignalboxTest", severity: "info", job: "signalbox", instance: "signalbox.example:443" },
  annotations: {
    summary: "Somebody tries out this receiver",
    description: "Nothing is wrong. This alert was made up to see whether notifications arrive.",
  },
};

const marked = (text: string) => (text.startsWith(TEST_MARK) ? text : `${TEST_MARK} ${text}`.trim());

/** The alerts with `[TEST]` where people read it: in the name and in the summary, and with a label of ours. */
function markedAlert({ labels, annotations }: Sample): Sample {
  return {
    labels: { ...labels, alertname: marked(labels.alertname ?? ""), [TEST_LABEL]: "true" },
    annotations: { ...annotations, summary: marked(annotations.summary ?? "") },
  };
}

/** What is posted, batch after batch: alerts that fire, and the same ones resolved unless they only fire. */
export function markedPhases(given: readonly Sample[] | undefined, testCase: TestCase, now: Date): PostedAlert[][] {
  const startsAt = new Date(now.getTime() - 60_000).toISOString();
  const firing = (given ?? [SAMPLE]).map(markedAlert).map((alert) => ({ ...alert, startsAt }));
  if (testCase === "firing") return [firing];
  return [firing, firing.map((alert) => ({ ...alert, endsAt: now.toISOString() }))];
}
