/** One event of Chromium's trace; times in µs. */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** The thread's own time on a processor; `dur` also holds what it waited for one. */
  tdur?: number;
  args?: { data?: { type?: string } };
}

export const TRACED = ["-*", "toplevel", "devtools.timeline"];

const TASKS = new Set(["RunTask", "ThreadControllerImpl::RunTask"]);

/**
 * How long the thread that drew the page was busy, from each frame that it was asked for until the next one, in ms by the
 * given clock: scripts, styles, layout and painting that it does itself.
 */
export function mainThreadPerFrame(events: readonly TraceEvent[], clock: "dur" | "tdur" = "dur"): number[] {
  const asked = events.filter(({ name }) => name === "FireAnimationFrame").toSorted((a, b) => a.ts - b.ts);
  const [first] = asked;
  if (!first) throw new Error("the trace holds no frame");
  const frames = asked.filter(({ pid, tid }) => pid === first.pid && tid === first.tid);
  const tasks = outermost(
    events.filter(({ name, ph, pid, tid }) => {
      return ph === "X" && TASKS.has(name) && pid === first.pid && tid === first.tid;
    }),
  );
  return frames.slice(0, -1).map(({ ts }, index) => {
    const until = frames[index + 1]?.ts ?? ts;
    // The frame is asked for inside of the task that draws it.
    const during = tasks.filter((task) => task.ts + (task.dur ?? 0) > ts && task.ts + (task.dur ?? 0) <= until);
    return during.reduce((sum, task) => sum + (task[clock] ?? 0), 0) / 1_000;
  });
}

/** How long the thread that got the keys was busy, from each key until `windowMs` later, in ms by the given clock. */
export function mainThreadPerKey(
  events: readonly TraceEvent[],
  windowMs: number,
  clock: "dur" | "tdur" = "dur",
): number[] {
  const keys = events.filter(({ name, args }) => name === "EventDispatch" && args?.data?.type === "keydown");
  const [first] = keys;
  if (!first) throw new Error("the trace holds no key");
  const tasks = outermost(
    events.filter(({ name, ph, pid, tid }) => {
      return ph === "X" && TASKS.has(name) && pid === first.pid && tid === first.tid;
    }),
  );
  return keys.map((key, index) => {
    // A key arrives inside a task, which counts for it.
    const from = tasks.findLast(({ ts, dur = 0 }) => ts <= key.ts && key.ts <= ts + dur)?.ts ?? key.ts;
    const until = Math.min(key.ts + windowMs * 1_000, keys[index + 1]?.ts ?? Number.POSITIVE_INFINITY);
    const busy = tasks.filter(({ ts, dur = 0 }) => ts >= from && ts + dur <= until);
    return busy.reduce((sum, task) => sum + (task[clock] ?? 0), 0) / 1_000;
  });
}

/** A task that runs inside another one is part of it. */
function outermost(tasks: TraceEvent[]): TraceEvent[] {
  const kept: TraceEvent[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const task of tasks.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    if (task.ts < end) continue;
    kept.push(task);
    end = task.ts + (task.dur ?? 0);
  }
  return kept;
}
