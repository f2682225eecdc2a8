import { compileMatcher, type Matcher } from "../matchers";
import { fromSeconds } from "./clock";
import type { SimulatedSilence } from "./simulate";

interface Silence {
  startsAt: number;
  endsAt: number;
  matches(labels: Readonly<Record<string, string>>): boolean;
}

/** The silences of an Alertmanager. */
export class Silences {
  readonly #silences: Silence[] = [];

  /** Takes a new silence; one that Alertmanager refuses (over already, or matching everything) has no effect. */
  add({ matchers, startsAt, endsAt }: SimulatedSilence, now: number): void {
    const tests = matchers.map((matcher) => ({ name: matcher.name, test: compileMatcher(matcher) }));
    const until = fromSeconds(endsAt);
    if (until < now || fromSeconds(startsAt) >= until || matchers.every(matchesEmpty)) return;
    this.#silences.push({
      startsAt: Math.max(fromSeconds(startsAt), now),
      endsAt: until,
      matches: (labels) => tests.every(({ name, test }) => test(Object.hasOwn(labels, name) ? labels[name]! : "")),
    });
  }

  /** Whether an active silence matches; it is still active at the very instant of its end. */
  mutes(labels: Readonly<Record<string, string>>, now: number): boolean {
    return this.#silences.some(
      (silence) => silence.startsAt <= now && now <= silence.endsAt && silence.matches(labels),
    );
  }
}

function matchesEmpty(matcher: Matcher): boolean {
  return (matcher.op === "=" || matcher.op === "=~") && compileMatcher(matcher)("");
}
