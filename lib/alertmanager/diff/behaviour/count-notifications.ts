/** How a group is notified; seconds. */
export interface Rhythm {
  wait: number;
  interval: number;
  repeat: number;
  sendsResolved: boolean;
  /** Whether the time intervals of its route mute it at an instant, in seconds since 1970. */
  isMuted(at: number): boolean;
}

/** A group that is looked at more often than that is not followed further. */
const MOST_TICKS = 50_000;

/**
 * How many notifications one group gets for its alerts, by Alertmanager's rules: the first after `group_wait`, then at
 * most one each `group_interval`, when alerts begin, end or have to be repeated. `firings` are starts and ends in turn,
 * in any order; `hushed` are those that inhibition ends: nobody is told of that. An estimate: alerts that begin and end
 * between two looks, silences and the moment at which Alertmanager was started are left out.
 */
export function countNotifications(
  firings: readonly number[],
  rhythm: Rhythm,
  until: number,
  hushed: readonly number[] = NONE,
): number {
  const starts = [...firings, ...hushed].filter((_, index) => index % 2 === 0).sort(ascending);
  const hushes = hushed.filter((_, index) => index % 2 === 1).sort(ascending);
  const ends = firings.filter((_, index) => index % 2 === 1).sort(ascending);
  let [started, ended, silenced, count] = [0, 0, 0, 0];
  let [news, resolved] = [0, 0];
  let told = false;
  let last = Number.NEGATIVE_INFINITY;
  let now = (starts[0] ?? Number.POSITIVE_INFINITY) + rhythm.wait;
  for (let tick = 0; now <= until && tick < MOST_TICKS; tick++) {
    while (started < starts.length && starts[started]! <= now) [started, news] = [started + 1, news + 1];
    while (ended < ends.length && ends[ended]! <= now) [ended, resolved] = [ended + 1, resolved + 1];
    while (silenced < hushes.length && hushes[silenced]! <= now) silenced++;
    const firing = started - ended - silenced;
    const due =
      firing > 0
        ? !told || news > 0 || (rhythm.sendsResolved && resolved > 0) || now - last > rhythm.repeat
        : told && resolved > 0 && rhythm.sendsResolved;
    if (due && rhythm.isMuted(now)) {
      now += rhythm.interval;
      continue;
    }
    if (due) [count, last] = [count + 1, now];
    [news, resolved] = [0, 0];
    told = firing > 0;
    if (firing <= 0) {
      if (started >= starts.length) break;
      now = starts[started]! + rhythm.wait;
      continue;
    }
    // Nothing happens before the next of these.
    const next = Math.min(starts[started] ?? until, ends[ended] ?? until, hushes[silenced] ?? until);
    // An instant that is exactly one repeat_interval later is too early.
    const repeats = Math.floor((last + rhythm.repeat - now) / rhythm.interval) + 1;
    now += Math.max(1, Math.min(repeats, Math.ceil((next - now) / rhythm.interval))) * rhythm.interval;
  }
  return count;
}

const NONE: readonly number[] = [];

function ascending(left: number, right: number): number {
  return left - right;
}
