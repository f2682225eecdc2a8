import { type NewEvent, readStream, type Stream } from "@/lib/audit";
import type { Transaction } from "@/lib/database";

interface Known<State> {
  version: number;
  /** Of the event that made it this version: the log must still say so. */
  leafHash: string;
  state: State;
}

export type StreamMemory<State> = Map<string, Known<State>>;

const STREAMS = 64;

// By definition, which several commands share.
const memories = new WeakMap<object, StreamMemory<never>>();

/** The states of the streams that were written last, so that a long stream is not folded from its beginning each time. */
export function streamMemory<State>(definition: object): StreamMemory<State> {
  const memory = (memories.get(definition) as StreamMemory<State> | undefined) ?? new Map<string, Known<State>>();
  memories.set(definition, memory as StreamMemory<never>);
  return memory;
}

/** The state of `stream` as the log says it. What is remembered counts only where the log agrees; call it under `lockLog`. */
export async function readState<State, Event extends NewEvent>(
  tx: Transaction,
  tenantId: string,
  stream: Stream,
  { initial, evolve }: { initial: State; evolve(state: State, event: Event): State },
  memory: StreamMemory<State>,
): Promise<{ state: State; version: number }> {
  const key = `${tenantId} ${stream.id}`;
  const known = memory.get(key);
  // The last known event is read once more, to see that it is the same.
  let past = await readStream(tx, tenantId, stream, known ? known.version - 1 : 0);
  const agrees = known !== undefined && past[0]?.leafHash === known.leafHash;
  if (known && !agrees) past = await readStream(tx, tenantId, stream);
  const news = agrees ? past.slice(1) : past;
  // The log holds what earlier handlers of this stream returned, hence this type.
  const state = (news as unknown as Event[]).reduce(evolve, agrees ? known.state : initial);
  const last = past.at(-1);
  if (last) remember(memory, key, { version: last.streamVersion, leafHash: last.leafHash, state });
  return { state, version: last?.streamVersion ?? 0 };
}

function remember<State>(memory: StreamMemory<State>, key: string, known: Known<State>): void {
  memory.delete(key);
  memory.set(key, known);
  if (memory.size > STREAMS) memory.delete(memory.keys().next().value ?? key);
}
